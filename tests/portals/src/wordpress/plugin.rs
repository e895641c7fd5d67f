//! Our plugin on the site, as an administrator puts it there: the zip by the admin's own form, and one click.

use std::{path::PathBuf, process::Command};

use anyhow::{Context as _, Result, bail, ensure};
use reqwest::{Method, header};
use serde_json::{Value, json};

use super::{Trouble, WordPress};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
const BOUNDARY: &str = "----a-form-of-the-test";
/// As WordPress names it: folder and file.
const NAME: &str = "toasoan/toasoan";

impl WordPress {
    /// The site has our plugin until what is returned is dropped.
    ///
    /// # Errors
    /// When it cannot be installed.
    pub async fn with_plugin(&self) -> Result<Trouble<'_>> {
        let mut installed = self.plugin_installed.lock().await;
        if !*installed {
            self.install_plugin().await?;
            self.set_plugin("inactive").await?; // what follows is without it, but for the file below
            *installed = true;
        }
        // Everything is logged while it is there: a test reads it at the end.
        let code = "error_reporting( E_ALL ); add_filter( 'option_active_plugins', fn( $those ) => array_merge( $those, array( 'toasoan/toasoan.php' ) ) );";
        Ok(self.with_code("with-plugin.php", code))
    }

    /// Uploads the zip by the administrator's form, and activates what it holds.
    ///
    /// # Errors
    /// When WordPress says that it did not work.
    pub async fn install_plugin(&self) -> Result<()> {
        let zip = made_zip(&self.folder.join("zip"))?;
        let cookies = self.sign_in_with_a_browser().await?;
        let form = self.admin_page(&cookies, "/wp-admin/plugin-install.php?tab=upload").await?;
        let nonce = between(&form, "name=\"_wpnonce\" value=\"", "\"").context("the form has its number")?;
        let (kind, body) = upload(&zip, nonce)?;
        let address = format!("{}/wp-admin/update.php?action=upload-plugin", self.url);
        let request = self.client.post(address).header(header::COOKIE, &cookies);
        let answer = request.header(header::CONTENT_TYPE, kind).body(body).send().await?.text().await?;
        ensure!(answer.contains("Plugin installed successfully."), "it says {answer}");
        self.set_plugin("active").await
    }

    /// Activates the plugin, or deactivates it, as the page for plugins does.
    ///
    /// # Errors
    /// When WordPress refuses.
    pub async fn set_plugin(&self, status: &str) -> Result<()> {
        let wanted = json!({ "status": status });
        let admin = self.user("admin");
        let told = self.ask(admin, Method::PUT, &format!("/plugins/{NAME}"), Some(&wanted)).await?.ok()?;
        ensure!(told["status"] == status, "{told}");
        Ok(())
    }

    /// Deletes the plugin, as the page for plugins does; it runs its `uninstall.php`.
    ///
    /// # Errors
    /// When WordPress refuses.
    pub async fn delete_plugin(&self) -> Result<Value> {
        *self.plugin_installed.lock().await = false;
        self.ask(self.user("admin"), Method::DELETE, &format!("/plugins/{NAME}"), None).await?.ok()
    }

    /// Ticks the box under Settings → Writing: with the plugin its records are deleted too.
    ///
    /// # Errors
    /// When it is not there, or is not kept.
    pub async fn choose_to_remove_records(&self) -> Result<()> {
        let cookies = self.sign_in_with_a_browser().await?;
        let page = "/wp-admin/options-writing.php";
        let form = self.admin_page(&cookies, page).await?;
        let nonce = between(&form, "name=\"_wpnonce\" value=\"", "\"").context("the form has its number")?;
        // What the form does not send would be emptied.
        let words = form_encoded(&[
            ("option_page", "writing"),
            ("action", "update"),
            ("_wpnonce", nonce),
            ("default_category", "1"),
            ("default_post_format", "0"),
            ("default_email_category", "1"),
            ("toasoan_remove_tables", "1"),
        ]);
        let request = self.client.post(format!("{}/wp-admin/options.php", self.url));
        let request = request.header(header::COOKIE, &cookies);
        let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.without_redirects.execute(request.body(words).build()?).await?;
        let kept = self.admin_page(&cookies, page).await?;
        let chosen = between(&kept, "id=\"toasoan_remove_tables\"", ">").context("the box is there")?;
        ensure!(chosen.contains("checked"), "it was not kept: {chosen}");
        Ok(())
    }

    /// Returns what PHP has logged so far.
    ///
    /// # Errors
    /// When the log cannot be read.
    pub fn log(&self) -> Result<String> {
        match std::fs::read(self.folder.join("php.log")) {
            Ok(log) => Ok(String::from_utf8_lossy(&log).into_owned()),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(String::new()),
            Err(error) => Err(error.into()),
        }
    }

    async fn sign_in_with_a_browser(&self) -> Result<String> {
        let admin = self.user("admin");
        let words = form_encoded(&[("log", &admin.name), ("pwd", &admin.password), ("testcookie", "1")]);
        let request = self.client.post(format!("{}/wp-login.php", self.url));
        let request = request.header(header::COOKIE, "wordpress_test_cookie=WP%20Cookie%20check");
        let request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        // The answer leads to the admin's pages; what it sets is what is wanted.
        let answer = self.without_redirects.execute(request.body(words).build()?).await?;
        let set = answer.headers().get_all(header::SET_COOKIE).into_iter();
        let set: Vec<&str> = set.filter_map(|cookie| cookie.to_str().ok()?.split(';').next()).collect();
        ensure!(set.iter().any(|cookie| cookie.contains("logged_in")), "nobody is signed in: {set:?}");
        Ok(set.join("; "))
    }

    async fn admin_page(&self, cookies: &str, path: &str) -> Result<String> {
        let request = self.client.get(format!("{}{path}", self.url)).header(header::COOKIE, cookies);
        Ok(request.send().await?.error_for_status()?.text().await?)
    }
}

/// Makes the zip as `make package` does.
fn made_zip(folder: &std::path::Path) -> Result<PathBuf> {
    let made = Command::new(format!("{ROOT}/scripts/wordpress-plugin")).arg(folder).output()?;
    if !made.status.success() {
        bail!("the zip is not made: {}", String::from_utf8_lossy(&made.stderr));
    }
    Ok(PathBuf::from(String::from_utf8(made.stdout)?.trim()))
}

/// A form with a file, as a browser sends it (RFC 7578).
fn upload(zip: &std::path::Path, nonce: &str) -> Result<(String, Vec<u8>)> {
    let field = |name: &str, value: &str| {
        format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
    };
    let mut body = field("_wpnonce", nonce) + &field("install-plugin-submit", "Install Now");
    body.push_str(&format!(
        "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"pluginzip\"; filename=\"toasoan.zip\"\r\nContent-Type: application/zip\r\n\r\n"
    ));
    let mut body = body.into_bytes();
    body.extend(std::fs::read(zip)?);
    body.extend(format!("\r\n--{BOUNDARY}--\r\n").into_bytes());
    Ok((format!("multipart/form-data; boundary={BOUNDARY}"), body))
}

fn form_encoded(fields: &[(&str, &str)]) -> String {
    let encode =
        |value: &str| value.replace('%', "%25").replace('&', "%26").replace('+', "%2B").replace(' ', "+");
    let pairs = fields.iter().map(|(name, value)| format!("{name}={}", encode(value)));
    pairs.collect::<Vec<_>>().join("&")
}

fn between<'t>(text: &'t str, before: &str, after: &str) -> Option<&'t str> {
    let start = text.find(before)? + before.len();
    text[start..].split(after).next()
}
