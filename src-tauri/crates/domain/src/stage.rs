//! Where the working revision of an article stands on the desk, and which steps lead on.

use std::fmt;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::decision::Act;

/// Where the working revision of an article stands on the desk. What readers see is its publication, never this.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Stage {
    Draft,
    Submitted,
    InReview,
    Returned,
    Approved,
    OnHold,
    Spiked,
}

/// A step a person takes with an article. `Edit` is taken by typing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Step {
    Submit,
    OpenForReview,
    Return,
    Approve,
    Withdraw,
    Edit,
    Hold,
    Release,
    Spike,
    Unspike,
}

/// The step may not be taken from where the article stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an article that is {from} cannot take the step “{step}”")]
pub struct StepRefused {
    pub from: Stage,
    pub step: Step,
}

impl Stage {
    pub const ALL: [Self; 7] = [
        Self::Draft,
        Self::Submitted,
        Self::InReview,
        Self::Returned,
        Self::Approved,
        Self::OnHold,
        Self::Spiked,
    ];

    /// Returns the stage that `step` leads to, or why it may not be taken (features.md 6.3, for one desk).
    ///
    /// # Errors
    /// [`StepRefused`] names the stage and the step.
    pub fn after(self, step: Step) -> Result<Self, StepRefused> {
        match (self, step) {
            (Self::Draft | Self::Returned, Step::Submit) => Ok(Self::Submitted),
            (Self::Submitted, Step::OpenForReview) | (Self::Approved, Step::Withdraw) => Ok(Self::InReview),
            (Self::InReview, Step::Return) => Ok(Self::Returned),
            (Self::InReview, Step::Approve) => Ok(Self::Approved),
            (Self::Approved, Step::Edit) | (Self::OnHold, Step::Release) => Ok(Self::Draft), // an approval is of one revision
            (Self::Draft | Self::Submitted | Self::Returned | Self::InReview | Self::OnHold, Step::Edit) => {
                Ok(self)
            }
            (
                Self::Draft | Self::Submitted | Self::InReview | Self::Returned | Self::Approved,
                Step::Hold,
            ) => Ok(Self::OnHold),
            (Self::Draft | Self::Submitted | Self::Returned | Self::OnHold, Step::Spike) => Ok(Self::Spiked),
            (Self::Spiked, Step::Unspike) => Ok(Self::Draft),
            (from, step) => Err(StepRefused { from, step }),
        }
    }

    /// Returns the word stored in the database and printed by the command line.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::InReview => "in_review",
            Self::Returned => "returned",
            Self::Approved => "approved",
            Self::OnHold => "on_hold",
            Self::Spiked => "spiked",
        }
    }

    /// Returns the stage that `word` names.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.word() == word)
    }
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.word().replace('_', " "))
    }
}

impl Step {
    /// Returns the word of a step as it is logged.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Submit => "submit",
            Self::OpenForReview => "open_for_review",
            Self::Return => "return",
            Self::Approve => "approve",
            Self::Withdraw => "withdraw",
            Self::Edit => "edit",
            Self::Hold => "hold",
            Self::Release => "release",
            Self::Spike => "spike",
            Self::Unspike => "unspike",
        }
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.word().replace('_', " "))
    }
}

/// What somebody is on the desk. Without a team one person is all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Role {
    Journalist,
    PhotoEditor,
    Editor,
    /// The editor on duty: what cannot wait is theirs.
    DutyEditor,
}

impl Role {
    pub const ALL: [Self; 4] = [Self::Journalist, Self::PhotoEditor, Self::Editor, Self::DutyEditor];
}

/// Returns who may do an act towards readers (features.md 6.4). The portal enforces the same by its own accounts.
#[must_use]
pub fn who_may(act: Act) -> &'static [Role] {
    match act {
        Act::Publish | Act::MinorFix | Act::Update | Act::Correct | Act::Unpublish => {
            &[Role::Editor, Role::DutyEditor]
        }
        // In an emergency any editor may kill; somebody else looks at it afterwards.
        Act::Takedown | Act::Kill => &[Role::DutyEditor, Role::Editor],
        Act::Submit | Act::Spike | Act::Unspike => &[Role::Journalist, Role::Editor, Role::DutyEditor],
        Act::OpenForReview | Act::Return | Act::Approve | Act::Withdraw | Act::Hold | Act::Release => {
            &[Role::Editor, Role::DutyEditor]
        }
    }
}

/// Says whether somebody who is all of `roles` may do an act.
#[must_use]
pub fn may(roles: &[Role], act: Act) -> bool {
    who_may(act).iter().any(|role| roles.contains(role))
}

#[cfg(test)]
mod tests {
    use super::{
        Act, Role,
        Stage::{self, Approved, Draft, InReview, OnHold, Returned, Spiked, Submitted},
        Step, may, who_may,
    };

    #[test]
    fn every_step_from_every_stage() {
        const STEPS: [Step; 10] = [
            Step::Submit,
            Step::OpenForReview,
            Step::Return,
            Step::Approve,
            Step::Withdraw,
            Step::Edit,
            Step::Hold,
            Step::Release,
            Step::Spike,
            Step::Unspike,
        ];
        let s = Some;
        #[rustfmt::skip]
        let table: [(Stage, [Option<Stage>; 10]); 7] = [
            //          Submit        OpenForReview Return       Approve      Withdraw     Edit         Hold       Release   Spike      Unspike
            (Draft,     [s(Submitted), None,        None,        None,        None,        s(Draft),    s(OnHold), None,     s(Spiked), None]),
            (Submitted, [None,         s(InReview), None,        None,        None,        s(Submitted), s(OnHold), None,     s(Spiked), None]),
            (InReview,  [None,         None,        s(Returned), s(Approved), None,        s(InReview), s(OnHold), None,     None,      None]),
            (Returned,  [s(Submitted), None,        None,        None,        None,        s(Returned), s(OnHold), None,     s(Spiked), None]),
            (Approved,  [None,         None,        None,        None,        s(InReview), s(Draft),    s(OnHold), None,     None,      None]),
            (OnHold,    [None,         None,        None,        None,        None,        s(OnHold),   None,      s(Draft), s(Spiked), None]),
            (Spiked,    [None,         None,        None,        None,        None,        None,        None,      None,     None,      s(Draft)]),
        ];
        for (from, row) in table {
            for (step, want) in STEPS.into_iter().zip(row) {
                assert_eq!(from.after(step).ok(), want, "{from:?} + {step:?}");
            }
        }
    }

    #[test]
    fn every_stage_is_found_by_its_word() {
        for stage in Stage::ALL {
            assert_eq!(Stage::named(stage.word()), Some(stage));
        }
    }

    #[test]
    fn only_editors_act_towards_readers() {
        for act in Act::TOWARDS_READERS {
            let who = who_may(act);
            assert!(who.contains(&Role::Editor) && who.contains(&Role::DutyEditor), "{act:?}");
            assert!(!who.contains(&Role::Journalist) && !who.contains(&Role::PhotoEditor), "{act:?}");
            assert!(may(&[Role::Journalist, Role::Editor], act) && !may(&[Role::Journalist], act), "{act:?}");
        }
    }
}
