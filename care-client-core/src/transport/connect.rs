//! Why no connection was made, in words that say what to do.
//!
//! # Contract
//!
//! - The reason is read from the sources of `reqwest`'s error: the kind of an I/O error where there is one, otherwise
//!   the words of the TLS library or of the HTTP library. Words that are not known give no reason, and the general line
//!   stands.
//! - What can't pass by itself isn't repeated: a certificate that isn't accepted, a name that doesn't exist, a port
//!   that speaks another protocol, a proxy that wants credentials.
//! - What is shown names hosts and ports, and nothing else of the request.
//!
//! The words are those of rustls 0.23, OpenSSL 3 by native-tls 0.2, hyper-util 0.1 and the resolver of glibc; tests
//! hold them against real servers.

use std::{borrow::Cow, error::Error as StdError, io, iter::successors, net::SocketAddr};

/// Why no connection was made.
#[derive(Debug)]
pub(super) struct Diagnosis {
    /// What is wrong and what to do, as the end of a sentence.
    pub(super) text: Cow<'static, str>,
    /// Whether it may pass by itself.
    pub(super) may_pass: bool,
}

/// A reason by the words that show it: any of these, in lower case.
struct Known {
    words: &'static [&'static str],
    text: &'static str,
    may_pass: bool,
}

const fn lasting(words: &'static [&'static str], text: &'static str) -> Known {
    Known { words, text, may_pass: false }
}

const fn passing(words: &'static [&'static str], text: &'static str) -> Known {
    Known { words, text, may_pass: true }
}

/// The server refuses the client's missing certificate. With TLS 1.3 this shows only when the answer is read, and still
/// proves that nothing was done: the server never takes a request before the handshake has ended.
const WANTS_CERTIFICATE: &[&str] = &["certificaterequired", "certificate required"];

/// In the order in which they are tried: a tunnel's errors hold those of the connection to the proxy.
const KNOWN: &[Known] = &[
    lasting(
        &["proxy authorization required"],
        "the proxy wants credentials: put them into its address (http://user:password@host:port)",
    ),
    passing(&["tunnel error: unsuccessful"], "the proxy would not connect to it: see the proxy's rules and its log"),
    passing(&["tunnel error"], "the proxy can't be reached"),
    lasting(
        &["name or service not known", "no address associated with hostname", "nodename nor servname provided"],
        "its name doesn't resolve: check the spelling of the host, and the DNS of this machine",
    ),
    // Of a resolver of the user's own nobody knows what its words mean.
    passing(
        &["dns error", "failed to lookup address"],
        "its name can't be resolved for the moment: check the DNS of this machine",
    ),
    lasting(
        &["certificate expired", "certificate has expired"],
        "its certificate has expired, or the clock of this machine is wrong",
    ),
    lasting(
        &["certificate not valid yet", "certificate is not yet valid"],
        "its certificate isn't valid yet, or the clock of this machine is wrong",
    ),
    lasting(
        &["not valid for name", "notvalidforname", "hostname mismatch", "ip address mismatch"],
        "its certificate is for another name: check the host, or ask the service for the right certificate",
    ),
    lasting(
        &[
            "unknownissuer",
            "badsignature",
            "self-signed certificate",
            "self signed certificate",
            "unable to get local issuer certificate",
            "unable to get issuer certificate",
        ],
        "its certificate is of an authority that isn't trusted here: give the authority to the \
         builder of Http::new(..), or install it on this machine",
    ),
    lasting(
        &["invalid peer certificate", "certificate verify failed"],
        "its certificate isn't accepted: see the report for the reason",
    ),
    lasting(
        WANTS_CERTIFICATE,
        "it wants a certificate of the client: give one to the builder of Http::new(..) by identity(..)",
    ),
    lasting(
        &["bad certificate", "badcertificate", "alert: handshakefailure", "handshake failure"],
        "it ended the TLS handshake: it may want a certificate of the client, or no common version and cipher exist",
    ),
    lasting(
        &["invalidcontenttype", "wrong version number", "packet length too long", "unknown protocol", "http request"],
        "what listens there doesn't speak TLS: use http://, or the port for https",
    ),
    lasting(
        &["peer is incompatible", "protocolversion", "unsupported protocol", "protocol version"],
        "it speaks no version of TLS that this client accepts",
    ),
];

/// Why this connection wasn't made.
pub(super) fn diagnose(error: &(dyn StdError + 'static)) -> Option<Diagnosis> {
    let text = words(error);
    let known = KNOWN.iter().find(|known| known.words.iter().any(|words| text.contains(words)));
    let cause = io_kind(error).and_then(of_io).map(|(text, may_pass)| match peer(error) {
        Some(peer) => (format!("{text} ({peer})"), may_pass),
        None => (text.to_owned(), may_pass),
    });
    match (known, cause) {
        // Of the way to a proxy, both are worth a word.
        (Some(known), Some((cause, _))) if known.text.contains("proxy") => {
            Some(Diagnosis { text: format!("{}: {cause}", known.text).into(), may_pass: known.may_pass })
        }
        (Some(known), _) => Some(Diagnosis { text: known.text.into(), may_pass: known.may_pass }),
        (None, Some((cause, may_pass))) => Some(Diagnosis { text: cause.into(), may_pass }),
        (None, None) => None,
    }
}

/// Whether the server ended a TLS handshake for want of a certificate, after the client took it to have ended.
pub(super) fn wants_certificate(error: &(dyn StdError + 'static)) -> bool {
    let text = words(error);
    WANTS_CERTIFICATE.iter().any(|words| text.contains(words))
}

/// What may be wrong if what came was no HTTP.
pub(super) fn of_foreign_bytes(error: &(dyn StdError + 'static)) -> Option<&'static str> {
    let is_no_http = words(error).contains("invalid http version parsed");
    is_no_http.then_some("what listens there doesn't speak HTTP: if it speaks TLS, use https://")
}

/// The error and its sources.
fn chain<'e>(error: &'e (dyn StdError + 'static)) -> impl Iterator<Item = &'e (dyn StdError + 'static)> {
    successors(Some(error), |error| {
        let error: &'e (dyn StdError + 'static) = *error;
        error.source()
    })
}

/// The texts of all sources, in lower case.
fn words(error: &(dyn StdError + 'static)) -> String {
    let texts = chain(error).map(|error| error.to_string());
    texts.collect::<Vec<_>>().join("\n").to_lowercase()
}

/// The address that was tried, which can be a proxy's. hyper-util shows it in `Debug` alone.
fn peer(error: &(dyn StdError + 'static)) -> Option<SocketAddr> {
    chain(error).find_map(|error| {
        let shown = format!("{error:?}");
        let address = shown.strip_prefix("ConnectError(\"tcp connect error\", ")?;
        address.split(", ").next()?.parse().ok()
    })
}

fn io_kind(error: &(dyn StdError + 'static)) -> Option<io::ErrorKind> {
    let kinds = chain(error).filter_map(|error| error.downcast_ref::<io::Error>());
    kinds.map(io::Error::kind).last()
}

fn of_io(kind: io::ErrorKind) -> Option<(&'static str, bool)> {
    Some(match kind {
        io::ErrorKind::ConnectionRefused => {
            ("nothing listens there: check that the service runs, and the host and port", true)
        }
        io::ErrorKind::HostUnreachable | io::ErrorKind::NetworkUnreachable => {
            ("no network leads there: check this machine's network, and the host", true)
        }
        io::ErrorKind::ConnectionReset | io::ErrorKind::UnexpectedEof => {
            ("the connection was closed before it was ready: a firewall, or another protocol on that port", true)
        }
        _ => return None,
    })
}
