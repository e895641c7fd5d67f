//! Pictures in WordPress's media library: known by a slug made of their hash, so that none is uploaded twice.

use std::collections::HashMap;

use domain::ids::Hash;
use md5::{Digest as _, Md5};
use reqwest::{Response, header};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{
    Wordpress,
    api::successful,
    blocks::{Image, as_text},
};
use crate::{Fault, PictureFile, http};

const FIELDS: &str = "id,slug,source_url,media_details";
/// Words go into the upload's address up to here: web servers take no longer one.
const LONGEST_ADDRESS: usize = 3000;

#[derive(Debug, Clone, Deserialize)]
struct WpMedia {
    id: u64,
    slug: String,
    #[serde(default)]
    source_url: String,
    #[serde(default)]
    media_details: Value,
}

impl WpMedia {
    /// The size a page shows, where WordPress has made it.
    fn image(&self) -> Image {
        let large = self.media_details["sizes"]["large"]["source_url"].as_str();
        match large {
            Some(url) => Image { id: self.id, url: url.to_owned(), size: "large".into() },
            None => Image { id: self.id, url: self.source_url.clone(), size: "full".into() },
        }
    }
}

/// Returns the slug under which a rendition is kept.
fn slug(hash: Hash) -> String {
    format!("toasoan-{}", &hash.to_string()[..16])
}

/// Returns that slug, and those WordPress makes of it where it is taken.
fn slugs(hash: Hash) -> [String; 3] {
    let slug = slug(hash);
    [slug.clone(), format!("{slug}-2"), format!("{slug}-3")]
}

/// Returns the ids of the pictures that a post's content shows.
pub fn images_in(content: &str) -> Vec<u64> {
    let mut found: Vec<u64> = content
        .split("wp-image-")
        .skip(1)
        .filter_map(|rest| rest.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok())
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}

impl Wordpress {
    /// Looks these renditions up, also under the names WordPress gives where a name is taken. Where two desks were quicker than WordPress's own check, the lowest id is kept.
    pub(super) async fn known_pictures(&self, hashes: &[Hash]) -> Result<HashMap<Hash, Image>, Fault> {
        if self.has_companion().await? {
            return self.pictures_there(hashes).await;
        }
        let mut known = HashMap::new();
        for some in hashes.chunks(30) {
            let asked: Vec<String> = some.iter().flat_map(|hash| slugs(*hash)).collect();
            let request = self.api.get("wp/v2/media").query(&[
                ("slug", asked.join(",").as_str()),
                ("per_page", "100"),
                ("orderby", "id"),
                ("order", "asc"),
                ("_fields", FIELDS),
            ]);
            let found: Vec<WpMedia> = self.api.ask(request).await?;
            for hash in some {
                let names = slugs(*hash);
                let mut same = found.iter().filter(|media| names.contains(&media.slug));
                if let Some(first) = same.next() {
                    known.insert(*hash, first.image());
                }
                for extra in same {
                    self.remove_own(extra.id).await;
                }
            }
        }
        Ok(known)
    }

    /// Uploads a rendition with its words, and says how the portal keeps it.
    pub(super) async fn upload(&self, picture: &PictureFile<'_>) -> Result<(), Fault> {
        if self.has_companion().await? {
            return self.give_picture(picture).await;
        }
        let slug = slug(picture.hash);
        let words = words_of(picture);
        let in_address = words.iter().map(|(_, value)| value.len() * 3).sum::<usize>() < LONGEST_ADDRESS;
        let mut request = self.api.post("wp/v2/media").query(&[("slug", &slug)]);
        if in_address {
            request = request.query(&words);
        }
        let request = request
            .header(header::CONTENT_TYPE, "image/jpeg")
            .header(header::CONTENT_DISPOSITION, format!("attachment; filename=\"{slug}.jpg\""))
            .header("Content-MD5", hex::encode(Md5::digest(picture.bytes)))
            .timeout(http::while_sending(self.patience.answer, picture.bytes.len()))
            .body(picture.bytes.to_vec());
        let answer = request.send().await.map_err(|error| http::sending(&error))?;
        let media = self.uploaded(answer).await?;
        self.own_uploads.lock().await.insert(media.id);
        if !in_address {
            let words: serde_json::Map<String, Value> =
                words.into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect();
            let given = self.api.ask::<WpMedia>(self.api.post(&route(media.id)).json(&words)).await;
            if let Err(fault) = given {
                self.remove_own(media.id).await; // without its words it would be taken for whole
                return Err(fault);
            }
        }
        let mut another = None;
        if media.slug != slug {
            another = self.known_pictures(&[picture.hash]).await?.remove(&picture.hash); // a desk was quicker
        }
        // Another's may be hidden from this account: then ours is the one that is used.
        let image = another.unwrap_or_else(|| media.image());
        self.pictures.lock().await.insert(picture.hash, image);
        Ok(())
    }

    /// A server that fails while it makes the sizes has taken the picture: it is told to go on, or to forget it.
    async fn uploaded(&self, answer: Response) -> Result<WpMedia, Fault> {
        let begun = answer
            .headers()
            .get("X-WP-Upload-Attachment-ID")
            .and_then(|id| id.to_str().ok()?.parse::<u64>().ok());
        let failed = match successful(answer).await {
            Ok(answer) => return http::read(answer).await,
            Err(fault) => fault,
        };
        let Some(id) = begun else { return Err(failed) };
        let go_on = self.api.post(&format!("{}/post-process", route(id)));
        match self.api.ask(go_on.json(&json!({ "action": "create-image-subsizes" }))).await {
            Ok(media) => Ok(media),
            Err(Fault::Unknown(_)) => Err(failed), // it is still at work: the next attempt finds it
            Err(_) => {
                self.own_uploads.lock().await.insert(id);
                self.remove_own(id).await;
                Err(failed)
            }
        }
    }

    /// Removes a picture that was uploaded here a moment ago and turned out to be one too many; never another's.
    async fn remove_own(&self, id: u64) {
        if !self.own_uploads.lock().await.remove(&id) {
            return;
        }
        let request = self.api.request(reqwest::Method::DELETE, &route(id)).query(&[("force", "true")]);
        if let Err(fault) = self.api.ask::<Value>(request).await {
            tracing::warn!(picture = id, %fault, "a picture is on the portal once too often");
        }
    }
}

fn route(id: u64) -> String {
    format!("wp/v2/media/{id}")
}

/// Caption with credit, for whoever uses the picture in WordPress's own library, and alt text.
fn words_of(picture: &PictureFile<'_>) -> Vec<(&'static str, String)> {
    let words = picture.words;
    let caption = match (words.caption.trim(), words.credit_line.trim()) {
        (caption, "") => as_text(caption),
        ("", credit) => as_text(credit),
        (caption, credit) => format!("{} ({})", as_text(caption), as_text(credit)),
    };
    let named =
        [("caption", caption), ("alt_text", words.alt.trim().to_owned()), ("title", words.headline.clone())];
    named.into_iter().filter(|(_, value)| !value.is_empty()).collect()
}
