//! Processes that are gone when the test is gone, whatever happened to it.

use std::{
    fs,
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicU32, Ordering},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context, Result};
use rustix::process::{Pid, Signal, kill_process};

/// All processes started for one screen, and all that they started: each carries the family's mark in its environment,
/// which children inherit, even those that outlive their parents (an app whose driver was killed).
#[derive(Debug)]
pub struct Family {
    mark: String,
}

const MARK: &str = "TOASOAN_E2E_FAMILY";
static FAMILIES: AtomicU32 = AtomicU32::new(0);

impl Family {
    #[must_use]
    pub fn new() -> Self {
        let number = FAMILIES.fetch_add(1, Ordering::Relaxed);
        Self { mark: format!("{}-{number}", std::process::id()) }
    }

    /// Starts a member. Its input is closed; its output is kept from the test's.
    ///
    /// # Errors
    /// When the program is not there.
    pub fn start(&self, command: &mut Command) -> Result<Child> {
        let name = command.get_program().to_string_lossy().into_owned();
        command.env(MARK, &self.mark).stdin(Stdio::null());
        command.spawn().with_context(|| format!("{name} does not start; is it installed?"))
    }

    /// Returns the members whose program is `program`, oldest first.
    #[must_use]
    pub fn running(&self, program: &std::path::Path) -> Vec<i32> {
        let program = program.canonicalize().unwrap_or_else(|_| program.to_path_buf());
        let is_it = |pid: &i32| fs::read_link(format!("/proc/{pid}/exe")).is_ok_and(|exe| exe == program);
        self.members().into_iter().filter(is_it).collect()
    }

    /// Returns all members, in the order of their numbers.
    #[must_use]
    pub fn members(&self) -> Vec<i32> {
        let mark = format!("{MARK}={}", self.mark);
        let marked = |pid: &i32| {
            let environment = fs::read(format!("/proc/{pid}/environ")).unwrap_or_default();
            environment.split(|byte| *byte == 0).any(|entry| entry == mark.as_bytes())
        };
        let mut pids: Vec<i32> = pids().into_iter().filter(marked).collect();
        pids.sort_unstable();
        pids
    }

    /// Kills every member and waits until they are gone.
    pub fn end(&self) {
        let deadline = Instant::now() + Duration::from_secs(5);
        while Instant::now() < deadline {
            let alive: Vec<i32> = self.members().into_iter().filter(|pid| !is_dead(*pid)).collect();
            if alive.is_empty() {
                return;
            }
            alive.into_iter().for_each(kill);
            thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Default for Family {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for Family {
    fn drop(&mut self) {
        self.end();
    }
}

/// Kills one process as the kernel would for want of memory: it can do nothing about it.
pub fn kill(pid: i32) {
    if let Some(pid) = Pid::from_raw(pid) {
        let _ = kill_process(pid, Signal::KILL); // it may be gone already
    }
}

/// Returns true where the process has ended, even if nobody has asked for its status yet.
#[must_use]
pub fn is_dead(pid: i32) -> bool {
    let status = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    status.rsplit(") ").next().is_none_or(|rest| rest.is_empty() || rest.starts_with(['Z', 'X']))
}

/// Returns the memory of a process in bytes, shared pages counted by share (PSS).
#[must_use]
pub fn memory(pid: i32) -> u64 {
    let rollup = fs::read_to_string(format!("/proc/{pid}/smaps_rollup")).unwrap_or_default();
    let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap_or_default() * 1024
}

fn pids() -> Vec<i32> {
    let entries = fs::read_dir("/proc").into_iter().flatten().flatten();
    entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok()).collect()
}

/// Returns where a program is on the path.
#[must_use]
pub fn find_program(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|candidate| candidate.is_file())
}
