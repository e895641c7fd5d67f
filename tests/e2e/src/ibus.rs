//! A real input method: IBus with its UniKey, as a Vietnamese Linux desktop has it.

use std::{
    fs,
    path::Path,
    process::Stdio,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};

use crate::{
    process::find_program,
    screen::{self, Screen},
};

/// What turns keys into letters before they reach the window.
#[derive(Debug, Clone)]
pub enum InputMethod {
    /// The real UniKey, set to `telex` or `vni`.
    Unikey(&'static str),
}

/// Says why this machine has no UniKey, where it has none.
#[must_use]
pub fn is_missing() -> Option<&'static str> {
    if find_program("ibus-daemon").is_none() || find_program("ibus").is_none() {
        return Some("ibus is not installed");
    }
    if !Path::new("/usr/share/ibus/component/unikey.xml").is_file() {
        return Some("ibus-unikey is not installed");
    }
    let modules = ["x86_64", "aarch64"].map(|machine| format!("/usr/lib/{machine}-linux-gnu/gtk-3.0/3.0.0"));
    let has_module = |folder: &String| Path::new(folder).join("immodules/im-ibus.so").is_file();
    (!modules.iter().any(has_module)).then_some("ibus-gtk3 is not installed")
}

impl Screen {
    /// Starts an input method for what is started on this screen from now on.
    ///
    /// # Errors
    /// When it does not come up.
    pub fn start_input_method(&mut self, method: &InputMethod) -> Result<()> {
        let InputMethod::Unikey(scheme) = method;
        let settings = self.home.path().join("config/glib-2.0/settings");
        fs::create_dir_all(&settings)?;
        let chosen = format!("[org/freedesktop/ibus/engine/unikey]\ninput-method='{scheme}'\n");
        fs::write(settings.join("keyfile"), chosen)?;
        let mut daemon = self.command("ibus-daemon");
        daemon
            .args(["--panel=disable", "--config=disable", "--cache=none"])
            .env("GSETTINGS_BACKEND", "keyfile");
        self.family.start(daemon.stdout(Stdio::null()).stderr(Stdio::null()))?;
        screen::wait_for("ibus to answer", || self.run("ibus", &["list-engine", "--name-only"]).is_ok())?;
        self.choose_unikey().context("UniKey is not to be chosen")?;
        for (name, value) in [("GTK_IM_MODULE", "ibus"), ("XMODIFIERS", "@im=ibus")] {
            self.set(name, value);
        }
        Ok(())
    }

    fn choose_unikey(&self) -> Result<()> {
        let deadline = Instant::now() + Duration::from_secs(20);
        while self.run("ibus", &["engine"]).ok().as_deref() != Some("Unikey") {
            ensure!(Instant::now() < deadline, "{:?}", self.run("ibus", &["engine"]));
            let _ = self.run("ibus", &["engine", "Unikey"]); // it may not have read its engines yet
            std::thread::sleep(Duration::from_millis(100));
        }
        Ok(())
    }
}
