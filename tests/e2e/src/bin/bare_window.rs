//! A window with a web view and nothing else, to compare with: `bare_window [ADDRESS]`.
//! Without an address it shows one empty field with the caret in it.

use std::env;

use tao::{
    dpi::LogicalSize,
    event::{Event, WindowEvent},
    event_loop::{ControlFlow, EventLoop},
    platform::unix::WindowExtUnix,
    window::WindowBuilder,
};
use wry::{WebContext, WebViewBuilder, WebViewBuilderExtUnix};

const EMPTY: &str = r#"<!doctype html><meta charset="utf-8"><title>empty</title><textarea autofocus></textarea><script>
document.querySelector("textarea").focus();
requestAnimationFrame(() => requestAnimationFrame(() => performance.mark("toasoan:caret")));
</script>"#;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let events = EventLoop::new();
    let window = WindowBuilder::new()
        .with_title("bare")
        .with_inner_size(LogicalSize::new(1280.0, 800.0))
        .build(&events)?;
    let mut context = WebContext::new(None);
    context.set_allows_automation(env::var("TAURI_WEBVIEW_AUTOMATION").is_ok_and(|value| value == "true"));
    let page = WebViewBuilder::new_with_web_context(&mut context);
    let page = match env::args().nth(1) {
        Some(address) => page.with_url(address),
        None => page.with_html(EMPTY),
    };
    let _view = page.build_gtk(window.default_vbox().ok_or("the window has no place for a view")?)?;

    events.run(move |event, _, flow| {
        *flow = ControlFlow::Wait;
        if let Event::WindowEvent { event: WindowEvent::CloseRequested, .. } = event {
            *flow = ControlFlow::Exit;
        }
    });
}
