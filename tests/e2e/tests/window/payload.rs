//! What the sanitiser would have let through runs nothing in the page beside the text.

use e2e::{Desk, Opens, Result, Told, paths, spot::tab, story};
use serde_json::json;

/// Each part sets `top.__ran` when it runs; `ADDRESS` is asked for by what loads something.
const PAYLOAD: &str = r#"<p id=payload>
<img src=x onerror="top.__ran.push('img')">
<svg onload="top.__ran.push('svg')"><circle r=9 /><script>top.__ran.push('svg script')</script></svg>
<iframe srcdoc="<script>top.__ran.push('srcdoc')</script><img src=x onerror=top.__ran.push('srcdoc-img')>"></iframe>
<iframe src="javascript:top.__ran.push('frame address')"></iframe>
<details open ontoggle="top.__ran.push('details')"><summary>s</summary></details>
<object data="javascript:top.__ran.push('object')"></object>
<a id=bait href="javascript:top.__ran.push('link')">bait</a>
<form action="javascript:top.__ran.push('form')"><button id=send>send</button></form>
<style>@import 'ADDRESSstyle'; p { background: url('ADDRESSbackground') }</style>
<img src="ADDRESSimage"><video autoplay src="ADDRESSvideo"></video><link rel=stylesheet href="ADDRESSlink">
<meta http-equiv=refresh content="0;url=ADDRESSrefresh"></p>"#;

/// Puts the payload into the frame with no sanitiser between, clicks what there is to click, and returns what ran.
async fn strikes(desk: &Desk, address: &str) -> Result<Vec<String>> {
    let script = "const [payload, done] = arguments; window.__ran = [];
        const frame = [...document.querySelectorAll('iframe')].find((one) => one.contentDocument?.body);
        const page = frame.contentDocument, place = page.querySelector('article') ?? page.body;
        place.innerHTML = payload;
        const script = page.createElement('script'); script.textContent = \"top.__ran.push('script')\"; place.append(script);
        setTimeout(() => { page.querySelector('#bait')?.click(); page.querySelector('#send')?.click(); }, 300);
        setTimeout(() => done(window.__ran), 1200);";
    let payload = PAYLOAD.replace("ADDRESS", address);
    let ran = desk.window().execute_async(script, vec![json!(payload)]).await?;
    Ok(ran.convert()?)
}

fn canary() -> Result<(std::net::TcpListener, String)> {
    let listener = std::net::TcpListener::bind("127.0.0.1:0")?;
    listener.set_nonblocking(true)?;
    let address = format!("http://{}/", listener.local_addr()?);
    Ok((listener, address))
}

#[test]
fn a_payload_past_the_sanitiser_runs_nothing_and_loads_nothing() -> Told {
    let (listener, address) = canary()?;
    story(Opens::seed(), async |desk| {
        desk.opens("Sweden dan Vietnam").await?;
        desk.press(tab("Page")).await?;
        desk.page_shows("Program ini dihadiri").await?;

        let ran = strikes(desk, &address).await?;

        assert_eq!(ran, Vec::<String>::new());
        assert!(listener.accept().is_err(), "the page reached the network");
        desk.press(tab("Pictures")).await?; // the window is as it was
        desk.press(tab("Page")).await?;
        desk.page_shows("Program ini dihadiri").await?;
        Ok(())
    })
}

#[test]
fn the_same_payload_does_run_where_nothing_stops_it() -> Told {
    let (listener, address) = canary()?;
    let bare = paths::target().join("debug/bare_window");
    story(Opens::program(bare, vec![]), async |desk| {
        desk.run("document.body.append(document.createElement('iframe'))", vec![]).await?;

        let ran = strikes(desk, &address).await?;

        for way in ["img", "script", "srcdoc", "details", "frame address", "link"] {
            assert!(ran.iter().any(|one| one == way), "{way} should have run; {ran:?} did");
        }
        assert!(listener.accept().is_ok(), "nothing was loaded");
        Ok(())
    })
}

#[test]
fn markup_typed_into_the_text_is_shown_as_the_text_it_is() -> Told {
    story(Opens::empty(), async |desk| {
        desk.press("Start writing").await?;
        desk.run("window.__ran = []", vec![]).await?;
        desk.press(e2e::spot::textbox("Body")).await?;
        desk.types("<img src=x onerror=\"top.__ran.push(1)\"> [x](javascript:top.__ran.push(2))").await?;

        desk.page_shows("<img src=x onerror=").await?;
        assert_eq!(desk.run("return window.__ran", vec![]).await?, json!([]));
        Ok(())
    })
}
