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

    assert!(matches!(stranger, Err(Fault::Unreachable(_))), "nothing is sent to a stranger: {stranger:?}");
    assert_eq!(known, Ok(200));
    assert!(matches!(wrong, Err(Fault::Unreachable(_))), "{wrong:?}");
    assert!(matches!(none, Err(Fault::Address(_))), "{none:?}");
}
