//! The contract of a portal, held by a real WordPress.

mod site;

use std::process::ExitCode;

fn main() -> ExitCode {
    portals::conclude(portals::tests![
        site::it_has_somebody_of_every_role,
        site::its_troubles_end_with_the_test,
        site::a_password_can_be_taken_back,
    ])
}
