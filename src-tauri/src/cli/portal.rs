//! `portal add`, `portal list`, `portal serve`.

use std::{
    env,
    io::{self, Read as _},
    path::PathBuf,
    sync::Arc,
};

use clap::{Args, Subcommand};
use desk::{Desk, Kept};
use local_portal::{LocalPortal, Serve};
use portal::Secret;
use serde::Serialize;
use tokio::runtime::Runtime;

use super::{Done, Refusal, print};
use crate::newsroom::{SITE_NAME, new_token};

/// Holds the token of `portal serve`, where the one who starts it chooses it.
const TOKEN: &str = "TOASOAN_PORTAL_TOKEN";

#[derive(Subcommand)]
pub enum Word {
    /// Add a portal that speaks our protocol; its password is read from stdin
    Add(Add),
    /// List the portals
    List,
    /// Run a portal on this machine until it is stopped
    Serve(Run),
}

#[derive(Args)]
pub struct Add {
    /// What the portal is called here
    name: String,
    /// Its address, e.g. https://portal.example.vn
    #[arg(long)]
    url: String,
}

#[derive(Args)]
pub struct Run {
    /// The portal's own folder [default: portal, in the desk's folder]
    #[arg(long, value_name = "DIR")]
    folder: Option<PathBuf>,
    /// The port [default: the one it had last, or any free one]
    #[arg(long)]
    port: Option<u16>,
}

#[derive(Serialize)]
struct Listed {
    name: String,
    kind: String,
    url: String,
}

#[derive(Serialize)]
struct Added<'a> {
    name: &'a str,
    /// `keyring`, or `session` where the system has none.
    password: &'static str,
}

#[derive(Serialize)]
struct Serving<'a> {
    url: &'a str,
    /// Only where it was made now.
    #[serde(skip_serializing_if = "Option::is_none")]
    token: Option<&'a str>,
}

impl Word {
    pub fn run(self, open: impl Fn() -> Result<Arc<Desk>, Refusal>) -> Done {
        match self {
            Self::Add(add) => add.run(&*open()?),
            Self::List => list(&*open()?),
            Self::Serve(run) => run.run(open),
        }
    }
}

fn list(desk: &Desk) -> Done {
    let portals = desk.portals()?.into_iter();
    print(
        &portals
            .map(|portal| Listed { name: portal.name, kind: portal.kind, url: portal.url })
            .collect::<Vec<_>>(),
    )
}

impl Add {
    fn run(&self, desk: &Desk) -> Done {
        let mut secret = String::new();
        io::stdin().take(64 << 10).read_to_string(&mut secret)?;
        let secret = secret.trim();
        if secret.is_empty() {
            return Err(Refusal::new("the password is missing; give it on stdin"));
        }
        let password = match desk.add_portal(&self.name, &self.url, Secret::new(secret.to_owned()))? {
            Kept::InKeyring => "keyring",
            Kept::UntilTheEnd => "session",
        };
        print(&Added { name: &self.name, password })?;
        if password == "session" {
            note(&format!(
                "this system has no keyring, so the password was not kept; give it in {}",
                desk::variable(&self.name)
            ));
        }
        Ok(())
    }
}

/// Said beside the answer: nothing failed.
#[expect(clippy::print_stderr, reason = "the command line speaks there")]
fn note(sentence: &str) {
    eprintln!("toasoan: {sentence}");
}

impl Run {
    fn run(self, open: impl Fn() -> Result<Arc<Desk>, Refusal>) -> Done {
        let folder = match self.folder {
            Some(folder) => folder,
            None => open()?.folder().local_portal(),
        };
        Runtime::new()?.block_on(serve(folder, self.port))
    }
}

async fn serve(folder: PathBuf, port: Option<u16>) -> Done {
    let given = env::var(TOKEN).ok().filter(|token| !token.is_empty());
    let token = given.clone().unwrap_or_else(new_token);
    let portal = LocalPortal::open(&folder, SITE_NAME)?;
    let running = portal.serve(Serve { port, token: token.clone() }).await?;
    print(&Serving { url: &running.url, token: given.is_none().then_some(&*token) })?;
    running.until_it_stops().await;
    Ok(())
}
