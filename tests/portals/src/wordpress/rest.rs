//! What is on the site, asked as its own people ask: by REST, in sight of every state and of the raw text.

use std::time::{Duration, SystemTime};

use anyhow::{Context as _, Result, ensure};
use reqwest::Method;
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};

use super::{User, WordPress};

/// WordPress gives at most so many at once.
const PAGE: usize = 100;

/// Where a post stands there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    Publish,
    Future,
    Draft,
    Pending,
    Private,
    Trash,
}

const STATES: &str = "publish,future,draft,pending,private,trash";

#[derive(Debug, Clone, Deserialize)]
pub struct Post {
    pub id: u64,
    #[serde(rename = "status")]
    pub state: State,
    pub slug: String,
    pub link: String,
    pub author: u64,
    pub featured_media: u64,
    pub categories: Vec<u64>,
    pub tags: Vec<u64>,
    #[serde(deserialize_with = "raw")]
    pub title: String,
    #[serde(deserialize_with = "raw")]
    pub content: String,
    #[serde(deserialize_with = "raw")]
    pub excerpt: String,
}

/// An item of the media library.
#[derive(Debug, Clone, Deserialize)]
pub struct Picture {
    pub id: u64,
    pub slug: String,
    pub author: u64,
    pub alt_text: String,
    pub source_url: String,
    #[serde(deserialize_with = "raw")]
    pub caption: String,
    pub media_details: Value,
}

/// What the site answered.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub body: Value,
}

impl Answer {
    /// Returns the body of an answer that says yes.
    ///
    /// # Errors
    /// When it says no.
    pub fn ok(self) -> Result<Value> {
        ensure!((200..300).contains(&self.status), "WordPress answers {}: {}", self.status, self.body);
        Ok(self.body)
    }
}

impl WordPress {
    /// Asks for `path` below `/wp-json/wp/v2` in somebody's name.
    ///
    /// # Errors
    /// When nothing that is JSON comes back.
    pub async fn ask(&self, who: &User, method: Method, path: &str, body: Option<&Value>) -> Result<Answer> {
        self.ask_at(who, method, &format!("/wp/v2{path}"), body).await
    }

    /// Asks for `path` below `/wp-json` in somebody's name.
    ///
    /// # Errors
    /// When nothing that is JSON comes back.
    pub async fn ask_at(
        &self,
        who: &User,
        method: Method,
        path: &str,
        body: Option<&Value>,
    ) -> Result<Answer> {
        let url = format!("{}/wp-json{path}", self.url);
        let mut request = self.client.request(method, url);
        request = request.basic_auth(&who.name, Some(&who.application_password));
        if let Some(body) = body {
            request = request.json(body);
        }
        let answer = request.send().await?;
        let status = answer.status().as_u16();
        let body = answer.json().await.with_context(|| format!("{path} answers {status} without JSON"))?;
        Ok(Answer { status, body })
    }

    /// Returns every post in every state, the trash too.
    ///
    /// # Errors
    /// When the site does not say.
    pub async fn posts(&self) -> Result<Vec<Post>> {
        self.all(&format!("/posts?context=edit&orderby=id&order=asc&status={STATES}")).await
    }

    /// Returns the posts with these words in their raw text, in every state.
    ///
    /// # Errors
    /// When the site does not say.
    pub async fn posts_with(&self, words: &str) -> Result<Vec<Post>> {
        let posts = self.posts().await?;
        Ok(posts.into_iter().filter(|post| post.content.contains(words)).collect())
    }

    /// Returns the whole media library.
    ///
    /// # Errors
    /// When the site does not say.
    pub async fn pictures(&self) -> Result<Vec<Picture>> {
        self.all("/media?context=edit&orderby=id&order=asc").await
    }

    /// Returns a picture's file as it was uploaded.
    ///
    /// # Errors
    /// When it is not where the library says.
    pub fn file(&self, picture: &Picture) -> Result<Vec<u8>> {
        let path = picture.source_url.strip_prefix(&self.url).context("it lies on this site")?;
        let shown = self.folder.join("www").join(path.trim_start_matches('/'));
        // Where it was turned or made smaller, that is what is shown, and the original lies beside it.
        let original = picture.media_details["original_image"].as_str();
        let file = original.map_or(shown.clone(), |name| shown.with_file_name(name));
        std::fs::read(&file).with_context(|| format!("{} cannot be read", file.display()))
    }

    async fn all<T: DeserializeOwned>(&self, path: &str) -> Result<Vec<T>> {
        let mut all = Vec::new();
        for page in 1.. {
            let path = format!("{path}&per_page={PAGE}&page={page}");
            let answer = self.ask(self.user("admin"), Method::GET, &path, None).await?;
            if page > 1 && answer.status == 400 {
                break; // there is no such page
            }
            let mut found: Vec<T> = serde_json::from_value(answer.ok()?)?;
            let last = found.len() < PAGE;
            all.append(&mut found);
            if last {
                break;
            }
        }
        Ok(all)
    }

    /// Changes a post in somebody's name, as their own editor would.
    ///
    /// # Errors
    /// When they may not.
    pub async fn edit(&self, who: &User, post: u64, changes: &Value) -> Result<()> {
        self.ask(who, Method::POST, &format!("/posts/{post}"), Some(changes)).await?.ok().map(drop)
    }

    /// Moves a post to the trash.
    ///
    /// # Errors
    /// When it is there already.
    pub async fn trash(&self, post: u64) -> Result<()> {
        self.ask(self.user("admin"), Method::DELETE, &format!("/posts/{post}"), None).await?.ok().map(drop)
    }

    /// Removes a post for good.
    ///
    /// # Errors
    /// When it is not there.
    pub async fn delete(&self, post: u64) -> Result<()> {
        self.remove(&format!("/posts/{post}")).await
    }

    /// Removes a picture from the library: there is no trash for it.
    ///
    /// # Errors
    /// When it is not there.
    pub async fn delete_picture(&self, picture: u64) -> Result<()> {
        self.remove(&format!("/media/{picture}")).await
    }

    async fn remove(&self, path: &str) -> Result<()> {
        let path = format!("{path}?force=true");
        self.ask(self.user("admin"), Method::DELETE, &path, None).await?.ok().map(drop)
    }

    /// Adds somebody of this role.
    ///
    /// # Errors
    /// When the site refuses.
    pub async fn new_user(&self, role: &str) -> Result<User> {
        let name = format!("{role}-{:x}", moment());
        let password = format!("password of {name}");
        let fields = json!({
            "username": name, "email": format!("{name}@portal.test"), "password": password, "roles": [role],
        });
        let made = self.ask(self.user("admin"), Method::POST, "/users", Some(&fields)).await?.ok()?;
        let id = made["id"].as_u64().context("an id")?;
        let user = User { name, id, password, application_password: String::new() };
        Ok(self.new_password(&user).await?.0)
    }

    /// Gives somebody one more application password and returns them with it, and its own id.
    ///
    /// # Errors
    /// When the site refuses.
    pub async fn new_password(&self, of: &User) -> Result<(User, String)> {
        let path = format!("/users/{}/application-passwords", of.id);
        // One name each: WordPress refuses a second of the same.
        let name = json!({ "name": format!("tests {:x}", moment()) });
        let made = self.ask(self.user("admin"), Method::POST, &path, Some(&name)).await?.ok()?;
        let word = |name: &str| made[name].as_str().map(str::to_owned).context("it is in the answer");
        Ok((User { application_password: word("password")?, ..of.clone() }, word("uuid")?))
    }

    /// Takes an application password back.
    ///
    /// # Errors
    /// When there is none.
    pub async fn revoke(&self, of: &User, password: &str) -> Result<()> {
        let path = format!("/users/{}/application-passwords/{password}", of.id);
        self.ask(self.user("admin"), Method::DELETE, &path, None).await?.ok().map(drop)
    }

    /// Returns a public page as a reader gets it: its status and its HTML.
    ///
    /// # Errors
    /// When nothing comes back.
    pub async fn page(&self, url: &str) -> Result<(u16, String)> {
        let answer = self.client.get(url).send().await?;
        Ok((answer.status().as_u16(), answer.text().await?))
    }

    /// Sends bytes somewhere, as somebody unknown.
    ///
    /// # Errors
    /// When nothing comes back.
    pub async fn send(&self, url: &str, bytes: &[u8]) -> Result<(u16, String)> {
        let answer = self.client.post(url).body(bytes.to_vec()).send().await?;
        Ok((answer.status().as_u16(), answer.text().await?))
    }
}

/// Nanoseconds, for names that nobody has.
fn moment() -> u128 {
    SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default().as_nanos()
}

/// A client for this machine alone.
pub fn client(redirects: reqwest::redirect::Policy) -> reqwest::Client {
    // It wants to know whose cryptography it would use, though it only speaks to this machine.
    rustls::crypto::ring::default_provider().install_default().ok(); // another part may have been first
    let built =
        reqwest::Client::builder().redirect(redirects).no_proxy().timeout(Duration::from_secs(30)).build();
    built.expect("a client without TLS of its own")
}

fn raw<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    #[derive(Deserialize)]
    struct Raw {
        raw: String,
    }
    Raw::deserialize(deserializer).map(|field| field.raw)
}
