//! Addresses of requests as `reqwest` takes them. Parsing a URL is expensive, so each server's part is parsed once.

use http::{
    Uri,
    uri::{Authority, Scheme},
};
use std::sync::{PoisonError, RwLock};
use url::{ParseError, Url};

use crate::request::origin::is_loopback;

/// A transport talks to a few servers; addresses of more servers are parsed as a whole each time.
const MOST: usize = 16;
/// As long as most paths and queries: a clone of an address has room for as much as its original holds.
const ROOM: usize = 128;

/// Turns addresses of requests into those that `reqwest` takes. Schemes and hosts are parsed once for each server.
#[derive(Default)]
pub(super) struct Addresses(RwLock<Vec<Server>>);

/// Where a request goes.
pub(super) struct Address {
    pub(super) url: Url,
    pub(super) route: Route,
}

/// The ways to a server that need different clients.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Route {
    /// Plain http to this machine.
    Direct,
    /// Plain http to another machine.
    PlainHttp,
    Https,
}

impl Route {
    /// How many there are.
    pub(super) const COUNT: usize = 3;
}

struct Server {
    scheme: Scheme,
    authority: Authority,
    root: Url,
    route: Route,
}

impl Addresses {
    pub(super) fn of(&self, uri: &Uri) -> Result<Address, ParseError> {
        let (Some(scheme), Some(authority)) = (uri.scheme(), uri.authority()) else {
            return Err(ParseError::RelativeUrlWithoutBase);
        };
        let servers = self.0.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = servers.iter().find(|server| server.scheme == *scheme && server.authority == *authority) {
            return Ok(known.address(uri));
        }
        let is_known_later = servers.len() < MOST;
        drop(servers);
        let server = Server::new(scheme, authority)?;
        let address = server.address(uri);
        if is_known_later {
            self.0.write().unwrap_or_else(PoisonError::into_inner).push(server);
        }
        Ok(address)
    }
}

impl Server {
    fn new(scheme: &Scheme, authority: &Authority) -> Result<Self, ParseError> {
        let mut root = Url::parse(&format!("{scheme}://{authority}/"))?;
        root.set_path(&"-".repeat(ROOM));
        let route = match *scheme == Scheme::HTTP {
            true if is_loopback(authority.host()) => Route::Direct,
            true => Route::PlainHttp,
            false => Route::Https,
        };
        Ok(Self { scheme: scheme.clone(), authority: authority.clone(), root, route })
    }

    fn address(&self, uri: &Uri) -> Address {
        let mut url = self.root.clone();
        url.set_path(uri.path());
        url.set_query(uri.query());
        Address { url, route: self.route }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_the_same_whether_its_server_is_known_or_not() {
        let addresses = Addresses::default();
        for uri in [
            "http://127.0.0.1:8080/panic-api/callouts/570?shouldIncludeRoute=true",
            "http://127.0.0.1:8080/a%2Fb/%252e%252e/...?q=a%26b+c&q=",
            "http://127.0.0.1:8081",
            "https://a.example.com/x?",
            "https://A.example.com:443/",
            "https://a.example.com:444/a//b/?x=%C3%A9",
            "http://[::1]/x",
        ] {
            let parsed: Uri = uri.parse().unwrap();
            for _ in 0..2 {
                let address = addresses.of(&parsed).unwrap();
                assert_eq!(address.url, Url::parse(uri).unwrap());
                let expected = if uri.starts_with("http:") { Route::Direct } else { Route::Https };
                assert_eq!(address.route, expected, "{uri}");
            }
        }
        assert_eq!(addresses.of(&Uri::from_static("http://a.example.com/")).unwrap().route, Route::PlainHttp);
        assert!(addresses.of(&Uri::from_static("/callouts")).is_err());
    }

    #[test]
    fn any_number_of_servers_is_served() {
        let addresses = Addresses::default();
        for port in (1_000..1_100).chain(1_000..1_100) {
            let uri: Uri = format!("http://127.0.0.1:{port}/x").parse().unwrap();
            assert_eq!(addresses.of(&uri).unwrap().url.port(), Some(port));
        }
        assert!(addresses.0.read().unwrap().len() <= MOST);
    }
}
