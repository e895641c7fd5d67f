//! The sample newsroom: a few invented articles at different places of their way, so that a newcomer sees a desk at work.

use domain::{article::Fields, stage::Step};

use crate::templates::Existing;

use crate::{
    Attach, Desk, Result, Words,
    window::{Edit, Slot},
};

/// A sample article.
struct Sample {
    language: &'static str,
    headline: &'static str,
    standfirst: &'static str,
    paper: &'static str,
    url: &'static str,
    date: &'static str,
    body: &'static str,
    picture: Option<SamplePicture>,
    steps: &'static [Step],
    published: bool,
}

struct SamplePicture {
    name: &'static str,
    bytes: &'static [u8],
    caption: &'static str,
    credit: &'static str,
    alt: &'static str,
}

const COFFEE: &[u8] = include_bytes!("../../../../tests/fixtures/photos/seed/lead.jpg");

/// In the format in which newsrooms hand them around.
const TEMPLATES: &[u8] = include_bytes!("sample/templates.json");

const SAMPLES: &[Sample] = &[
    Sample {
        language: "vi",
        headline: "Phiên chợ sớm bên sông mở lại sau mùa nước",
        standfirst: "Sau hơn một tháng tạm nghỉ, các sạp hàng quen thuộc đã trở lại từ lúc trời chưa sáng.",
        paper: "",
        url: "",
        date: "",
        body: "Từ bốn giờ sáng, những chiếc thuyền đầu tiên đã cập bến.\n\n> “Chúng tôi chờ ngày này lâu rồi”, một tiểu thương nói.\n\nBan quản lý chợ cho biết số sạp mở lại đã đạt ba phần tư so với trước mùa nước.\n",
        picture: None,
        steps: &[],
        published: false,
    },
    Sample {
        language: "en",
        headline: "Highland growers try a slower roast",
        standfirst: "A cooperative of forty families is betting that patience sells better than volume.",
        paper: "Báo Cao Nguyên",
        url: "https://caonguyen.example.vn/rang-cham-post100245.html",
        date: "2026-11-20",
        body: "The beans turn for twice the usual time, and nobody talks while they do.\n\n## A bet on patience\n\nThe cooperative began with one drum and a borrowed shed. It now fills three orders a week, and says it will not fill a fourth.\n\nWhat they sell is mostly time, one of the roasters said.\n",
        picture: Some(SamplePicture {
            name: "coffee.jpg",
            bytes: COFFEE,
            caption: "A cup from the cooperative's first slow roast.",
            credit: "Rachel Michetti",
            alt: "A white cup of black coffee on a wooden table, seen from above",
        }),
        steps: &[Step::Submit],
        published: false,
    },
    Sample {
        language: "vi",
        headline: "Thư viện lưu động đến với bảy xã vùng cao",
        standfirst: "Chiếc xe chở ba nghìn cuốn sách sẽ dừng ở mỗi xã hai ngày một tháng.",
        paper: "Báo Bình Minh",
        url: "https://binhminh.example.vn/thu-vien-luu-dong-post100198.html",
        date: "2026-11-18",
        body: "Chuyến xe đầu tiên khởi hành sáng nay.\n\nTheo kế hoạch, mỗi điểm dừng có một người đọc cùng các em nhỏ và một tủ sách để lại cho trường.\n",
        picture: None,
        steps: &[Step::Submit, Step::Approve],
        published: true,
    },
];

impl Desk {
    /// Fills an empty desk with the sample newsroom; a desk that has articles stays as it is.
    ///
    /// # Errors
    /// What the database or the picture store says.
    pub fn open_sample(&self) -> Result<()> {
        if !self.store.read(store::articles::all)?.is_empty() {
            return Ok(());
        }
        self.import_templates(TEMPLATES, Existing::Keep)?;
        for sample in SAMPLES {
            self.write_sample(sample)?;
        }
        self.close_article()
    }

    fn write_sample(&self, sample: &Sample) -> Result<()> {
        let id = self.new_article(sample.language)?.id;
        let fields = Fields {
            language: sample.language.into(),
            headline: sample.headline.into(),
            standfirst: sample.standfirst.into(),
            source_paper: sample.paper.into(),
            source_url: sample.url.into(),
            source_date: sample.date.into(),
            ..Fields::default()
        };
        self.save(&Edit {
            id,
            edits: 0,
            body: Some(sample.body.into()),
            fields: Some(fields),
            placements: Vec::new(),
            caret: None,
        })?;
        if let Some(picture) = &sample.picture {
            let words = Words {
                caption: Some(picture.caption.into()),
                credit_line: Some(picture.credit.into()),
                alt: Some(picture.alt.into()),
            };
            self.attach(Attach {
                article: id,
                slot: Slot::Lead,
                bytes: picture.bytes,
                name: picture.name,
                words,
            })?;
        }
        for step in sample.steps {
            self.take_step_now(id, *step)?;
        }
        if sample.published {
            self.publish_now(id, crate::LOCAL, &crate::Change::default())?;
        }
        Ok(())
    }
}
