//! Runs tests on one WordPress, started once and ended with the run. Whether there is one is known only then, which
//! is why these tests have a `main` of their own.

use std::{env, process::ExitCode, sync::Arc};

use anyhow::Result;
use libtest_mimic::{Arguments, Completion, Failed, Trial, run};

use crate::wordpress::{NoSite, WordPress};

/// A test's name, and what it does to the site.
pub type Test = (&'static str, fn(&WordPress) -> Result<()>);

/// Lists async functions of `&WordPress` as tests, each under its name.
#[macro_export]
macro_rules! tests {
    ($($module:ident :: $test:ident),* $(,)?) => {
        &[$((
            concat!(stringify!($module), "::", stringify!($test)),
            |site| $crate::runtime().block_on($module::$test(site)),
        )),*]
    };
}

/// Returns what a test runs in.
///
/// # Panics
/// When the system gives no threads.
#[must_use]
pub fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("threads")
}

/// Runs the tests one after the other, as they share the site, and reports as every Rust test does. Where no WordPress
/// can be had, one test stands for all: skipped, but failed where `CI` is set.
#[must_use]
pub fn conclude(tests: &[Test]) -> ExitCode {
    let mut arguments = Arguments::from_args();
    arguments.test_threads = Some(1);
    if arguments.list || nothing_is_asked(&arguments, tests) {
        let idle = tests.iter().map(|(name, _)| Trial::test(*name, || Ok(())));
        return run(&arguments, idle.collect()).exit_code();
    }
    let site = match WordPress::start() {
        Ok(site) => Arc::new(site),
        Err(NoSite::CannotBeHad(why)) if env::var_os("CI").is_none() => {
            let name = format!("all {} of them", tests.len());
            let skipped = Trial::ignorable_test(name, || Ok(Completion::ignored_with(why)));
            return run(&Arguments { filter: None, ..arguments }, vec![skipped]).exit_code();
        }
        Err(NoSite::CannotBeHad(why) | NoSite::Broken(why)) => {
            let failed = Trial::test("a WordPress to test against", || Err(Failed::from(why)));
            return run(&Arguments { filter: None, ..arguments }, vec![failed]).exit_code();
        }
    };
    let trials = tests.iter().map(|(name, test)| {
        let (site, test) = (Arc::clone(&site), *test);
        Trial::test(*name, move || test(&site).map_err(|error| Failed::from(format!("{error:?}"))))
    });
    run(&arguments, trials.collect()).exit_code()
}

/// A filter that names none of the tests is no reason to start a WordPress.
fn nothing_is_asked(arguments: &Arguments, tests: &[Test]) -> bool {
    let idle = tests.iter().map(|(name, _)| Trial::test(*name, || Ok(())));
    idle.into_iter().all(|test| arguments.is_filtered_out(&test))
}
