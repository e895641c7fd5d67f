//! What a person looks for on the page: "the button Approve in the dialog Publish".

use std::fmt;

use serde::Serialize;

#[derive(Debug, Clone, Serialize)]
pub struct Spot {
    role: &'static str,
    name: Name,
    within: Option<Box<Spot>>,
    number: usize,
}

#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "snake_case")]
enum Name {
    Any,
    Exact(String),
    Part(String),
}

impl Spot {
    fn new(role: &'static str, name: &str) -> Self {
        Self { role, name: Name::Exact(name.to_owned()), within: None, number: 0 }
    }

    /// Looks only inside `outer`.
    #[must_use]
    pub fn within(mut self, outer: Self) -> Self {
        self.within = Some(Box::new(outer));
        self
    }

    /// Takes the one after `number` others like it.
    #[must_use]
    pub const fn number(mut self, number: usize) -> Self {
        self.number = number;
        self
    }

    /// Takes the name to be a part of the accessible name.
    #[must_use]
    pub fn in_part(mut self) -> Self {
        if let Name::Exact(name) = self.name {
            self.name = Name::Part(name);
        }
        self
    }
}

/// Returns whatever has the role, under any name.
#[must_use]
pub const fn any(role: &'static str) -> Spot {
    Spot { role, name: Name::Any, within: None, number: 0 }
}

macro_rules! roles {
    ($($role:ident)*) => {$(
        #[doc = concat!("Returns the ", stringify!($role), " of this accessible name.")]
        #[must_use]
        pub fn $role(name: &str) -> Spot {
            Spot::new(stringify!($role), name)
        }
    )*};
}

roles! { alert article button checkbox combobox complementary dialog form group heading link list listitem main menuitem menuitemradio
navigation option radio region searchbox status switch tab tablist tabpanel textbox toolbar img }

impl From<&str> for Spot {
    /// A bare name is a button.
    fn from(name: &str) -> Self {
        button(name)
    }
}

impl fmt::Display for Spot {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.name {
            Name::Any => write!(formatter, "{}", self.role)?,
            Name::Exact(name) => write!(formatter, "{} “{name}”", self.role)?,
            Name::Part(name) => write!(formatter, "{} “…{name}…”", self.role)?,
        }
        if self.number > 0 {
            write!(formatter, " number {}", self.number + 1)?;
        }
        self.within.as_ref().map_or(Ok(()), |outer| write!(formatter, " in {outer}"))
    }
}
