//! A portal under test, and what is to be seen of it by another way than the adapter's.

use std::time::Duration;

use anyhow::Result;
use domain::ids::{ArticleId, Hash};
use local_portal::{LocalPortal, Running, Serve};
use portal::{
    Portal, Secret,
    native::Native,
    wordpress::{Patience, Wordpress},
};
use portals::{
    article::Article,
    network::Network,
    wordpress::{State, Trouble, User, WordPress},
};
use tempfile::TempDir;

const TOKEN: &str = "a token of the test";
const ANSWER: Duration = Duration::from_secs(10);

pub enum Subject<'s> {
    Local(Local),
    WordPress(&'s WordPress),
    /// A WordPress that has our plugin, as long as this is there.
    WithPlugin {
        site: &'s WordPress,
        _plugin: Trouble<'s>,
    },
}

pub struct Local {
    running: Running,
    _portal: LocalPortal,
    home: TempDir,
}

impl Subject<'_> {
    pub async fn local() -> Result<Self> {
        let home = tempfile::tempdir()?;
        let portal = LocalPortal::open(&home.path().join("portal"), "Cổng thử")?;
        let running = portal.serve(Serve { port: None, token: TOKEN.into() }).await?;
        Ok(Self::Local(Local { running, _portal: portal, home }))
    }

    pub async fn with_plugin<'s>(site: &'s WordPress) -> Result<Subject<'s>> {
        Ok(Subject::WithPlugin { site, _plugin: site.with_plugin().await? })
    }

    fn url(&self) -> &str {
        match self {
            Self::Local(local) => &local.running.url,
            Self::WordPress(site) | Self::WithPlugin { site, .. } => &site.url,
        }
    }

    /// Lays a network to it, in which things go wrong as they are told.
    pub fn network(&self) -> Network {
        Network::to(self.url())
    }

    /// Speaks to it as a desk.
    pub fn desk(&self) -> Result<Box<dyn Portal>> {
        self.desk_at(self.url())
    }

    /// Speaks to it as a desk, by a network.
    pub fn desk_at(&self, url: &str) -> Result<Box<dyn Portal>> {
        match self {
            Self::Local(_) => {
                Ok(Box::new(Native::with_patience(url, Secret::new(TOKEN.into()), None, ANSWER)?))
            }
            Self::WordPress(site) | Self::WithPlugin { site, .. } => {
                Ok(Box::new(site.desk_at(url, site.user("editor"))?))
            }
        }
    }

    /// Speaks to it with a password it does not know.
    pub fn stranger(&self) -> Result<Box<dyn Portal>> {
        let wrong = || Secret::new("abcd efgh ijkl mnop qrst uvwx".into());
        match self {
            Self::Local(_) => Ok(Box::new(Native::with_patience(self.url(), wrong(), None, ANSWER)?)),
            Self::WordPress(site) | Self::WithPlugin { site, .. } => {
                let editor =
                    User { application_password: wrong().reveal().to_owned(), ..site.user("editor").clone() };
                Ok(Box::new(site.desk(&editor)?))
            }
        }
    }

    /// How often the article is there for readers, and in any state but the trash.
    pub async fn standing(&self, article: ArticleId) -> Result<(usize, usize)> {
        match self {
            Self::Local(_) => {
                let page = usize::from(self.desk()?.live(article).await?.is_some());
                Ok((page, page))
            }
            Self::WordPress(site) | Self::WithPlugin { site, .. } => {
                let posts = site.posts_with(&article.to_string()).await?;
                let there = posts.iter().filter(|post| post.state != State::Trash).count();
                Ok((posts.iter().filter(|post| post.state == State::Publish).count(), there))
            }
        }
    }

    /// How many effects decisions about the article have had: versions of our own portal, posts of a WordPress.
    pub async fn effects(&self, article: ArticleId) -> Result<i64> {
        match self {
            Self::Local(local) => {
                let conn = rusqlite::Connection::open(local.home.path().join("portal/portal.sqlite"))?;
                let sql = "SELECT (SELECT count(*) FROM versions WHERE article = ?1)
                                + (SELECT count(*) FROM withdrawals WHERE article = ?1)";
                Ok(conn.query_row(sql, [article.0], |row| row.get(0))?)
            }
            Self::WordPress(site) | Self::WithPlugin { site, .. } => {
                Ok(i64::try_from(site.posts_with(&article.to_string()).await?.len())?)
            }
        }
    }

    /// Speaks to it as a desk that does not wait long.
    pub fn impatient_desk_at(&self, url: &str, answer: Duration) -> Result<Box<dyn Portal>> {
        match self {
            Self::Local(_) => {
                Ok(Box::new(Native::with_patience(url, Secret::new(TOKEN.into()), None, answer)?))
            }
            Self::WordPress(site) | Self::WithPlugin { site, .. } => {
                let account = site.account(url, site.user("editor"));
                Ok(Box::new(Wordpress::with_patience(&account, Patience { answer, settles: answer * 2 })?))
            }
        }
    }

    /// Takes the pictures out of a WordPress again that a long run has put there.
    pub async fn tidies(&self) -> Result<()> {
        if let Self::WordPress(site) | Self::WithPlugin { site, .. } = self {
            for picture in site.pictures().await? {
                site.delete_picture(picture.id).await?;
            }
        }
        Ok(())
    }

    /// How often each of the article's renditions is there.
    pub async fn copies(&self, article: &Article) -> Result<Vec<usize>> {
        match self {
            Self::Local(_) => {
                let hashes: Vec<Hash> = article.renditions.iter().map(|made| made.hash).collect();
                let lacking = self.desk()?.lacks(&hashes).await?;
                Ok(hashes.iter().map(|hash| usize::from(!lacking.contains(hash))).collect())
            }
            Self::WordPress(site) | Self::WithPlugin { site, .. } => copies(site, article).await,
        }
    }
}

/// How often each of the article's renditions is in the media library, byte for byte.
pub async fn copies(site: &WordPress, article: &Article) -> Result<Vec<usize>> {
    let mut found = vec![0; article.renditions.len()];
    for picture in site.pictures().await? {
        let file = site.file(&picture)?;
        if let Some(at) = article.renditions.iter().position(|made| made.bytes == file) {
            found[at] += 1;
        }
    }
    Ok(found)
}
