//! Who WordPress takes us for. A password it does not know is not refused: the request runs as anybody's.

use std::collections::HashMap;

use protocol::{Act, Me};
use serde::Deserialize;

use super::Wordpress;
use crate::Fault;

#[derive(Debug, Clone, Deserialize)]
pub struct WpMe {
    pub id: u64,
    pub name: String,
    #[serde(default)]
    pub roles: Vec<String>,
    #[serde(default)]
    pub capabilities: HashMap<String, bool>,
}

impl WpMe {
    pub fn may(&self, capability: &str) -> bool {
        self.capabilities.get(capability).copied().unwrap_or_default()
    }

    /// What the desk may do by this account.
    pub fn acts(&self) -> Vec<Act> {
        let publish = self.may("publish_posts") && self.may("upload_files");
        let correct = publish && self.may("edit_published_posts");
        let away = self.may_take_away();
        [
            (Act::Publish, publish),
            (Act::MinorFix, correct),
            (Act::Update, correct),
            (Act::Correct, correct),
            (Act::Unpublish, away),
            (Act::Takedown, away),
            (Act::Kill, away),
        ]
        .into_iter()
        .filter_map(|(act, may)| may.then_some(act))
        .collect()
    }

    /// Refuses, in words, what the account may not do: before anything is made there.
    pub fn refuse_unless(&self, act: Act) -> Result<(), Fault> {
        if self.acts().contains(&act) {
            return Ok(());
        }
        let what = if act.takes_away() { "take articles off" } else { "publish" };
        let words = format!(
            "the account “{}” ({}) may not {what} there; ask the portal's administrator for the role of author or editor",
            self.name,
            self.roles.join(", ")
        );
        Err(Fault::Refused { status: 403, words })
    }
}

impl From<WpMe> for Me {
    fn from(me: WpMe) -> Self {
        let may = me.acts();
        Self { role: me.roles.join(", "), name: me.name, may, now: None }
    }
}

impl Wordpress {
    pub(super) async fn who(&self) -> Result<WpMe, Fault> {
        let request = self
            .api
            .get("wp/v2/users/me")
            .query(&[("context", "edit"), ("_fields", "id,name,roles,capabilities")]);
        self.api.ask(request).await
    }
}
