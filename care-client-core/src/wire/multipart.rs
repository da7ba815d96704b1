//! Forms of several parts (`multipart/form-data`), for operations that take a file.
//!
//! The whole body is in memory, so that a request can be sent again. Names and file names are written as HTML forms
//! write them: quotes and line breaks percent-encoded, everything else as UTF-8.
//!
//! ```
//! use care_client_core::{RequestParts, wire::multipart::Form};
//!
//! let form = Form::new()
//!     .text("private", "true")?
//!     .file("file", "receipt.pdf", "application/pdf", b"%PDF-1.7 ...")?;
//! let parts = form.apply(RequestParts::post(["attachments"]))?;
//! let media_type = parts.headers()["content-type"].to_str()?;
//! assert!(media_type.starts_with("multipart/form-data; boundary="));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Source: RFC 7578; WHATWG, *HTML*, "Multipart form data".

use crate::{error::Error, request::RequestParts};
use http::HeaderValue;
use std::fmt;

/// A form of several parts.
#[derive(Clone, Default)]
#[must_use = "give it a request by apply(..)"]
pub struct Form {
    parts: Vec<(String, Vec<u8>)>,
}

impl Form {
    /// A form without parts.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a text.
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if the name is empty.
    pub fn text(mut self, name: &str, value: &str) -> Result<Self, Error> {
        let head = format!("Content-Disposition: form-data; name=\"{}\"\r\n\r\n", quoted(name, "a part's name")?);
        self.parts.push((head, value.as_bytes().to_vec()));
        Ok(self)
    }

    /// Adds a file with its name and its media type.
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if a name is empty, or the media type isn't one.
    pub fn file(mut self, name: &str, filename: &str, media_type: &str, content: &[u8]) -> Result<Self, Error> {
        let is_token = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic());
        let essence = media_type.split(';').next().unwrap_or_default().trim();
        let is_media_type = essence.split_once('/').is_some_and(|(kind, sub)| is_token(kind) && is_token(sub));
        if !is_media_type || media_type.chars().any(|c| c.is_control() || !c.is_ascii()) {
            return Err(Error::request("the file's media type is invalid: give one such as application/pdf"));
        }
        let (name, filename) = (quoted(name, "a part's name")?, quoted(filename, "the file's name")?);
        let head = format!(
            "Content-Disposition: form-data; name=\"{name}\"; filename=\"{filename}\"\r\n\
             Content-Type: {media_type}\r\n\r\n"
        );
        self.parts.push((head, content.to_vec()));
        Ok(self)
    }

    /// Sets the form as the body of a request.
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if the form has no part.
    pub fn apply(self, request: RequestParts) -> Result<RequestParts, Error> {
        if self.parts.is_empty() {
            return Err(Error::request("the form has no part"));
        }
        let boundary = self.boundary();
        let mut body =
            Vec::with_capacity(self.parts.iter().map(|(head, content)| head.len() + content.len() + 64).sum());
        for (head, content) in &self.parts {
            body.extend_from_slice(format!("--{boundary}\r\n{head}").as_bytes());
            body.extend_from_slice(content);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
        let media_type = HeaderValue::from_str(&format!("multipart/form-data; boundary={boundary}"))
            .map_err(|_| Error::request("the boundary of the form is no header"))?;
        Ok(request.body(media_type, body))
    }

    /// A line that is in no part: random, and drawn again if it is.
    fn boundary(&self) -> String {
        loop {
            let boundary = format!("form-{:016x}{:016x}", fastrand::u64(..), fastrand::u64(..));
            let found = |content: &Vec<u8>| content.windows(boundary.len()).any(|window| window == boundary.as_bytes());
            if !self.parts.iter().any(|(_, content)| found(content)) {
                return boundary;
            }
        }
    }
}

/// A name between quotes.
fn quoted(name: &str, what: &str) -> Result<String, Error> {
    if name.trim().is_empty() {
        return Err(Error::request(format!("{what} is empty")));
    }
    Ok(name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A"))
}

// Names and contents can be personal data.
impl fmt::Debug for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Form").field("parts", &self.parts.len()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(form: Form) -> String {
        let parts = form.apply(RequestParts::post(["x"])).unwrap();
        let boundary = parts.headers()["content-type"].to_str().unwrap().split_once("boundary=").unwrap().1.to_owned();
        String::from_utf8(parts.body_bytes().to_vec()).unwrap().replace(&boundary, "BOUNDARY")
    }

    #[test]
    fn parts_are_written_as_forms_of_browsers_write_them() {
        let form = Form::new().text("private", "true").unwrap();
        let form = form.file("file", "ä \"b\".txt", "text/plain; charset=utf-8", b"one\r\ntwo").unwrap();
        assert_eq!(
            body(form),
            "--BOUNDARY\r\nContent-Disposition: form-data; name=\"private\"\r\n\r\ntrue\r\n\
             --BOUNDARY\r\nContent-Disposition: form-data; name=\"file\"; filename=\"ä %22b%22.txt\"\r\n\
             Content-Type: text/plain; charset=utf-8\r\n\r\none\r\ntwo\r\n--BOUNDARY--\r\n"
        );
    }

    #[test]
    fn a_name_cannot_end_its_header() {
        let form = Form::new().file("file", "a\r\nX-Evil: 1", "text/plain", b"").unwrap();
        assert!(body(form).contains("filename=\"a%0D%0AX-Evil: 1\""));
        for (name, media_type) in
            [("", "text/plain"), ("a", "text"), ("a", "text/plain\r\nX: 1"), ("a", "/"), ("a", "")]
        {
            let error = Form::new().file("file", name, media_type, b"").unwrap_err();
            assert_eq!(error.kind(), crate::Kind::Request, "{name} {media_type}");
        }
        assert!(Form::new().apply(RequestParts::post(["x"])).is_err());
    }

    #[test]
    fn debug_shows_no_content() {
        let form = Form::new().text("name", "CANARY").unwrap();
        assert_eq!(format!("{form:?}"), "Form { parts: 1, .. }");
    }
}
