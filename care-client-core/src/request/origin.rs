//! The origin rule: a client talks to the one server of its base URL, and credentials go nowhere else.
//!
//! - A base URL is https, unless its host is loopback or plain http is allowed explicitly. It has no user, password,
//!   query or fragment.
//! - A request is joined to it by whole segments. Each is percent-encoded as exactly one segment; empty ones, `.` and
//!   `..` are refused before anything is sent.
//! - A redirect is an error that names the target's origin only: its path or query can hold anything.

use super::RequestParts;
use crate::error::Error;
use bytes::Bytes;
use http::Uri;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use std::{fmt, net::IpAddr};
use url::{Url, form_urlencoded};

/// All but the unreserved characters of RFC 3986, section 2.3: so a segment stays one segment whatever is in it.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// A credential that is sent in the query.
pub(crate) type QueryPair<'a> = (&'a str, &'a str);

/// The one server that a client talks to, and the path that all its operations lie below. Parsed once; requests are
/// joined to it by whole segments.
#[derive(Clone)]
pub(crate) struct Origin {
    /// Scheme, host, port and prefix, without a slash at the end.
    base: String,
    /// Where the prefix begins in it.
    prefix_at: usize,
    scheme_and_host: String,
    host: String,
    port: u16,
    https: bool,
}

impl Origin {
    /// Reads a base URL and the prefix below it.
    pub(crate) fn new(base: &str, prefix: &str, allow_plain_http: bool) -> Result<Self, Error> {
        let url = Url::parse(base.trim()).map_err(|why| {
            Error::config(format!("the base URL can't be read ({why}): give it as https://host or https://host/path"))
        })?;
        let https = match url.scheme() {
            "https" => true,
            "http" => false,
            _ => {
                return Err(Error::config(
                    "the base URL must begin with https:// (or http:// for a server on this machine)",
                ));
            }
        };
        let host = url.host_str().unwrap_or_default().to_owned();
        if !https && !allow_plain_http && !is_loopback(&host) {
            return Err(Error::config(
                "plain http would send credentials and personal data readable over the network: use https, or \
                 allow_plain_http() on the builder if the network itself is protected",
            ));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(Error::config(
                "the base URL holds a user or a password: give credentials by the builder's methods",
            ));
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(Error::config("the base URL ends in a query or a fragment: give scheme, host and path only"));
        }
        let scheme_and_host = url.origin().ascii_serialization();
        let mut base = format!("{scheme_and_host}{}", url.path().trim_end_matches('/'));
        let prefix_at = base.len();
        for segment in prefix.split('/').filter(|segment| !segment.is_empty()) {
            push_segment(&mut base, segment)
                .map_err(|_| Error::config("the path prefix must not hold the segments . and .."))?;
        }
        let port = url.port_or_known_default().unwrap_or_default();
        Ok(Self { base, prefix_at, scheme_and_host, host, port, https })
    }

    /// The address of a request below this base.
    pub(crate) fn uri(&self, parts: &RequestParts, credential: Option<QueryPair<'_>>) -> Result<Uri, Error> {
        let mut text = String::with_capacity(self.base.len() + 64);
        text.push_str(if parts.is_outside_prefix() { &self.base[..self.prefix_at] } else { &self.base });
        for segment in parts.path() {
            push_segment(&mut text, segment)?;
        }
        if parts.has_trailing_slash() {
            text.push('/');
        }
        let pairs = parts.query_pairs();
        if !pairs.is_empty() || credential.is_some() {
            text.push('?');
            let start = text.len();
            let mut query = form_urlencoded::Serializer::for_suffix(text, start);
            query.extend_pairs(pairs);
            if let Some((key, value)) = credential {
                query.append_pair(key, value);
            }
            text = query.finish();
        }
        Uri::from_maybe_shared(Bytes::from(text))
            .map_err(|_| Error::request("the path and query together are too long for a URL"))
    }

    pub(crate) fn is_https(&self) -> bool {
        self.https
    }

    /// Scheme, host and port, to show.
    pub(crate) fn as_str(&self) -> &str {
        &self.scheme_and_host
    }

    /// Host and port.
    pub(crate) fn server(&self) -> (&str, u16) {
        (&self.host, self.port)
    }
}

impl fmt::Debug for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.base)
    }
}

fn push_segment(text: &mut String, segment: &str) -> Result<(), Error> {
    if matches!(segment, "" | "." | "..") {
        return Err(Error::request(
            "an id or name in the path is empty, `.` or `..`, which would address something else: give the real one",
        ));
    }
    text.push('/');
    text.extend(utf8_percent_encode(segment, SEGMENT));
    Ok(())
}

/// Whether a host, as it stands in a URL, is this machine.
pub(crate) fn is_loopback(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    bare.eq_ignore_ascii_case("localhost") || bare.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
}

/// The origin that a redirect points at, to show: never its path or query, which can hold anything.
pub(crate) fn target_of(location: Option<&str>, here: &str) -> String {
    let base = Url::parse(here).ok();
    let target = location.and_then(|text| Url::options().base_url(base.as_ref()).parse(text).ok());
    match target.map(|url| url.origin()) {
        None => "nowhere".to_owned(),
        Some(origin) if base.is_some_and(|base| base.origin() == origin) => {
            "another path of the same server".to_owned()
        }
        Some(origin) => origin.ascii_serialization(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn uri(base: &str, prefix: &str, parts: &RequestParts) -> String {
        Origin::new(base, prefix, false).unwrap().uri(parts, None).unwrap().to_string()
    }

    #[test]
    fn what_lies_outside_of_the_prefix_begins_at_the_base() {
        let sign_in = RequestParts::post(["token"]).outside_prefix().trailing_slash().query("a", "b");
        assert_eq!(uri("https://a.example.com", "v2", &sign_in), "https://a.example.com/token/?a=b");
        assert_eq!(uri("https://a.example.com/base/", "/v2/x", &sign_in), "https://a.example.com/base/token/?a=b");
        assert_eq!(
            uri("https://a.example.com/base", "v2", &RequestParts::get(["b"])),
            "https://a.example.com/base/v2/b"
        );
    }

    #[test]
    fn a_slash_at_the_end_comes_before_the_query_and_only_when_asked_for() {
        let list = RequestParts::get(["requests"]);
        assert_eq!(uri("https://a.example.com", "v1", &list), "https://a.example.com/v1/requests");
        let list = list.trailing_slash().query("limit", "100");
        assert_eq!(uri("https://a.example.com", "v1", &list), "https://a.example.com/v1/requests/?limit=100");
    }

    #[test]
    fn paths_are_joined_by_segments_with_one_slash_each() {
        let parts = RequestParts::get(["callouts", "570"]);
        for (base, prefix) in [
            ("https://a.example.com", "/panic-api"),
            ("https://a.example.com/", "panic-api/"),
            ("https://a.example.com/panic-api/", ""),
            (" https://A.example.com:443//", "//panic-api//"),
        ] {
            let got = uri(base, prefix, &parts);
            assert_eq!(got, "https://a.example.com/panic-api/callouts/570", "{base} {prefix}");
        }
        assert_eq!(uri("http://[::1]:8080", "", &parts), "http://[::1]:8080/callouts/570");
    }

    #[test]
    fn a_segment_stays_one_segment() {
        for (text, sent) in [
            ("a/b", "a%2Fb"),
            ("a\\b", "a%5Cb"),
            ("%2e%2e", "%252e%252e"),
            ("a b?c#d", "a%20b%3Fc%23d"),
            ("é;=&", "%C3%A9%3B%3D%26"),
            ("...", "..."),
        ] {
            let got = uri("https://a.example.com", "", &RequestParts::get([text]));
            assert_eq!(got, format!("https://a.example.com/{sent}"));
            // What a URL parser of a transport makes of it is the same address again.
            assert_eq!(Url::parse(&got).unwrap().path(), format!("/{sent}"));
        }
    }

    #[test]
    fn segments_that_would_climb_are_refused_before_anything_is_sent() {
        let origin = Origin::new("https://a.example.com", "/x", false).unwrap();
        for bad in ["", ".", ".."] {
            let error = origin.uri(&RequestParts::get(["callouts", bad]), None).unwrap_err();
            assert_eq!((error.kind(), error.outcome()), (crate::Kind::Request, crate::Outcome::NotSent), "{bad:?}");
        }
        assert_eq!(Origin::new("https://a.example.com", "/a/../b", false).unwrap_err().kind(), crate::Kind::Config);
    }

    #[test]
    fn queries_are_encoded_and_a_credential_comes_last() {
        let origin = Origin::new("https://a.example.com", "", false).unwrap();
        let parts = RequestParts::get(["x"]).query("q", "a&b=c d");
        let got = origin.uri(&parts, Some(("key", "s/1"))).unwrap();
        assert_eq!(got.query(), Some("q=a%26b%3Dc+d&key=s%2F1"));
    }

    #[test]
    fn plain_http_needs_loopback_or_leave() {
        for base in ["http://127.0.0.1:1", "http://localhost", "http://[::1]/x", "http://127.9.9.9"] {
            assert!(Origin::new(base, "", false).is_ok(), "{base}");
        }
        for base in ["http://example.com", "http://localhost.example.com", "http://10.0.0.1"] {
            assert!(Origin::new(base, "", false).is_err(), "{base}");
            assert!(Origin::new(base, "", true).is_ok(), "{base}");
        }
        for base in ["ftp://example.com", "example.com", "", "https://u:p@example.com", "https://example.com?x=1"] {
            let error = Origin::new(base, "", true).unwrap_err();
            assert_eq!(error.kind(), crate::Kind::Config, "{base}");
            assert!(!error.to_string().contains("u:p"));
        }
    }

    #[test]
    fn redirect_targets_are_shown_by_origin_only() {
        let here = "https://a.example.com";
        assert_eq!(target_of(Some("https://evil.example.net/x?token=1"), here), "https://evil.example.net");
        assert_eq!(target_of(Some("/login?next=canary"), here), "another path of the same server");
        assert_eq!(target_of(None, here), "nowhere");
    }
}
