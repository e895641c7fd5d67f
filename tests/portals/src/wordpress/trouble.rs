//! The site itself in trouble, until the trouble is dropped: a test that fails leaves none to the next.

use std::{fs, path::PathBuf};

use super::WordPress;

/// Ends when it is dropped.
#[must_use = "the trouble ends at once"]
pub struct Trouble<'s> {
    site: &'s WordPress,
    end: End,
}

enum End {
    Tell(&'static str),
    Remove(PathBuf),
}

impl WordPress {
    /// Nobody finds the database.
    pub fn without_database(&self) -> Trouble<'_> {
        self.tell("database off");
        Trouble { site: self, end: End::Tell("database on") }
    }

    /// The web server finds no PHP: 502.
    pub fn without_php(&self) -> Trouble<'_> {
        self.tell("php off");
        Trouble { site: self, end: End::Tell("php on") }
    }

    /// The web server takes no larger bodies, `200k` for example: 413.
    pub fn with_limit(&self, size: &str) -> Trouble<'_> {
        self.tell(&format!("limit {size}"));
        Trouble { site: self, end: End::Tell("limit 32m") }
    }

    /// WordPress is being updated: 503 for a while, as a page.
    ///
    /// # Panics
    /// When the site's folder cannot be written.
    pub fn in_maintenance(&self) -> Trouble<'_> {
        let file = self.folder.join("www/.maintenance");
        fs::write(&file, "<?php $upgrading = time();\n").expect("the site's folder");
        Trouble { site: self, end: End::Remove(file) }
    }

    /// PHP dies in every request, before anything is done.
    pub fn with_fatal_error(&self) -> Trouble<'_> {
        self.with_code("fatal.php", "a_function_that_nobody_wrote();")
    }

    /// PHP dies in every request that writes a post, once the post is written.
    pub fn with_fatal_error_after_writing(&self) -> Trouble<'_> {
        let code = "add_action( 'rest_after_insert_post', function () { a_function_that_nobody_wrote(); } );";
        self.with_code("fatal-after.php", code)
    }

    /// The site runs this PHP too, as if it had another plugin.
    ///
    /// # Panics
    /// When the site's folder cannot be written.
    pub fn with_code(&self, name: &str, code: &str) -> Trouble<'_> {
        let file = self.folder.join("www/wp-content/mu-plugins").join(name);
        fs::write(&file, format!("<?php {code}\n")).expect("the site's folder");
        Trouble { site: self, end: End::Remove(file) }
    }
}

impl Drop for Trouble<'_> {
    fn drop(&mut self) {
        match &self.end {
            End::Tell(words) => self.site.tell(words),
            End::Remove(file) => fs::remove_file(file).expect("the site's folder"),
        }
    }
}
