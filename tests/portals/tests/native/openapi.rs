//! Every operation of `docs/openapi.json`, asked of the portal as it runs, with every refusal that can be had without
//! breaking its disk or sending more than it takes.

use std::collections::BTreeSet;

use protocol::Withdrawal;
use serde::Serialize;

use super::{afterwards::withdrawal, *};

const JSON: &str = "content-type: application/json\r\n";
const JPEG: &str = "content-type: image/jpeg\r\n";
const PIECE: &str = "content-type: application/partial-upload\r\n";

/// Asks, and remembers how each operation was answered.
struct Asking<'s> {
    site: &'s Site,
    seen: BTreeSet<Asked>,
}

impl Asking<'_> {
    /// With the token, unless the headers say another.
    async fn answers(&mut self, status: u16, line: &str, headers: &str, body: &[u8]) {
        let token = if headers.contains("authorization") {
            String::new()
        } else {
            format!("authorization: Bearer {TOKEN}\r\n")
        };
        let host =
            if headers.contains("host") { String::new() } else { format!("host: {}\r\n", self.site.host()) };
        let length = body.len();
        let head = format!(
            "{line} HTTP/1.1\r\n{host}{token}{headers}content-length: {length}\r\nconnection: close\r\n\r\n"
        );
        let (answer, asked) = self.site.told([head.as_bytes(), body].concat()).await;
        let asked = asked.unwrap_or_else(|| panic!("{line} is not described: {answer}"));
        assert_eq!(asked.status, status, "{line}: {answer}");
        self.seen.insert(asked);
    }

    async fn json(&mut self, status: u16, line: &str, body: &impl Serialize) {
        self.answers(status, line, JSON, &serde_json::to_vec(body).expect("JSON")).await;
    }

    async fn get(&mut self, status: u16, path: &str) {
        self.answers(status, &format!("GET {path}"), "", b"").await;
    }
}

fn put(what: &str, id: DecisionId) -> String {
    format!("PUT /dpp/v1/{what}/{id}")
}

#[tokio::test]
async fn every_operation_answers_what_is_described() {
    let site = Site::open().await;
    let mut asking = Asking { site: &site, seen: BTreeSet::new() };

    pictures(&mut asking).await;
    decisions(&mut asking).await;
    withdrawals(&mut asking).await;
    pages(&mut asking).await;
    strangers(&mut asking).await;

    let answered = asking.seen.iter().filter(|asked| asked.status < 300);
    let answered: BTreeSet<String> = answered.map(|asked| asked.operation.clone()).collect();
    assert_eq!(answered, DESCRIBED.operations(), "each was asked so that it says yes");
}

async fn pictures(asking: &mut Asking<'_>) {
    let hash = Hash::of(PICTURE);
    let at = |hash: &str| format!("/dpp/v1/pictures/{hash}");
    asking.json(200, "POST /dpp/v1/pictures/lacking", &protocol::Pictures { hashes: vec![hash] }).await;
    asking.answers(400, "POST /dpp/v1/pictures/lacking", JSON, b"{").await;
    asking.answers(415, "POST /dpp/v1/pictures/lacking", "", b"{}").await;
    asking.answers(422, "POST /dpp/v1/pictures/lacking", JSON, b"{}").await;

    asking.get(404, &at(&hash.to_string())).await;
    asking.answers(400, &format!("PUT {}", at(&Hash::of(b"another").to_string())), JPEG, PICTURE).await;
    asking.answers(200, &format!("PUT {}", at(&hash.to_string())), JPEG, PICTURE).await;
    asking.get(200, &at(&hash.to_string())).await;
    asking.get(400, &at("no-hash")).await;

    let pieces = [PICTURE, b"in pieces\xff\xd9"].concat();
    let upload = format!("/dpp/v1/uploads/{}", Hash::of(&pieces));
    let (first, rest) = pieces.split_at(10);
    asking.get(200, &upload).await;
    asking.get(400, "/dpp/v1/uploads/no-hash").await;
    asking.answers(200, &format!("PATCH {upload}"), &format!("{PIECE}upload-offset: 0\r\n"), first).await;
    asking.answers(409, &format!("PATCH {upload}"), &format!("{PIECE}upload-offset: 5\r\n"), rest).await;
    let last = format!("{PIECE}upload-offset: 10\r\nupload-complete: ?1\r\n");
    asking.answers(200, &format!("PATCH {upload}"), &last, rest).await;
}

async fn decisions(asking: &mut Asking<'_>) {
    let (id, first) = (decision(), edition(1, "Satu", None));
    asking.get(404, &format!("/dpp/v1/decisions/{id}")).await;
    asking.json(201, &put("decisions", id), &first).await;
    asking.json(200, &put("decisions", id), &first).await;
    asking.json(422, &put("decisions", id), &edition(1, "Dua", None)).await;
    asking.json(412, &put("decisions", decision()), &edition(1, "Dua", Some("v9"))).await;
    asking.answers(400, &put("decisions", decision()), JSON, b"{").await;
    let mut without = edition(2, "Dua", None);
    without.renditions[0].rendition = Hash::of(b"never sent");
    asking.json(422, &put("decisions", decision()), &without).await;
    asking.get(200, &format!("/dpp/v1/decisions/{id}")).await;
    asking.get(400, "/dpp/v1/decisions/no-id").await;

    asking.get(200, "/dpp/v1/me").await;
    asking.get(200, "/dpp/v1/editions").await;
    let article = first.article;
    for path in ["", "/document"] {
        asking.get(200, &format!("/dpp/v1/editions/{article}{path}")).await;
        asking.get(404, &format!("/dpp/v1/editions/{}{path}", Uuid::from_u128(77))).await;
        asking.get(400, &format!("/dpp/v1/editions/no-id{path}")).await;
    }
}

async fn withdrawals(asking: &mut Asking<'_>) {
    let native = asking.site.native();
    published(&native, &edition(3, "Tiga", None)).await;
    let (id, kill) = (decision(), withdrawal(Act::Kill, 3, None));
    asking.get(404, &format!("/dpp/v1/withdrawals/{id}")).await;
    asking.json(412, &put("withdrawals", decision()), &withdrawal(Act::Unpublish, 3, Some("v9"))).await;
    asking.json(404, &put("withdrawals", decision()), &withdrawal(Act::Unpublish, 55, None)).await;
    asking.answers(400, &put("withdrawals", decision()), JSON, b"{").await;
    asking.json(201, &put("withdrawals", id), &kill).await;
    asking.json(200, &put("withdrawals", id), &kill).await;
    let other = Withdrawal { public_notice: "Lain".into(), ..kill };
    asking.json(422, &put("withdrawals", id), &other).await;
    asking.get(200, &format!("/dpp/v1/withdrawals/{id}")).await;
    asking.get(400, "/dpp/v1/withdrawals/no-id").await;
    asking.json(410, &put("decisions", decision()), &edition(3, "Tiga", None)).await;
}

async fn pages(asking: &mut Asking<'_>) {
    let mut article = edition(4, "Empat", None);
    article.document.fields.category_code = "world".into();
    article.content_hash = article.document.content_hash();
    let native = asking.site.native();
    let receipt = published(&native, &article).await;
    let page = receipt.url.trim_start_matches(&asking.site.running.url).to_owned();

    for path in [
        "/".into(),
        page,
        "/feed.atom".into(),
        "/news-sitemap.xml".into(),
        "/robots.txt".into(),
        "/portal.css".into(),
    ] {
        asking.get(200, &path).await;
    }
    asking.get(200, "/category/world").await;
    asking.get(200, "/paper/B%C3%A1o%20Nh%C3%A2n%20D%C3%A2n").await;
    asking.get(200, &format!("/fonts/{}", domain::page::FONTS[0].0)).await;
    asking.get(200, &format!("/pictures/{}.jpg", Hash::of(PICTURE))).await;
    for path in ["/no-such-page", "/fonts/none.woff2", "/pictures/none.jpg", "/category/no-such-section"] {
        asking.get(404, path).await;
    }
}

/// Without the token nobody gets in, and under another name nobody gets anything.
async fn strangers(asking: &mut Asking<'_>) {
    let described = DESCRIBED.operations();
    let id = Uuid::from_u128(9).to_string();
    for operation in described {
        let line = operation
            .replace("{hash}", &Hash::of(b"x").to_string())
            .replace("{id}", &id)
            .replace("{article}", &id)
            .replace("{code}", "world")
            .replace("{paper}", "paper")
            .replace("{name}", "name");
        asking.answers(421, &line, "host: elsewhere.example\r\n", b"").await;
        if line.contains("/dpp/") {
            asking.answers(401, &line, "authorization: Bearer guessed\r\n", b"").await;
        }
    }
}
