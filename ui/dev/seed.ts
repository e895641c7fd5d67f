/** The seed page as it is after it was taken in, and a morning's queue around it. */

import type { ArticleShown } from "../src/backend/gen/ArticleShown";
import type { Leftover } from "../src/backend/gen/Leftover";
import type { Picture } from "../src/backend/gen/Picture";
import type { QueueRow } from "../src/backend/gen/QueueRow";
import type { TemplateShown } from "../src/backend/gen/TemplateShown";

export const ids = {"seed": "01939a00-0000-7000-8000-000000000001", "lead": "01939a00-0000-7000-8000-0000000000a1", "p1": "01939a00-0000-7000-8000-0000000000a2", "p2": "01939a00-0000-7000-8000-0000000000a3"};

const body = "Program ini dihadiri oleh pemimpin kanan dari Kementerian Kesihatan , bersama rakan akademik dan perniagaan Sweden seperti Institut Karolinska, Universiti Sophiahemmet, AstraZeneca, Ericsson dan Getinge, serta pengarah hospital, penyelidik dan agensi Vietnam yang bertanggungjawab untuk penjagaan kesihatan digital. Tumpuan adalah pada transformasi digital dalam penjagaan kesihatan dan penyelesaian bilik operasi yang mampan, bertujuan ke arah pelan tindakan yang boleh dilaksanakan.\n\nAcara ini merupakan aktiviti utama Inisiatif Inovasi Kesihatan Sweden-Vietnam, yang dilancarkan pada 2024 untuk mengukuhkan kapasiti pengurusan penyakit kronik, memodenkan kesihatan digital dan meningkatkan kualiti perkhidmatan kesihatan di Vietnam.\n\nKepakaran Sweden dalam sistem data kesihatan, peningkatan kualiti klinikal dan teknologi kesihatan yang mampan akan secara langsung menyumbang kepada penyelesaian praktikal untuk hospital dan agensi kesihatan Vietnam. Sweden dan Vietnam sedang menulis lembaran baharu bersama-sama dalam hubungan kerjasama kesihatan mereka, yang telah menjangkau lebih setengah abad.\n\nDaripada projek ikonik seperti Hospital Uong Bi Vietnam-Sweden dan Hospital Kanak-Kanak Kebangsaan pada 1980-an, kepada sokongan untuk pembangunan dasar dan sistem penjagaan kesihatan pada 2000-an dan program penyelidikan semasa dan pertukaran kedoktoran, penjagaan kesihatan sentiasa menjadi pusat kepada kerjasama antara kedua-dua negara. Pada masa ini, kedua-dua negara sedang mengambil langkah kukuh untuk menangani cabaran baharu.\n\nDuta Besar Johan Ndisi berkongsi bahawa Sweden dan Vietnam telah membina kepercayaan dalam sektor penjagaan kesihatan selama beberapa dekad. \"Hari ini, kami beralih daripada sejarah yang dikongsi kepada inovasi yang dikongsi, menggabungkan kepakaran Sweden dalam penjagaan kesihatan digital dan pembangunan mampan dengan aspirasi Vietnam untuk meningkatkan kualiti penjagaan kesihatan untuk semua rakyatnya. Ini adalah perjalanan mengubah idea menjadi tindakan untuk kehidupan yang lebih baik,\" kata Duta Besar itu.\n\n![](photo:01939a00-0000-7000-8000-0000000000a2)\n\nSweden diiktiraf di peringkat antarabangsa untuk ekosistem data kesihatan termaju dan pendaftaran berkualiti tinggi, yang memacu peningkatan berasaskan bukti dalam hasil rawatan dan kecekapan sistem penjagaan kesihatan. Pengalaman ini membimbing kerjasama dua hala mengenai kesihatan digital, sokongan keputusan klinikal dan peningkatan kualiti di Vietnam.\n\nBercakap pada persidangan itu, Cik Pham Thi Minh Chau, Timbalan Pengarah Jabatan Kerjasama Antarabangsa, Kementerian Kesihatan, berkata untuk menuju ke arah sistem penjagaan kesihatan yang moden, saksama dan mampan, Vietnam memerlukan pendekatan yang komprehensif, di mana pencegahan dan kawalan penyakit tidak berjangkit dan pembangunan penyelesaian digital akan memainkan peranan penting.\n\n\"Saya menjangkakan acara ini menjadi forum untuk kita berbincang secara mendalam dan mempelajari pengalaman berharga daripada rakan sejawat Sweden kami mengenai penyelesaian inovatif, daripada pencegahan proaktif dan pengurusan berterusan penyakit tidak berjangkit kepada membina infrastruktur data dan menggunakan teknologi digital dalam penjagaan kesihatan. Kita juga perlu membincangkan perjanjian perkongsian awam-swasta yang berkesan untuk menggerakkan sumber sosial dan meningkatkan kesihatan, memastikan tiada siapa yang terpinggir, dari segi dasar, yang tertinggal di belakang Vietnam. ekuiti sebagai prinsip, kualiti sebagai ukuran, dan inovasi sebagai tunggak Ini adalah empat tunggak untuk membina sistem penjagaan kesihatan yang moden, bersepadu dan mampan,” kata Cik Pham Thi Minh Chau.\n\n![](photo:01939a00-0000-7000-8000-0000000000a3)\n\nHubungan kerjasama diperkukuh lagi dengan perjanjian perkongsian strategik dalam sains, inovasi dan transformasi digital antara Sweden dan Vietnam, yang ditandatangani pada Jun 2025. Perjanjian ini menyediakan asas yang kukuh untuk penjagaan kesihatan terdorong data, aplikasi data kesihatan yang bertanggungjawab dan pembangunan hospital digital. Ia menunjukkan komitmen bersama untuk menggabungkan teknologi perubatan canggih Sweden dengan visi Vietnam untuk penjagaan kesihatan yang berkualiti tinggi dan boleh diakses.\n\nDengan mewujudkan forum bersama untuk penggubal dasar, pakar klinik, penyelidik dan perniagaan, persidangan itu bertujuan untuk memupuk kerjasama substantif dan mengukuhkan asas bagi pembaharuan jangka panjang. Hasil yang dijangkakan termasuk proses penjagaan yang cekap dan berpusatkan pesakit, aplikasi data kesihatan yang dipertingkatkan untuk meningkatkan kualiti dan ekuiti, pemodenan infrastruktur hospital dengan tahap keselamatan dan produktiviti yang lebih tinggi, dan pembangunan perkongsian mampan yang sejajar dengan keutamaan kesihatan negara Vietnam.\n";

export const leftovers: Leftover[] = [{"why": "navigation", "text": "Vietnam.vn - Nền tảng quảng bá Việt Nam"}, {"why": "repeated", "text": "Báo Nhân dân"}, {"why": "repeated", "text": "Persidangan yang diadakan di Hanoi itu menarik sejumlah besar delegasi dari Vietnam dan Sweden, serta rakan kongsi lain. (Foto: PV)"}, {"why": "file_name", "text": "vntd1.jpg"}, {"why": "file_name", "text": "bvnhi.jpg"}, {"why": "comments", "text": "Komen (0)"}, {"why": "comments", "text": "Sila tinggalkan komen untuk berkongsi perasaan anda!"}, {"why": "related", "text": "Dalam kategori yang sama"}, {"why": "related", "text": "Tempat hiburan Krismas yang menimbulkan kekecohan di kalangan anak muda di Bandar Ho Chi Minh dengan pokok pain sepanjang 7m"}, {"why": "navigation", "text": "Peristiwa semasa"}, {"why": "other", "text": "Rajah"}];

const fields: ArticleShown["fields"] = {
  language: "ms", slugline: "y-te-thuy-dien", url_slug: "", desk: "Quốc tế", kicker: "", headline: "Sweden dan Vietnam bekerjasama untuk mempromosikan inovasi dalam penjagaan kesihatan",
  standfirst: "Pada 11 Disember, di Hanoi, Persidangan Inovasi Penjagaan Kesihatan Sweden-Vietnam, yang dianjurkan oleh Kedutaan Sweden, menghimpunkan penggubal dasar, pemimpin hospital, penyelidik dan pakar inovasi. Persidangan itu bertujuan untuk mempromosikan transformasi Vietnam ke arah sistem pencegahan dan penjagaan kesihatan digital yang mampan.",
  dateline: "", byline: "", translator: "", editor: "", sign_off: "", category_code: "peristiwa-semasa", keywords: ["kesihatan", "Sweden"], source_paper: "Nhân Dân",
  source_url: "https://nhandan.vn/thuy-dien-va-viet-nam-hop-tac-thuc-day-doi-moi-sang-tao-trong-y-te-post929488.html", foreign_id: "post929488", source_date: "2025-12-11",
  original_headline: "", ed_note: "", embargo: "", schedule: "",
};

export function article(): ArticleShown {
  const placement = (id: string, position: "lead" | "in_text", caption: string, credit_line: string, seen_as: string) => ({ id, position, caption, credit_line, alt: "", seen_as, picture: null });
  const placements = [
    placement(ids.lead, "lead", "Persidangan yang diadakan di Hanoi itu menarik sejumlah besar delegasi dari Vietnam dan Sweden, serta rakan kongsi lain.", "PV", ""),
    placement(ids.p1, "in_text", "Duta Sweden ke Vietnam, Encik Johan Ndisi.", "PV", "vntd1.jpg"),
    placement(ids.p2, "in_text", "Hospital Kanak-Kanak Nasional, simbol kerjasama perubatan Vietnam-Sweden", "laman web Hospital Kanak-kanak Nasional Hanoi", "bvnhi.jpg"),
  ];
  const findings: ArticleShown["findings"] = placements.flatMap(({ id }) => [
    { check: "picture_wanted", blocks: true, place: "picture", placement: id } as const,
    { check: "alt_missing", blocks: true, place: "alt", placement: id } as const,
  ]);
  return {
    id: ids.seed, stage: "draft", edits: 3, saved_at: Date.now() - 9 * 60_000, fields, body, placements, leftovers, findings, approval_lapsed: null,
    last_decision: null, publications: [], jobs: [], caret: { field: "body", anchor: 210, head: 210 }, steps: ["submit", "hold", "spike"], may_publish: false,
  };
}

export function taken(): Picture[] {
  const picture = (hash: string, caption: string, creator: string): Picture => ({
    hash, kind: "jpeg", size: 482_113, width: 2400, height: 1600, differences: hash === "ambassador" ? [{ field: "credit_line", taken: "Government Offices of Sweden", other: "Kristian Pohl", other_from: "iim" }] : [],
    caption, creator, credit_line: `${creator} / Wikimedia Commons`, copyright_notice: `© ${creator}`, picture_source: "", usage_terms: "CC BY-SA 4.0", instructions: "", caption_writer: "",
    date_taken: "2023-05-02", place: "Hà Nội", digital_source_type: "", headline: "", alt: "",
  });
  return [picture("lead", "Hội nghị tại Hà Nội", "Nguyễn An"), picture("ambassador", "An ambassador speaking", "Kristian Pohl"), picture("hospital", "Bệnh viện Nhi Trung ương", "Trần Bình")];
}

export function rows(): QueueRow[] {
  const row = (at: number, headline: string, source_paper: string, language: string, minutes: number, more: Partial<QueueRow> = {}): QueueRow => ({
    id: `01939a00-0000-7000-8000-00000000010${at}`, headline, language, source_paper, stage: "draft", publication: "never", pictures: 2, pictures_wanted: 0, words_missing: 0, person: "Lan", saved_at: Date.now() - minutes * 60_000, goes_out: null, zone: "", ...more,
  });
  return [
    row(1, "Hà Nội đẩy nhanh tiến độ các tuyến đường sắt đô thị trọng điểm", "Hà Nội Mới", "vi", 31, { stage: "submitted" }),
    row(2, "Vietnam's coffee exports set a record in the first eleven months", "Vietnam News", "en", 95, { stage: "in_review", words_missing: 1, person: "Minh" }),
    row(3, "ẤM ÁP PHIÊN CHỢ TẾT Ở VÙNG CAO HÀ GIANG", "Nhân Dân", "vi", 260, { publication: "live", stage: "approved", pictures: 5 }),
    row(4, "", "", "vi", 400, { pictures: 0 }),
    row(5, "越南与瑞典加强医疗卫生领域创新合作", "人民报", "zh-Hans", 1500, { stage: "returned", pictures: 3, pictures_wanted: 3, person: "Minh" }),
    row(6, "معرض الصور عن خليج هالونغ", "Nhân Dân", "ar", 3000, { publication: "live", stage: "approved", pictures: 8 }),
  ];
}

export function templates(): TemplateShown[] {
  const one = (id: string, name: string, places: number, pictures: number): TemplateShown => ({ id, name, language: "vi", headline: "{{tít}}", places, pictures, saved_at: 0 });
  return [one("t1", "Bài khai thác", 8, 1), one("t2", "Phóng sự ảnh", 13, 3), one("t3", "Tin vắn", 9, 0)];
}
