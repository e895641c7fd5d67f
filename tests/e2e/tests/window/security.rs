//! Nothing on a page, in a text or in a portal's answer may run in the window, or reach the network from it.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

use e2e::{Opens, Result, Told, paths, story};
use serde_json::Value;

fn configuration() -> Result<Value> {
    Ok(serde_json::from_str(&fs::read_to_string(paths::root().join("tauri.conf.json"))?)?)
}

fn words(policy: &Value) -> Vec<String> {
    let given = policy.as_str().map(|text| text.split_whitespace().map(str::to_owned).collect());
    let list = policy.as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect();
    given.unwrap_or(list)
}

#[test]
fn the_shipped_policy_allows_no_inline_script_no_eval_and_no_network() -> Told {
    let configuration = configuration()?;
    let security = &configuration["app"]["security"];
    let policy = security["csp"].as_object().expect("the policy is written directive by directive");

    assert_eq!(words(&policy["default-src"]), ["'none'"]);
    assert_eq!(words(&policy["script-src"]), ["'self'"]);
    for (directive, sources) in policy {
        for source in words(sources) {
            let local =
                ["'self'", "'none'", "ipc:", "photo:", "http://ipc.localhost", "http://photo.localhost"];
            assert!(local.contains(&source.as_str()), "{directive} allows {source}");
        }
    }
    for directive in ["object-src", "base-uri", "form-action", "frame-ancestors"] {
        assert_eq!(words(&policy[directive]), ["'none'"], "{directive}");
    }
    Ok(())
}

#[test]
fn the_shipped_configuration_gives_the_page_nothing_beside_its_commands() -> Told {
    let configuration = configuration()?;
    let app = &configuration["app"];

    assert_eq!(app["withGlobalTauri"], false);
    let text = configuration.to_string();
    assert!(!text.contains("dangerous"), "a dangerous switch is set");
    assert!(app["security"]["assetProtocol"].is_null(), "files are shown by hash, not by path");
    assert!(
        configuration["plugins"].as_object().is_none_or(serde_json::Map::is_empty),
        "a plugin is configured"
    );
    Ok(())
}

#[test]
fn every_command_is_in_the_capability_of_its_window_and_nothing_else_but_listening() -> Told {
    let list = fs::read_to_string(paths::root().join("src-tauri/src/commands/list.rs"))?;
    let lines = list.lines().map(str::trim).filter(|line| !line.starts_with("//"));
    let named = lines.filter_map(|line| line.split_once('(').map(|(name, _)| name.trim()));
    let commands: BTreeSet<String> = named.map(|name| format!("allow-{}", name.replace('_', "-"))).collect();
    assert!(commands.len() > 10, "the list is read: {commands:?}");

    let mut granted: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for file in fs::read_dir(paths::root().join("capabilities"))? {
        let capability: Value = serde_json::from_str(&fs::read_to_string(file?.path())?)?;
        assert!(capability["remote"].is_null(), "a page from elsewhere may call commands");
        let windows = capability["windows"].as_array().cloned().unwrap_or_default();
        assert_eq!(windows.len(), 1, "{capability}");
        let permissions = capability["permissions"].as_array().cloned().unwrap_or_default();
        let permissions = permissions.iter().filter_map(Value::as_str).map(str::to_owned);
        granted.entry(windows[0].as_str().unwrap_or_default().to_owned()).or_default().extend(permissions);
    }

    let listening = ["core:event:allow-listen", "core:event:allow-unlisten"].map(str::to_owned);
    let page = ["allow-page-held", "allow-page-window-says", "allow-page-window-starts"].map(str::to_owned);
    let of_the_desk = commands.into_iter().filter(|command| !page.contains(command));
    let wanted = BTreeMap::from([
        ("main".to_owned(), of_the_desk.chain(listening.clone()).collect()),
        ("page".to_owned(), page.clone().into_iter().chain(listening).collect()),
    ]);
    assert_eq!(granted, wanted);
    Ok(())
}

#[test]
fn the_live_page_runs_no_inline_script_no_eval_and_knows_no_global_tauri() -> Told {
    story(Opens::empty(), async |desk| {
        // Script of the driver is above the page's policy, so the page itself must try: by elements it is given.
        desk.run(
            "const script = document.createElement('script'); script.textContent = 'window.__inline = 1';
             document.head.append(script);
             const image = document.createElement('div'); image.innerHTML = '<img src=\"photo:x\" onerror=\"window.__handler = 1\">';
             document.body.append(image);
             const link = document.createElement('a'); link.href = 'javascript:void(window.__link = 1)';
             document.body.append(link); link.click();
             const evals = document.createElement('script');
             evals.src = 'data:text/javascript,window.__data = 1'; document.head.append(evals);",
            vec![],
        )
        .await?;
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;

        let ran = "return ['__inline', '__handler', '__link', '__data', '__TAURI__'].filter((name) => name in window)";
        assert_eq!(desk.run(ran, vec![]).await?, serde_json::json!([]));
        Ok(())
    })
}

#[test]
fn the_live_page_reaches_no_network() -> Told {
    let listener = std::net::TcpListener::bind("127.0.0.1:0")?;
    listener.set_nonblocking(true)?;
    let address = format!("http://{}/", listener.local_addr()?);
    story(Opens::empty(), async |desk| {
        let tries = "const [address, done] = arguments;
            for (const name of ['img', 'script', 'iframe']) {
              const element = document.createElement(name); element.src = address + name; document.body.append(element);
            }
            const style = document.createElement('link'); style.rel = 'stylesheet'; style.href = address + 'style';
            document.head.append(style);
            navigator.sendBeacon?.(address + 'beacon');
            try { new WebSocket(address.replace('http', 'ws')); } catch {}
            fetch(address, { mode: 'no-cors' }).then(() => done('reached'), () => setTimeout(() => done('refused'), 500));";
        let answer = desk.window().execute_async(tries, vec![serde_json::json!(address)]).await?;

        assert_eq!(answer.json(), "refused");
        assert!(listener.accept().is_err(), "a connection was made");
        Ok(())
    })
}
