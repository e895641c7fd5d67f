//! Connecting to a portal in the window, and portals to connect to.

use std::{
    io::{BufRead, BufReader, Read as _, Write as _},
    net::TcpListener,
    process::Stdio,
    thread,
};

use anyhow::{Context, Result, ensure};
use serde::Deserialize;
use thirtyfour::{Key, components::SelectElement};

use crate::{
    desk::Desk,
    spot::{Spot, any, button, dialog, menuitem, textbox},
};

/// A portal of our own protocol, run by the app itself beside the window.
#[derive(Debug, Deserialize)]
pub struct Served {
    pub url: String,
    pub token: String,
}

impl Desk {
    /// Runs a portal of our own protocol on this machine, as long as the screen is there.
    ///
    /// # Errors
    /// When it does not start.
    pub fn serves_a_portal(&self) -> Result<Served> {
        let mut command = self.screen.command(crate::paths::app());
        command.args(["portal", "serve", "--folder"]).arg(self.screen.home.path().join("served"));
        let mut portal = self.screen.family.start(command.stdout(Stdio::piped()).stderr(self.log()?))?;
        let mut line = String::new();
        BufReader::new(portal.stdout.take().context("its output is read")?).read_line(&mut line)?;
        serde_json::from_str(&line).context("the portal does not start")
    }

    /// Chooses an entry of the preferences.
    ///
    /// # Errors
    /// When it is not there.
    pub async fn chooses_in_preferences(&self, preferences: &str, entry: &str) -> Result<()> {
        self.press(button(preferences)).await?;
        self.press(menuitem(entry)).await?;
        self.misses(any("menu")).await
    }

    /// Chooses from the palette what a few letters find first.
    ///
    /// # Errors
    /// When the palette does not come.
    pub async fn finds_action(&self, letters: &str) -> Result<()> {
        self.strikes("ctrl+shift+p")?;
        self.sees(dialog("All actions")).await?;
        self.types(letters).await?;
        self.key(Key::Enter).await
    }

    /// Takes the first step of adding a portal: its address.
    ///
    /// # Errors
    /// When it does not lead to the second.
    pub async fn gives_a_portals_address(&self, address: &str) -> Result<()> {
        self.chooses_in_preferences("Preferences", "Portals…").await?;
        self.press(button("Add a portal…").within(dialog("Portals"))).await?;
        self.fills(textbox("Address of the portal"), address).await?;
        self.press(button("Next")).await
    }

    /// Chooses from a list that opens.
    ///
    /// # Errors
    /// When the list or the choice is not there.
    pub async fn selects(&self, from: impl Into<Spot>, choice: &str) -> Result<()> {
        let from = from.into();
        self.sees(from.clone()).await?;
        let list = self.taken(&from).await?.with_context(|| format!("{from} cannot be used"))?;
        SelectElement::new(&list)
            .await?
            .select_by_partial_text(choice)
            .await
            .with_context(|| format!("{choice} in {from}"))
    }

    /// Goes with the Tab key until `spot` has the focus.
    ///
    /// # Errors
    /// When it never has.
    pub async fn tabs_to(&self, spot: impl Into<Spot>) -> Result<()> {
        let spot = spot.into();
        for _ in 0..80 {
            if self.see(spot.clone()).await?.iter().any(|seen| seen.focused) {
                return Ok(());
            }
            self.key(Key::Tab).await?;
        }
        ensure!(false, "the Tab key does not lead to {spot}. {}", self.inventory().await);
        Ok(())
    }
}

/// A site that answers as WordPress does to whoever has not signed in, and no more: for what is looked at before that.
///
/// # Errors
/// When this machine gives no port.
pub fn front_of_a_wordpress(name: &str) -> Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let url = format!("http://127.0.0.1:{}", listener.local_addr()?.port());
    let index = serde_json::json!({
        "name": name, "home": url, "namespaces": ["wp/v2"],
        "authentication": { "application-passwords": { "endpoints": { "authorization": format!("{url}/authorize") } } },
    });
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut asked = [0; 4096];
            let read = stream.read(&mut asked).unwrap_or_default();
            let found = asked[..read].starts_with(b"GET /wp-json/ ") || asked[..read].starts_with(b"GET / ");
            let (status, body) =
                if found { ("200 OK", index.to_string()) } else { ("404 Not Found", "{}".into()) };
            let head = format!("HTTP/1.1 {status}\r\nContent-Type: application/json\r\nConnection: close");
            let _ = write!(stream, "{head}\r\nContent-Length: {}\r\n\r\n{body}", body.len()); // the asker may have gone
        }
    });
    Ok(url)
}
