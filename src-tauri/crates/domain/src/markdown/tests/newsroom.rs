//! What a newspaper sets apart: quotations with their speaker, pull quotes, boxes, galleries, cards.

use super::{html, photo};
use crate::markdown::{
    embed::{Embed, FILES, SITES},
    plain_text, used_placements,
};

#[test]
fn a_quotation_says_who_spoke() {
    let spoken = "<figure class=\"quotation\">\n<blockquote>\n<p>Nước lên <em>nhanh</em>.</p>\n</blockquote>\n\
                  <figcaption>Trần Lan, bác sĩ</figcaption>\n</figure>\n";
    for body in [
        "> Nước lên *nhanh*.\n>\n> — Trần Lan, bác sĩ\n",
        "> Nước lên *nhanh*.\n> — Trần Lan, bác sĩ\n",
        "> Nước lên *nhanh*.\\\n> – Trần Lan, bác sĩ\n",
        "> Nước lên *nhanh*.\n>\n> -- Trần Lan, bác sĩ\n",
        "> Nước lên *nhanh*.\n>\n> ―Trần Lan, bác sĩ\n",
    ] {
        assert_eq!(html(body), spoken, "{body}");
        assert_eq!(plain_text(body), "Nước lên nhanh.\nTrần Lan, bác sĩ", "{body}");
    }
}

#[test]
fn people_who_talk_to_each_other_are_no_speakers() {
    for body in [
        "> — Anh đi đâu?\n>\n> — Ra đê.\n",
        "> — Anh đi đâu?\n> — Ra đê.\n",
        "> — Ra đê.\n",
        "> Nước lên - nhanh.\n>\n> - một\n",
        "> Nước lên.\n>\n> —\n",
    ] {
        assert!(!html(body).contains("<figure"), "{body}: {}", html(body));
    }
    assert_eq!(plain_text("> — Ra đê.\n"), "— Ra đê.");
}

#[test]
fn a_quotation_within_another_block_says_who_spoke() {
    for body in [
        "- Một\n\n  > Hai\n  >\n  > — Ba\n",
        "> Một\n>\n> > Hai\n> >\n> > — Ba\n",
        "> [!box] Một\n>\n> > Hai\n> > — Ba\n",
    ] {
        let page = html(body);

        assert!(page.contains("</blockquote>\n<figcaption>Ba</figcaption>\n</figure>"), "{body}: {page}");
        assert_eq!(plain_text(body), "Một\nHai\nBa");
    }
}

#[test]
fn a_pull_quote_is_set_apart() {
    let set = "<figure class=\"pull-quote\">\n<blockquote>\n<p>Nước lên.</p>\n</blockquote>\n</figure>\n";

    assert_eq!(html("> [!pull]\n> Nước lên.\n"), set);
    assert_eq!(html("> [!PULL] Nước lên.\n"), set);
    assert_eq!(html("> [!pull]\n>\n> Nước lên.\n"), set);
    assert!(html("> [!pull]\n> Nước lên.\n> — Lan\n").contains("<figcaption>Lan</figcaption>"));
    assert_eq!(plain_text("> [!pull]\n> Nước lên.\n> — Lan\n"), "Nước lên.\nLan");
}

#[test]
fn a_box_has_a_heading_and_blocks_of_its_own() {
    let body = format!(
        "Trước.\n\n> [!box] Số *liệu*\n> - một\n> - hai\n>\n> {}\n>\n> https://youtu.be/x\n>\n> Ba.\n\nSau.\n",
        photo(1)
    );

    let page = html(&body);

    assert!(page.contains("<aside class=\"box\">\n<h2>Số <em>liệu</em></h2>\n<ul>"), "{page}");
    assert!(page.contains("</ul>\n[figure 1]<p class=\"embed\">"), "{page}");
    assert!(page.contains("<p>Ba.</p>\n</aside>\n<p>Sau.</p>"), "{page}");
    assert_eq!(plain_text(&body), "Trước.\nSố liệu\nmột\nhai\nhttps://youtu.be/x\nBa.\nSau.");
}

#[test]
fn a_gallery_shows_each_picture_once_under_its_words() {
    let body =
        format!("> [!gallery] Ngày *lũ*\n> {}\n> {}\n> {}\n\n{}\n", photo(1), photo(2), photo(1), photo(2));

    assert_eq!(
        html(&body),
        "<figure class=\"gallery\">\n[figure 1][figure 2]<figcaption>Ngày <em>lũ</em></figcaption>\n</figure>\n"
    );
    assert_eq!(used_placements(&body).len(), 2);
    assert_eq!(plain_text(&body), "Ngày lũ");
}

#[test]
fn nothing_that_stands_in_a_gallery_or_a_heading_is_lost() {
    let gallery = html(&format!("> [!gallery]\n> lẻ {}\n>\n> - mục\n", photo(1)));
    let heading = html(&format!("> [!box] {}\n>\n> Một {}\n", photo(1), photo(2)));

    assert_eq!(
        gallery,
        "<figure class=\"gallery\">\n[figure 1]</figure>\n<p>lẻ </p>\n<ul>\n<li>mục</li>\n</ul>\n"
    );
    assert_eq!(heading, "<aside class=\"box\">\n[figure 1]<p>Một </p>\n[figure 2]</aside>\n");
    assert_eq!(html("> [!gallery] lời\n"), "<p>lời</p>\n");
    for nothing in ["> [!gallery]\n", "> [!box]\n"] {
        assert_eq!(html(nothing), "", "{nothing}");
    }
}

#[test]
fn a_mark_that_is_none_of_ours_stays_a_quotation() {
    for body in [
        "> [!note] Một\n",
        "> [!pullx] Một\n",
        "> [!pull]x\n",
        "> [! pull] x\n",
        "> x [!pull] y\n",
        "> *[!pull]* x\n",
    ] {
        let page = html(body);

        assert!(page.starts_with("<blockquote>") && page.contains('!'), "{body}: {page}");
    }
    assert!(html("> > [!box] Một\n").contains("[!box] Một"), "only at the top of the text");
}

#[test]
fn a_bare_address_of_a_video_is_a_card_that_loads_nothing() {
    let page = html("Xem:\n\nhttps://www.youtube.com/watch?v=a_b&t=1s\n");

    assert_eq!(
        page,
        "<p>Xem:</p>\n<p class=\"embed\"><span class=\"embed-kind\">Video</span> <span class=\"embed-site\">YouTube</span> \
         <a href=\"https://www.youtube.com/watch?v=a_b&amp;t=1s\" rel=\"noopener\">https://www.youtube.com/watch?v=a_b&amp;t=1s</a></p>\n"
    );
    assert_eq!(html("<https://youtu.be/x>\n"), html("https://youtu.be/x\n"));
}

/// The window reads the same table (`ui/src/editor/embeds.test.ts`).
#[test]
fn a_card_says_what_it_leads_to() {
    let table = include_str!("../../../../../../tests/fixtures/embeds.tsv");
    for row in table.lines().skip(1) {
        let cells: Vec<&str> = row.split('\t').collect();
        let found = Embed::of(cells[0]);
        let told = found.map(|found| (format!("{:?}", found.kind).to_lowercase(), found.site.into_owned()));

        assert_eq!(told.unwrap_or_default(), (cells[1].to_owned(), cells[2].to_owned()), "{}", cells[0]);
    }
    for (site, ..) in SITES {
        assert!(table.contains(site), "{site} has a row");
    }
    assert!(FILES.iter().all(|(file, _)| table.to_lowercase().contains(&format!(".{file}"))));
}

#[test]
fn other_links_stay_links() {
    for body in [
        "https://www.youtube.com/\n",
        "https://nhandan.vn/a.html\n",
        "Xem https://youtu.be/x\n",
        "[tên](https://youtu.be/x)\n",
        "https://notyoutube.com/x\n",
        "https://youtube.com.evil.example/x\n",
        "https://youtube.com@evil.example/x\n",
        "- https://youtu.be/x\n",
        "javascript:alert(1)//youtube.com/a.mp4\n",
    ] {
        assert!(!html(body).contains("class=\"embed\""), "{body}");
    }
}

#[test]
fn a_table_stands_in_a_box_of_its_own_wherever_it_is() {
    let table = "| a | b |\n|---|--:|\n| 1 | 2 |\n";

    assert!(html(table).starts_with("<div><table>\n<thead>"), "{}", html(table));
    assert!(html(table).contains("<td align=\"right\">2</td>"));
    assert!(html("> | a |\n> |---|\n> | 1 |\n").contains("<blockquote>\n<div><table>"));
}
