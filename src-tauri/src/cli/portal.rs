//! `portal add`, `portal list`, `portal serve`.

use std::{
    env,
    io::{self, Read as _},
    path::PathBuf,
    sync::Arc,
};

use clap::{Args, Subcommand};
use desk::{Connect, Desk};
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
    /// Connect to a portal: a WordPress, or one of our protocol; its password is read from stdin
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
    /// The user's name on a WordPress; the password is then one of their application passwords
    #[arg(long, default_value = "")]
    user: String,
    /// A newsroom's own certificate authority, as a PEM file
    #[arg(long, value_name = "FILE")]
    certificate_authority: Option<PathBuf>,
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
struct Added {
    name: String,
    kind: String,
    /// Whom the portal takes the desk for.
    user: String,
    role: String,
    may_publish: bool,
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
        let certificate_authority =
            self.certificate_authority.as_ref().map(std::fs::read_to_string).transpose()?;
        let connect = Connect {
            name: self.name.clone(),
            url: self.url.clone(),
            user: self.user.clone(),
            secret: Secret::new(secret.to_owned()),
            certificate_authority,
        };
        let connected = Runtime::new()?.block_on(desk.connect_portal(connect))?;
        let in_keyring = connected.in_keyring;
        print(&Added {
            name: self.name.clone(),
            kind: connected.portal.kind,
            user: connected.user,
            role: connected.role,
            may_publish: connected.may_publish,
            password: if in_keyring { "keyring" } else { "session" },
        })?;
        if !in_keyring {
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
