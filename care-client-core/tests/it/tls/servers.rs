//! Real TLS servers on loopback, with certificates of an authority that each test makes.

use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DistinguishedName, DnType, IsCa, KeyPair, KeyUsagePurpose,
    date_time_ymd,
};
use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering::Relaxed},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
};
use tokio_rustls::{
    TlsAcceptor,
    rustls::{
        RootCertStore, ServerConfig, SupportedProtocolVersion,
        crypto::ring,
        pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer},
        server::WebPkiClientVerifier,
        version,
    },
};

/// A certificate authority of one's own.
pub(super) struct Authority(CertifiedIssuer<'static, KeyPair>);

/// A certificate with its key, both as PEM and as a server takes them.
pub(super) struct Identity {
    certificate_pem: String,
    key_pem: String,
    certificate: CertificateDer<'static>,
    key: Vec<u8>,
}

/// When a certificate is valid.
#[derive(Clone, Copy)]
pub(super) enum Validity {
    Now,
    Over,
    NotYet,
}

impl Authority {
    pub(super) fn new() -> Self {
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::DigitalSignature];
        // Two of one name would be taken for one and the same, with another key.
        static MADE: AtomicUsize = AtomicUsize::new(0);
        params.distinguished_name = name(&format!("Test Authority {}", MADE.fetch_add(1, Relaxed)));
        Self(CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap())
    }

    /// The authority's own certificate.
    pub(super) fn pem(&self) -> String {
        self.0.pem()
    }

    pub(super) fn issue(&self, host: &str, validity: Validity) -> Identity {
        let mut params = CertificateParams::new([host.to_owned()]).unwrap();
        params.distinguished_name = name(host);
        (params.not_before, params.not_after) = match validity {
            Validity::Now => (date_time_ymd(2020, 1, 1), date_time_ymd(2096, 1, 1)),
            Validity::Over => (date_time_ymd(2020, 1, 1), date_time_ymd(2021, 1, 1)),
            Validity::NotYet => (date_time_ymd(2095, 1, 1), date_time_ymd(2096, 1, 1)),
        };
        let key = KeyPair::generate().unwrap();
        let certificate = params.signed_by(&key, &self.0).unwrap();
        Identity {
            certificate_pem: certificate.pem(),
            key_pem: key.serialize_pem(),
            certificate: certificate.der().clone(),
            key: key.serialize_der(),
        }
    }
}

impl Identity {
    /// As a client shows it. reqwest prefers the system's library where that is on, which takes certificate and key.
    pub(super) fn identity(&self) -> reqwest::Identity {
        #[cfg(feature = "native-tls")]
        return reqwest::Identity::from_pkcs8_pem(self.certificate_pem.as_bytes(), self.key_pem.as_bytes()).unwrap();
        #[cfg(not(feature = "native-tls"))]
        reqwest::Identity::from_pem(format!("{}{}", self.key_pem, self.certificate_pem).as_bytes()).unwrap()
    }
}

fn name(text: &str) -> DistinguishedName {
    let mut name = DistinguishedName::new();
    name.push(DnType::CommonName, text);
    name
}

/// A TLS server that answers each request with the same.
pub(super) struct TlsServer {
    port: u16,
    requests: Arc<AtomicUsize>,
    connections: Arc<AtomicUsize>,
}

/// Which versions a server speaks, and whose clients it wants certificates from.
#[derive(Default)]
pub(super) struct Demands<'a> {
    pub(super) tls12_only: bool,
    pub(super) clients_of: Option<&'a Authority>,
}

impl TlsServer {
    pub(super) async fn start(identity: &Identity, demands: Demands<'_>, body: &'static str) -> Self {
        let versions: &[&SupportedProtocolVersion] =
            if demands.tls12_only { &[&version::TLS12] } else { &[&version::TLS12, &version::TLS13] };
        let provider = Arc::new(ring::default_provider());
        let builder = ServerConfig::builder_with_provider(Arc::clone(&provider));
        let builder = builder.with_protocol_versions(versions).unwrap();
        let builder = match demands.clients_of {
            None => builder.with_no_client_auth(),
            Some(authority) => {
                let mut roots = RootCertStore::empty();
                roots.add(authority.0.der().clone()).unwrap();
                let verifier = WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider);
                builder.with_client_cert_verifier(verifier.build().unwrap())
            }
        };
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(identity.key.clone()));
        let config = builder.with_single_cert(vec![identity.certificate.clone()], key).unwrap();
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (requests, connections) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let (counted, opened) = (Arc::clone(&requests), Arc::clone(&connections));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                opened.fetch_add(1, Relaxed);
                let (acceptor, counted) = (acceptor.clone(), Arc::clone(&counted));
                tokio::spawn(async move {
                    let Ok(mut stream) = acceptor.accept(stream).await else { return };
                    let mut bytes = vec![0; 8_192];
                    while let Ok(1..) = stream.read(&mut bytes).await {
                        counted.fetch_add(1, Relaxed);
                        let answer = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}", body.len());
                        if stream.write_all(answer.as_bytes()).await.is_err() {
                            return;
                        }
                    }
                });
            }
        });
        Self { port, requests, connections }
    }

    pub(super) fn url(&self) -> String {
        format!("https://localhost:{}", self.port)
    }

    pub(super) fn requests(&self) -> usize {
        self.requests.load(Relaxed)
    }

    pub(super) fn connections(&self) -> usize {
        self.connections.load(Relaxed)
    }
}
