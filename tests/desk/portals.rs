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
