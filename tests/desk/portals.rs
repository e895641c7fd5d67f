//! Portals as the desk knows them.

use portal::Secret;

use crate::newsroom::{Newsroom, PORTAL, TOKEN};

#[tokio::test]
async fn a_newsrooms_own_authority_stays_known_when_one_signs_in_again() {
    let newsroom = Newsroom::open().await;
    let authority =
        rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).expect("a certificate").cert.pem();
    let connect = |certificate_authority| desk::Connect {
        name: PORTAL.into(),
        url: newsroom.network.url.clone(),
        user: String::new(),
        secret: Secret::new(TOKEN.into()),
        certificate_authority,
    };

    newsroom.desk.connect_portal(connect(Some(authority.clone()))).await.expect("an account");
    newsroom.desk.connect_portal(connect(None)).await.expect("the same account");

    let database = rusqlite::Connection::open(newsroom.folder().join("desk.sqlite")).expect("its database");
    let sql = "SELECT json_extract(account, '$.certificate_authority') FROM portals WHERE name = ?1";
    let kept: String = database.query_row(sql, [PORTAL], |row| row.get(0)).expect("it is kept");
    assert_eq!(kept, authority);
}

#[tokio::test]
async fn a_portals_name_is_not_led_to_another_portal() {
    let (newsroom, another) = (Newsroom::open().await, Newsroom::open().await);
    let connect = |url: &str| desk::Connect {
        name: PORTAL.into(),
        url: url.into(),
        user: String::new(),
        secret: Secret::new(TOKEN.into()),
        certificate_authority: None,
    };

    let elsewhere = newsroom.desk.connect_portal(connect(&another.network.url)).await;
    let with_a_password = newsroom.desk.connect_portal(connect("http://lan:abcd@127.0.0.1:1")).await;

    assert!(matches!(elsewhere, Err(desk::Error::PortalElsewhere { .. })), "{elsewhere:?}");
    assert!(matches!(with_a_password, Err(desk::Error::PortalAddress(_))), "{with_a_password:?}");
    let urls: Vec<_> =
        newsroom.desk.portals().expect("the portals").into_iter().map(|portal| portal.url).collect();
    assert!(urls.contains(&newsroom.network.url) && !urls.contains(&another.network.url), "{urls:?}");
}
