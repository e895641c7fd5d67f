//! A portal with something to read on it: stories in several languages and sections, pictures, corrections.

use anyhow::Result;
use domain::{
    article::Fields,
    ids::{Hash, PlacementId, StoryId},
    placement::{Placement, Position},
};
use portal::Portal;
use protocol::{Act, PictureRendition, Receipt};
use uuid::Uuid;

use crate::article::{Article, decision};

/// Language, section, source paper, kicker, headline, standfirst, body. Those with the same number are one story.
type Told = (u128, [&'static str; 7]);

#[rustfmt::skip]
const TOLD: &[Told] = &[
    (1, ["vi", "suc-khoe", "Báo Nhân Dân", "HỢP TÁC", "Thụy Điển và Việt Nam hợp tác thúc đẩy đổi mới sáng tạo trong y tế",
        "Ngày 11/12 tại Hà Nội, hội nghị do Đại sứ quán Thụy Điển tổ chức quy tụ các nhà hoạch định chính sách, lãnh đạo bệnh viện và các nhà nghiên cứu.", BODY]),
    (1, ["ar", "suc-khoe", "Báo Nhân Dân", "تعاون", "السويد وفيتنام تتعاونان لتعزيز الابتكار في الرعاية الصحية",
        "في هانوي اجتمع صانعو السياسات وقادة المستشفيات والباحثون وخبراء الابتكار.", ARABIC]),
    (2, ["vi", "kinh-te", "Báo Cao Nguyên", "", "Nông dân vùng cao thử rang cà phê chậm hơn",
        "Một hợp tác xã bốn mươi hộ tin rằng kiên nhẫn bán chạy hơn số lượng.", BODY]),
    (3, ["vi", "van-hoa", "", "PHÓNG SỰ", "Phiên chợ sớm bên sông mở lại sau mùa nước",
        "Sau hơn một tháng tạm nghỉ, các sạp hàng quen thuộc đã trở lại từ lúc trời chưa sáng.", BODY]),
    (4, ["vi", "suc-khoe", "Báo Nhân Dân", "", "Trạm y tế xã có bác sĩ trực đêm", "", BODY]),
    (5, ["vi", "the-thao", "Báo Thể Thao", "", "Đội bóng nữ của trường huyện vào chung kết", "Trận đấu diễn ra chiều chủ nhật.", BODY]),
    (6, ["vi", "suc-khoe", "Báo Lao Động", "", "Mùa cúm đến sớm, các bệnh viện nhi kín giường", "", BODY]),
    (7, ["vi", "kinh-te", "Báo Nhân Dân", "", "Giá gạo xuất khẩu nhích lên trong tuần đầu tháng Mười Hai", "", BODY]),
    (8, ["en", "suc-khoe", "Báo Nhân Dân", "", "Children’s hospital opens a ward for long stays", "Parents may sleep beside their children.", BODY]),
];

const BODY: &str = "Hội nghị thu hút đông đảo đại biểu hai nước. Trọng tâm là chuyển đổi số trong chăm sóc sức khoẻ và các giải pháp phòng mổ bền vững, hướng đến một kế hoạch hành động có thể thực hiện.\n\n\
    [ảnh]\n\n> [!pull]\n> Hôm nay, chúng ta đi từ lịch sử chung đến đổi mới chung.\n> — Đại sứ Johan Ndisi\n\n\
    # Hơn nửa thế kỷ\n\nQuan hệ hợp tác đã kéo dài hơn nửa thế kỷ[^1], từ những bệnh viện biểu tượng đến hỗ trợ xây dựng chính sách.\n\n\
    | Năm | Việc |\n|---|---|\n| 1981 | Bệnh viện Nhi |\n| 2024 | Sáng kiến đổi mới y tế |\n\n\
    > [!box] Bốn trụ cột\n> - dự phòng\n> - công bằng\n> - chất lượng\n> - đổi mới\n\n[^1]: Theo ban tổ chức.\n";

const ARABIC: &str = "جذب المؤتمر عددا كبيرا من المندوبين من البلدين. ركز على التحول الرقمي في الرعاية الصحية.\n\n[ảnh]\n\n\
    > نحن ننتقل اليوم من تاريخ مشترك إلى ابتكار مشترك.\n> — يوهان نديسي\n\nراجع موقع Karolinska Institutet (2024) لمزيد من التفاصيل.\n\n- الوقاية\n- الجودة\n";

/// Publishes the newspaper, with the seed page among it, and returns the receipts of one story's pages first.
///
/// # Errors
/// What the portal says.
pub async fn print(portal: &dyn Portal) -> Result<Vec<Receipt>> {
    let seed = Article::seed().with(|document| document.fields.category_code = "suc-khoe".into());
    let seed = in_story(seed, 1);
    let mut receipts = vec![seed.publish(portal, decision()).await?.receipt];
    for (number, told) in TOLD {
        let article = in_story(article(told, &seed, *number), *number);
        receipts.push(article.publish(portal, decision()).await?.receipt);
    }
    for notice in [
        "Bản trước ghi sai chức danh của Đại sứ Johan Ndisi.",
        "Bản trước ghi sai năm mở Bệnh viện Nhi: 1981, không phải 1978.",
    ] {
        let version = format!("v{}", if notice.contains("1981") { 2 } else { 1 });
        let mut again = in_story(article(&TOLD[0].1, &seed, 1), 1).over(&version);
        again.edition.article = receipts[1].remote_id.parse()?;
        (again.edition.act, again.edition.correction_notice) = (Act::Correct, notice.into());
        receipts[1] = again.publish(portal, decision()).await?.receipt;
    }
    Ok(receipts)
}

fn in_story(mut article: Article, number: u128) -> Article {
    article.edition.story = StoryId(Uuid::from_u128(number));
    article
}

/// Every other has pictures: the seed's, at its lead and in the text.
fn article(told: &[&'static str; 7], seed: &Article, number: u128) -> Article {
    let [language, section, paper, kicker, headline, standfirst, body] = told;
    let pictured = number % 2 == 1 || number == 2;
    let in_text = PlacementId(Uuid::from_u128(7));
    let made = if pictured { &seed.renditions[..2] } else { &[] };
    let placements =
        made.iter().zip([Position::Lead, Position::InText]).enumerate().map(|(at, (made, position))| {
            Placement {
                id: if position == Position::InText { in_text } else { PlacementId(Uuid::from_u128(8)) },
                position,
                caption: ["Hội nghị diễn ra tại Hà Nội.", "Đại sứ Johan Ndisi."][at].into(),
                credit_line: ["PV", "Đại sứ quán Thụy Điển"][at].into(),
                alt: ["Người ngồi quanh một bàn dài", "Một người đàn ông mặc com-lê"][at].into(),
                picture: Some(Hash::of(&made.bytes)),
            }
        });
    let placements: Vec<Placement> = placements.collect();
    let picture = if pictured { format!("![](photo:{in_text})") } else { String::new() };
    let mut article = Article::short(headline).with(|document| {
        document.fields = Fields {
            language: (*language).into(),
            category_code: (*section).into(),
            source_paper: (*paper).into(),
            kicker: (*kicker).into(),
            headline: (*headline).into(),
            standfirst: (*standfirst).into(),
            byline: if number == 3 { "Lan Anh".into() } else { String::new() },
            dateline: "Hà Nội".into(),
            source_date: "2025-12-11".into(),
            source_url: if paper.is_empty() { String::new() } else { document.fields.source_url.clone() },
            ..Fields::default()
        };
        document.body = body.replace("[ảnh]", &picture);
        document.placements = placements;
    });
    article.renditions = made.to_vec();
    let sizes = made.iter().zip([(600, 400), (451, 300)]);
    article.edition.renditions = sizes
        .map(|(made, (width, height))| PictureRendition {
            picture: Hash::of(&made.bytes),
            rendition: made.hash,
            width,
            height,
        })
        .collect();
    article
}
