//! The choice of the TLS backend by the crate's features: ring takes precedence over rustls' default provider, and
//! that over the system's library.

use crate::error::Error;
use reqwest::ClientBuilder;

/// What a user reads who has no certificates.
pub(super) const NO_CERTIFICATES: &str = "https needs certificate authorities, and none could be loaded from the \
    system: install the package ca-certificates (Debian, Ubuntu, Alpine), or give the authorities to the builder of \
    Http::new(..)";

/// Lets a builder do without the system's certificates: for clients that never speak TLS.
#[cfg(any(feature = "rustls", feature = "rustls-ring", feature = "native-tls"))]
pub(super) fn without_certificates(builder: ClientBuilder) -> ClientBuilder {
    builder.tls_certs_only([])
}

/// There are no certificates in a build without TLS.
#[cfg(not(any(feature = "rustls", feature = "rustls-ring", feature = "native-tls")))]
pub(super) fn without_certificates(builder: ClientBuilder) -> ClientBuilder {
    builder
}

/// Whether this build can speak https: one of the features `rustls`, `rustls-ring` and `native-tls` is on.
pub(crate) const HAS_TLS: bool = cfg!(any(feature = "rustls", feature = "rustls-ring", feature = "native-tls"));

/// Makes sure that a builder without a TLS backend of its own can be built: with ring alone, reqwest looks for the
/// provider that the process has installed, and panics if there is none.
#[cfg(feature = "rustls-ring")]
pub(super) fn provide() {
    if rustls::crypto::CryptoProvider::get_default().is_none() {
        // An error means that another thread was faster, which serves as well.
        let _ = rustls::crypto::ring::default_provider().install_default();
    }
}

/// The backend brings all that it needs.
#[cfg(not(feature = "rustls-ring"))]
pub(super) fn provide() {}

/// Chooses the TLS backend by features: ring before rustls' default provider before the system's library. It is
/// chosen by name, since reqwest itself prefers the system's library as soon as any crate of the build turns that on.
#[cfg(feature = "rustls-ring")]
pub(super) fn chosen(builder: ClientBuilder) -> Result<ClientBuilder, Error> {
    use rustls_platform_verifier::BuilderVerifierExt;

    let provider = std::sync::Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .and_then(BuilderVerifierExt::with_platform_verifier)
        .map_err(|source| Error::config(NO_CERTIFICATES).with_source(source))?;
    Ok(builder.tls_backend_preconfigured(config.with_no_client_auth()))
}

/// Chooses the TLS backend by features.
#[cfg(all(feature = "rustls", not(feature = "rustls-ring")))]
#[expect(clippy::unnecessary_wraps, reason = "the ring backend can fail")]
pub(super) fn chosen(builder: ClientBuilder) -> Result<ClientBuilder, Error> {
    Ok(builder.tls_backend_rustls())
}

/// Chooses the TLS backend by features.
#[cfg(all(feature = "native-tls", not(any(feature = "rustls", feature = "rustls-ring"))))]
#[expect(clippy::unnecessary_wraps, reason = "the ring backend can fail")]
pub(super) fn chosen(builder: ClientBuilder) -> Result<ClientBuilder, Error> {
    Ok(builder.tls_backend_native())
}

/// There is no TLS backend to choose.
#[cfg(not(any(feature = "rustls", feature = "rustls-ring", feature = "native-tls")))]
#[expect(clippy::unnecessary_wraps, reason = "the ring backend can fail")]
pub(super) fn chosen(builder: ClientBuilder) -> Result<ClientBuilder, Error> {
    Ok(builder)
}
