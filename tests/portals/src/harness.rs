//! Runs tests on one WordPress, started once and ended with the run. Whether there is one is known only then, which
//! is why these tests have a `main` of their own.

use std::{env, process::ExitCode, sync::Arc};

use anyhow::Result;
use libtest_mimic::{Arguments, Completion, Failed, Trial, run};

use crate::wordpress::{NoSite, WordPress};

/// A test that needs no WordPress.
pub type Test = (&'static str, fn() -> Result<()>);

/// A test's name, and what it does to the site.
pub type SiteTest = (&'static str, fn(&WordPress) -> Result<()>);

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
/// can be had, one test stands for all that need it: skipped, but failed where `CI` is set.
#[must_use]
pub fn conclude(tests: &[Test], on_site: &[SiteTest]) -> ExitCode {
    let mut arguments = Arguments::from_args();
    arguments.test_threads = Some(1);
    let mut trials: Vec<Trial> = tests.iter().map(|(name, test)| trial(name, *test)).collect();
    trials.extend(of_site(&arguments, on_site));
    run(&arguments, trials).exit_code()
}

fn trial(name: &str, test: impl FnOnce() -> Result<()> + Send + 'static) -> Trial {
    Trial::test(name, || test().map_err(|error| Failed::from(format!("{error:#}"))))
}

fn of_site(arguments: &Arguments, tests: &[SiteTest]) -> Vec<Trial> {
    if arguments.list || nothing_is_asked(arguments, tests) {
        return tests.iter().map(|(name, _)| trial(name, || Ok(()))).collect();
    }
    // A filter is of their names, and this is none of them.
    let instead = arguments.filter.clone().map_or(String::new(), |filter| format!(" ({filter})"));
    match WordPress::start() {
        Ok(site) => {
            let site = Arc::new(site);
            let on_it = |(name, test): &SiteTest| {
                let (site, test) = (Arc::clone(&site), *test);
                trial(name, move || test(&site))
            };
            tests.iter().map(on_it).collect()
        }
        Err(NoSite::CannotBeHad(why)) if env::var_os("CI").is_none() => {
            let name = format!("all {} that need a WordPress{instead}", tests.len());
            vec![Trial::ignorable_test(name, || Ok(Completion::ignored_with(why)))]
        }
        Err(NoSite::CannotBeHad(why) | NoSite::Broken(why)) => {
            vec![Trial::test(format!("a WordPress to test against{instead}"), || Err(Failed::from(why)))]
        }
    }
}

/// A filter that names none of the tests is no reason to start a WordPress.
fn nothing_is_asked(arguments: &Arguments, tests: &[SiteTest]) -> bool {
    tests.iter().all(|(name, _)| arguments.is_filtered_out(&trial(name, || Ok(()))))
}
