//! One row of the table of acts: a method, a path, and an example of its body.

use http::Method;

/// The path of an emulator's own endpoints, which are not journaled and never fail.
pub(super) const PREFIX: &str = "/_emulator/";

/// One thing that can be done by HTTP.
#[derive(Debug, Clone)]
pub(crate) struct Act {
    method: Method,
    /// `{name}` stands for one segment, `{this|that}` for one of these segments.
    path: String,
    /// An example of the body, or nothing.
    body: &'static str,
}

impl Act {
    /// A read of the path after `/_emulator/`.
    pub(crate) fn get(path: &str) -> Self {
        Self { method: Method::GET, path: format!("{PREFIX}{path}"), body: "" }
    }

    /// A post to the path after `/_emulator/`, with an example of its body or `""`.
    pub(crate) fn post(path: &str, body: &'static str) -> Self {
        Self { method: Method::POST, path: format!("{PREFIX}{path}"), body }
    }

    pub(super) fn delete(path: &str) -> Self {
        Self { method: Method::DELETE, path: format!("{PREFIX}{path}"), body: "" }
    }

    pub(super) fn is(&self, method: &Method, path: &str) -> bool {
        let fits = |(known, sent): (&str, &str)| match known.strip_prefix('{').and_then(|inner| inner.strip_suffix('}'))
        {
            Some(choices) if choices.contains('|') => choices.split('|').any(|choice| choice == sent),
            Some(_) => !sent.is_empty(),
            None => known == sent,
        };
        self.method == *method
            && self.path.split('/').count() == path.split('/').count()
            && self.path.split('/').zip(path.split('/')).all(fits)
    }

    /// The command line that does it at this origin.
    pub(super) fn curl(&self, origin: &str) -> String {
        let (path, body) = (&self.path, self.body);
        match (self.method.as_str(), body) {
            ("GET", _) => format!("curl {origin}{path}"),
            (method, "") => format!("curl -X {method} {origin}{path}"),
            (_, body) => format!("curl -d '{body}' {origin}{path}"),
        }
    }
}
