//! A newsroom's own certificate authority, with real certificates on a real port.

use std::sync::Arc;

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::{ServerConfig, pki_types::PrivateKeyDer};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpListener,
};
use tokio_rustls::TlsAcceptor;

use super::*;

/// Answers every request with the same words, over TLS, with a certificate of an authority nobody knows. Returns its
/// address and the authority's certificate (PEM).
async fn house_with_its_own_authority() -> (Url, String) {
    let mut params = CertificateParams::new(Vec::<String>::new()).expect("an authority");
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority =
        CertifiedIssuer::self_signed(params, KeyPair::generate().expect("a key")).expect("an authority");
    let key = KeyPair::generate().expect("a key");
    let certificate = CertificateParams::new(vec!["localhost".to_owned()])
        .and_then(|params| params.signed_by(&key, &authority))
        .expect("a certificate");
    let private = PrivateKeyDer::try_from(key.serialize_der()).expect("a key");
    let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("the protocol's versions")
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], private)
        .expect("a server");
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("its address").port();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let Ok(mut stream) = acceptor.accept(stream).await else { continue };
            let _ = stream.read(&mut [0; 1024]).await;
            let answer = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nxin c";
            stream.write_all(answer).await.ok();
            stream.shutdown().await.ok();
        }
    });
    (Url::parse(&format!("https://localhost:{port}/")).expect("an address"), authority.pem())
}

async fn asked(url: &Url, certificate_authority: Option<&str>) -> Result<u16, Fault> {
    let behaviour = Behaviour { answer: ANSWER, certificate_authority, redirects: 0 };
    let answer = client(url, &behaviour)?.get(url.clone()).send().await.map_err(|error| sending(&error))?;
    Ok(answer.status().as_u16())
}

#[tokio::test]
async fn a_newsrooms_own_authority_is_believed_where_it_is_given_and_only_there() {
    let (url, authority) = house_with_its_own_authority().await;
    let (_, another) = house_with_its_own_authority().await;

    let stranger = asked(&url, None).await;
    let known = asked(&url, Some(&authority)).await;
    let wrong = asked(&url, Some(&another)).await;
    let none = asked(&url, Some("not a certificate")).await;

    assert!(matches!(stranger, Err(Fault::Certificate(_))), "nothing is sent to a stranger: {stranger:?}");
    assert_eq!(known, Ok(200));
    assert!(matches!(wrong, Err(Fault::Certificate(_))), "{wrong:?}");
    assert!(matches!(none, Err(Fault::Address(_))), "{none:?}");
}

#[test]
fn retry_after_is_read_in_every_form_and_nonsense_is_none() {
    const NOW: u64 = 784_111_717; // a minute before Sun, 06 Nov 1994 08:49:37 GMT
    let seconds = |seconds| Some(Duration::from_secs(seconds));
    let table = [
        ("30", seconds(30)),
        (" 0 ", seconds(0)),
        ("315360000", seconds(315_360_000)), // `domain::outbox` has the last word on that
        ("99999999999999999999999", seconds(u64::MAX)),
        ("Sun, 06 Nov 1994 08:49:37 GMT", seconds(60)),
        ("Sunday, 06-Nov-94 08:49:37 GMT", seconds(60)),
        ("Sun Nov  6 08:49:37 1994", seconds(60)),
        ("Sun, 06 Nov 1994 08:00:00 GMT", seconds(0)), // past
        ("-5", None),
        ("+5", None),
        ("1.5", None),
        ("soon", None),
        ("", None),
    ];
    for (value, want) in table {
        assert_eq!(patience(value, NOW), want, "{value:?}");
    }
}

#[test]
fn a_portals_words_are_text_without_tricks_and_have_an_end() {
    assert_eq!(
        words("<p>Chuyên mục <b>đã đóng</b>.</p>\n<script>x()</script>").split(" x()").next(),
        Some("Chuyên mục đã đóng.")
    );
    assert_eq!(words("a\u{202e}b\u{7}c\u{2066}d"), "abcd");
    let long = words(&"dài ".repeat(1000));
    assert_eq!((long.chars().count(), long.ends_with('…')), (501, true));
}
