//! The main job, from the source page to the page readers see, and what it leaves in the database.

use e2e::{Opens, Told, job, paths, story};

#[test]
fn a_source_page_becomes_a_public_page_with_captioned_credited_pictures_once() -> Told {
    story(Opens::sample(), async |desk| {
        desk.violations().await?; // the eyes are open from here on: what the policy refuses is seen
        desk.takes_in_the_seed().await?;
        desk.looks_at_the_leftovers().await?;

        let [lead, ambassador, hospital] = paths::seed_photos();
        desk.chooses_picture(job::PLACES[0], &lead).await?;
        desk.sees_picture(job::PLACES[0]).await?;
        desk.pastes_picture(job::PLACES[1], &ambassador).await?;
        desk.sees_picture(job::PLACES[1]).await?;
        desk.drops_picture(job::PLACES[2], &hospital).await?;
        desk.sees_picture(job::PLACES[2]).await?;

        desk.adds_a_sentence().await?;
        desk.completes_alt_texts().await?;
        desk.sees_checks_clear().await?;
        desk.submits().await?;
        desk.approves().await?;
        desk.publishes().await?;
        let page = job::public_page(&desk.sees_it_live().await?).await?;

        for words in [job::HEADLINE, job::ADDED, "lang=\"ms\"", "Duta Sweden ke Vietnam, Encik Johan Ndisi."]
        {
            assert!(page.contains(words), "the public page lacks “{words}”");
        }
        assert_eq!(page.matches("<figure").count(), 3);
        for never in ["vntd1.jpg", "bvnhi.jpg", "<script>", "(Foto:"] {
            assert!(!page.contains(never), "the public page says “{never}”");
        }
        let of_it = "article IN (SELECT id FROM articles WHERE language = 'ms')";
        assert_eq!(
            desk.count(&format!("SELECT count(*) FROM outbox WHERE state = 'confirmed' AND {of_it}"))?,
            1
        );
        assert_eq!(desk.count(&format!("SELECT count(*) FROM publications WHERE {of_it}"))?, 1);
        assert_eq!(
            desk.violations().await?,
            Vec::<String>::new(),
            "the window's own policy refused something"
        );
        Ok(())
    })
}
