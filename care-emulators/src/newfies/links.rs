//! Hyperlinks in responses and in requests.
//!
//! A link in a response contains the host of the request. A link in a request is resolved by its path alone: host,
//! query and fragment are ignored, and so is the root of the installation in an absolute link.

use std::sync::Arc;

/// The path prefix of a server, split as Django sees it.
#[derive(Debug, Clone)]
pub(super) struct Root {
    /// The root of the installation, such as `/dialer`.
    script: String,
    /// The API's own prefix, such as `/rest-api`.
    api: String,
    /// The paths of all resources, including those that aren't emulated.
    resources: Arc<[&'static str]>,
}

impl Root {
    pub(super) fn new(prefix: &str, resources: impl IntoIterator<Item = &'static str>) -> Self {
        let at = prefix.rfind('/').unwrap_or_default();
        let (script, api) = prefix.split_at(at);
        Self { script: script.to_owned(), api: api.to_owned(), resources: resources.into_iter().collect() }
    }

    /// The resource and id of a link, whatever its host.
    ///
    /// # Errors
    ///
    /// The framework's message for a link that doesn't match any resource.
    pub(super) fn resolve<'a>(&self, link: &'a str) -> Result<(&'a str, &'a str), &'static str> {
        const NO_MATCH: &str = "Invalid hyperlink - No URL match";
        let path = match link.strip_prefix("http:").or_else(|| link.strip_prefix("https:")) {
            Some(rest) => {
                let rest = rest.strip_prefix("//").ok_or(NO_MATCH)?;
                let path = rest.find('/').and_then(|at| rest.get(at..)).unwrap_or_default();
                let path = path.split(['?', '#']).next().unwrap_or_default();
                path.strip_prefix(self.script.as_str()).filter(|path| path.starts_with('/')).unwrap_or(path)
            }
            None => link,
        };
        let rest = path.strip_prefix(self.api.as_str()).and_then(|rest| rest.strip_prefix('/')).ok_or(NO_MATCH)?;
        let rest = rest.strip_suffix(".json").unwrap_or(rest).strip_suffix('/').ok_or(NO_MATCH)?;
        let (resource, id) = rest.split_once('/').ok_or(NO_MATCH)?;
        if !self.resources.contains(&resource) || id.is_empty() || id.contains('/') {
            return Err(NO_MATCH);
        }
        Ok((resource, id))
    }
}

/// Makes the links of one response.
#[derive(Debug, Clone)]
pub(super) struct Links {
    /// The scheme of the framework's links.
    pub(super) scheme: &'static str,
    /// The host of the request.
    pub(super) host: String,
    pub(super) prefix: String,
    /// The suffix of the request's path: `""` or `.json`.
    pub(super) suffix: &'static str,
}

impl Links {
    pub(super) fn to(&self, resource: &str, id: u64) -> String {
        format!("{}{id}/{}", self.list(resource), self.suffix)
    }

    pub(super) fn to_some(&self, resource: &str, id: Option<u64>) -> Option<String> {
        id.map(|id| self.to(resource, id))
    }

    pub(super) fn list(&self, resource: &str) -> String {
        format!("{}://{}{}/{resource}/", self.scheme, self.host, self.prefix)
    }

    /// A link that the server's code concatenates by hand: it always starts with `http`. `id` may be the string `None`.
    pub(super) fn hand_built(&self, resource: &str, id: impl std::fmt::Display) -> String {
        format!("http://{}{}/{resource}/{id}/", self.host, self.prefix)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_resolved_by_its_path_alone() {
        let root = Root::new("/dialer/rest-api", ["event"]);
        for link in [
            "http://127.0.0.1:8000/dialer/rest-api/event/5/",
            "https://elsewhere.example/dialer/rest-api/event/5/",
            "http://x/rest-api/event/5/",
            "/rest-api/event/5/",
            "/rest-api/event/5/.json",
            "http://x/rest-api/event/5/?page=2",
        ] {
            assert_eq!(root.resolve(link), Ok(("event", "5")), "{link}");
        }
        for link in [
            "",
            "5",
            "event/5/",
            "/rest-api/event/5",
            "/rest-api/event/",
            "/rest-api/user/2/",
            "/dialer/rest-api/event/5/",
            "ftp://x/rest-api/event/5/",
            "http://x",
            "/rest-api/event/5/get_list_child/",
        ] {
            assert_eq!(root.resolve(link), Err("Invalid hyperlink - No URL match"), "{link}");
        }
        assert_eq!(
            Root::new("/rest-api", ["event"]).resolve("http://x/rest-api/user-1/2/"),
            Err("Invalid hyperlink - No URL match")
        );
        assert_eq!(Root::new("/rest-api", ["gateway"]).resolve("/rest-api/gateway/abc/"), Ok(("gateway", "abc")));
    }
}
