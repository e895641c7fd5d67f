//! The page an article was taken over from stands beside its draft, scrolls along, and gives its words.

use e2e::{
    Opens, Told,
    spot::{button, list, tab, textbox},
    story,
};
use thirtyfour::Key;

#[test]
fn the_source_page_stands_beside_the_draft_and_scrolls_with_it() -> Told {
    story(Opens::seed(), async |desk| {
        desk.opens("Sweden dan Vietnam").await?;
        desk.press(tab("Sources")).await?;
        desk.reads(list("Source page"), "Program ini dihadiri").await?;
        desk.reads(list("Source page"), "vntd1.jpg").await?;

        desk.press(textbox("Body")).await?;
        desk.goes_to(Key::End).await?;
        let near = "const page = document.querySelector('[role=list].page'), top = page.getBoundingClientRect().top;
             const line = [...page.children].find((one) => one.textContent.startsWith('Dengan mewujudkan'));
             const at = line.getBoundingClientRect().top - top; return page.scrollTop > 200 && at > -400 && at < page.clientHeight";
        desk.until("the source's last paragraph beside the draft's", near).await?;

        let work = "document.querySelector('.work .scroller').scrollTop";
        desk.run("document.querySelector('[role=list].page').scrollTop = 0; return 0", vec![]).await?;
        desk.until("the draft to follow the source", &format!("return {work} < 300")).await.map(drop)
    })
}

#[test]
fn a_line_of_the_source_is_put_into_the_text_by_key_and_taken_back_by_undo() -> Told {
    story(Opens::seed(), async |desk| {
        desk.opens("Sweden dan Vietnam").await?;
        desk.press(textbox("Body")).await?;
        desk.press(tab("Sources")).await?;
        desk.reads(list("Source page"), "Komen (0)").await?;
        desk.run(
            "[...document.querySelectorAll('[role=list].page > *')].find((one) => one.textContent.includes('Komen (0)')).focus(); return 0",
            vec![],
        )
        .await?;

        desk.key(Key::Enter).await?;

        let with_it = "SELECT count(*) FROM articles WHERE body LIKE '%Komen (0)%'";
        desk.counts(with_it, 1).await?;
        desk.press(textbox("Body")).await?;
        desk.chord(Key::Control, 'z').await?;
        desk.counts(with_it, 0).await?;
        Ok(())
    })
}

#[test]
fn an_article_of_ones_own_says_what_would_stand_there() -> Told {
    story(Opens::empty(), async |desk| {
        desk.press("Start writing").await?;
        desk.press(tab("Sources")).await?;
        desk.sees_words("takes one in as a new article").await?;
        desk.press(button("Left over").in_part()).await?;
        desk.sees_words("Nothing was left over").await
    })
}
