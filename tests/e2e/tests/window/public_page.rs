//! What readers open in a browser: the local portal's pages, in a real web view, without the app around them.

use std::path::PathBuf;

use e2e::{Desk, Opens, Result, Told, eyes, story};
use local_portal::{LocalPortal, Running, Serve};
use portal::{Secret, native::Native};
use portals::newspaper;
use tempfile::TempDir;

const TOKEN: &str = "a token of the test";

/// A portal with a newspaper on it.
struct Paper {
    running: Running,
    /// Addresses of one story's pages: Malay, Vietnamese with corrections, Arabic.
    pages: Vec<String>,
    _portal: LocalPortal,
    _home: TempDir,
}

impl Paper {
    async fn print() -> Result<Self> {
        let home = tempfile::tempdir()?;
        let portal = LocalPortal::open(&home.path().join("portal"), "Báo Quê Nhà")?;
        let running = portal.serve(Serve { port: None, token: TOKEN.into() }).await?;
        let native = Native::new(&running.url, Secret::new(TOKEN.into()), None)?;
        let pages = newspaper::print(&native).await?.into_iter().map(|receipt| receipt.url).take(3).collect();
        Ok(Self { running, pages, _portal: portal, _home: home })
    }

    fn every_page(&self) -> Vec<String> {
        let lists = [
            "/",
            "/?lang=vi",
            "/?lang=ar",
            "/category/suc-khoe",
            "/paper/B%C3%A1o%20Nh%C3%A2n%20D%C3%A2n",
            "/none",
        ];
        let lists = lists.iter().map(|path| format!("{}{path}", self.running.url));
        self.pages.iter().cloned().chain(lists).collect()
    }
}

/// A bare web view, as a browser is.
fn browser() -> Opens {
    Opens::program(PathBuf::from(env!("CARGO_BIN_EXE_bare_window")), vec!["about:blank".into()])
}

/// Everything axe finds, however small.
const FINDS: &str = "const done = arguments[0];
    axe.run(document, { preload: false, resultTypes: ['violations'] }).then(({ violations }) => done(violations
      .map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(' | ')}`)),
      (why) => done([String(why)]));";

fn is_accessible_everywhere(theme: &'static str) -> Told {
    story(browser(), async |desk| {
        let paper = Paper::print().await?;
        for url in paper.every_page() {
            desk.window().goto(&url).await?;
            dressed(desk, theme).await?;
            desk.run(&eyes::axe()?, vec![]).await?;
            let found = desk.window().execute_async(FINDS, vec![]).await?.json().clone();
            assert_eq!(found, serde_json::json!([]), "{url}, {theme}");
        }
        Ok(())
    })
}

async fn dressed(desk: &Desk, theme: &str) -> Result<()> {
    desk.run(&format!("document.documentElement.dataset.theme = '{theme}'"), vec![]).await?;
    Ok(())
}

#[test]
fn axe_finds_nothing_at_all_on_the_light_pages_of_readers() -> Told {
    is_accessible_everywhere("light")
}

#[test]
fn axe_finds_nothing_at_all_on_the_dark_pages_of_readers() -> Told {
    is_accessible_everywhere("dark")
}

#[test]
fn a_page_of_readers_fits_a_phone_and_is_set_in_its_own_letters() -> Told {
    story(Opens { size: (400, 800), ..browser() }, async |desk| {
        let paper = Paper::print().await?;
        for url in paper.every_page() {
            desk.window().goto(&url).await?;
            let seen = desk
                .run(
                    "return [document.documentElement.scrollWidth - innerWidth, getComputedStyle(document.body).fontFamily.split(',')[0],
                             [...document.images].every((image) => image.complete && image.naturalWidth > 0), document.styleSheets.length]",
                    vec![],
                )
                .await?;
            assert_eq!(seen, serde_json::json!([0, "\"Source Serif 4\"", true, 1]), "{url}");
        }
        Ok(())
    })
}

#[test]
fn pictures_that_arrive_late_move_nothing() -> Told {
    story(browser(), async |desk| {
        let paper = Paper::print().await?;
        let places = "return [...document.querySelectorAll('article > *')].map((part) => Math.round(part.getBoundingClientRect().top + scrollY))";
        desk.window().goto(&paper.pages[1]).await?;
        let arrived = desk.run(places, vec![]).await?;
        // The same page, before any picture is there.
        desk.run("for (const image of document.images) { image.removeAttribute('srcset'); image.src = 'pictures/none.jpg'; image.alt = ''; }", vec![]).await?;
        desk.until(
            "no picture",
            "return [...document.images].every((image) => image.complete && image.naturalWidth === 0)",
        )
        .await?;
        assert_eq!(desk.run(places, vec![]).await?, arrived);
        Ok(())
    })
}
