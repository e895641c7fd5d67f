//! Pictures for the window: `photo://localhost/<hash>/<recipe>`, never a path.

use std::sync::Arc;

use desk::Desk;
use media::rendition::Recipe;
use tauri::{
    UriSchemeContext, UriSchemeResponder, Wry,
    http::{Request, Response, StatusCode, header},
};

/// Answers a request for a picture off the window's thread.
pub fn serve(
    desk: &Arc<Desk>,
    _from: UriSchemeContext<'_, Wry>,
    request: &Request<Vec<u8>>,
    responder: UriSchemeResponder,
) {
    let (desk, path) = (Arc::clone(desk), request.uri().path().to_owned());
    tauri::async_runtime::spawn_blocking(move || responder.respond(answer(&desk, &path)));
}

fn answer(desk: &Desk, path: &str) -> Response<Vec<u8>> {
    let found = asked(path).and_then(|(hash, recipe)| desk.shown_picture(hash, recipe).ok());
    let (status, bytes) = found.map_or((StatusCode::NOT_FOUND, Vec::new()), |bytes| (StatusCode::OK, bytes));
    Response::builder()
        .status(status)
        .header(header::CONTENT_TYPE, "image/jpeg")
        .header(header::CACHE_CONTROL, "max-age=31536000, immutable") // named by what it holds
        .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
        .body(bytes)
        .expect("these headers are well formed")
}

fn asked(path: &str) -> Option<(domain::ids::Hash, Recipe)> {
    let (hash, recipe) = path.strip_prefix('/')?.split_once('/')?;
    Some((hash.parse().ok()?, Recipe::named(recipe)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_hash_and_a_recipe_name_a_picture() {
        let hash = "a".repeat(64);

        assert!(asked(&format!("/{hash}/web")).is_some());
        for path in [
            "/",
            "/../../etc/passwd",
            "/etc/passwd/web",
            &format!("/{hash}"),
            &format!("/{hash}/raw"),
            &format!("{hash}/web"),
        ] {
            assert!(asked(path).is_none(), "{path}");
        }
    }
}
