//! Canaries: values that tests send as secrets and personal data, and then look for wherever programs print.

mod traced;

pub use self::traced::Traced;

use crate::error_texts::assert_each_sentence_once;
use care_client_core::Error;
use serde_json::json;
use std::{error::Error as _, fmt::Debug};
use wiremock::{Request, Respond, ResponseTemplate};

/// Each secret and each personal value that a test sends holds one of these: a word, digits of a position, and digits
/// of a telephone number (`+12025550177`). The last one is the word in base64, in lower case: the header of HTTP basic
/// authentication begins with it if the user name begins with the word.
pub const MARKS: [&str; 4] = ["canary", "707107", "5550177", "y2fuyxj5"];

/// What was printed.
#[derive(Debug, Default)]
pub struct Printed(Vec<String>);

impl Printed {
    /// Adds what `Debug` prints, in both of its forms.
    pub fn debug(&mut self, value: &impl Debug) {
        self.text([format!("{value:?}"), format!("{value:#?}")]);
    }

    /// Adds all that an error prints, and that each of its causes does.
    pub fn error(&mut self, error: &Error) {
        assert_each_sentence_once(error);
        self.debug(error);
        self.text([error.to_string(), format!("{error:#}"), error.report()]);
        let mut source = error.source();
        while let Some(cause) = source {
            self.text([cause.to_string(), format!("{cause:?}")]);
            source = cause.source();
        }
    }

    /// Adds texts, such as an observer's notes, a log or the content of a file.
    pub fn text(&mut self, texts: impl IntoIterator<Item = String>) {
        self.0.extend(texts);
    }

    /// All that was added.
    #[must_use]
    pub fn texts(&self) -> &[String] {
        &self.0
    }

    /// Panics if one of the [`MARKS`] stands in it, in any case.
    #[track_caller]
    pub fn shows_nothing(&self) {
        assert!(!self.0.is_empty(), "nothing was printed");
        for text in &self.0 {
            let low = text.to_lowercase();
            if let Some(at) = MARKS.iter().find_map(|mark| low.find(mark)) {
                let around: String = low[..at].chars().rev().take(200).collect();
                panic!(
                    "…{}{}",
                    around.chars().rev().collect::<String>(),
                    low[at..].chars().take(40).collect::<String>()
                );
            }
        }
    }
}

/// Answers with all that it was sent: the header with the credentials, the body and the address.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Echo {
    /// A status with a JSON object that has it as `message` and as `error`.
    Message(u16),
    /// A status with plain text.
    Plain(u16),
    /// A status with a page of HTML.
    Page(u16),
    /// A status with this content type and an answer of the service's own form.
    Own(u16, &'static str, fn(&str) -> String),
    /// A redirect whose target has a canary.
    Redirect,
}

impl Echo {
    /// Each of the forms that any service may answer in, with the statuses that clients treat differently.
    #[must_use]
    pub fn all() -> Vec<Self> {
        let statuses = [400, 401, 403, 404, 409, 429, 500, 503];
        let refusals = statuses.into_iter().flat_map(|n| [Self::Message(n), Self::Plain(n), Self::Page(n)]);
        refusals.chain([Self::Redirect, Self::Page(200)]).collect()
    }
}

impl Respond for Echo {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let header = request.headers.get("authorization").map(|value| value.to_str().unwrap());
        let body = String::from_utf8_lossy(&request.body);
        let all = format!("{} wants {body} of {}", header.unwrap_or_default(), request.url);
        match *self {
            Self::Message(status) => ResponseTemplate::new(status).set_body_json(json!({"message": all, "error": all})),
            Self::Plain(status) => ResponseTemplate::new(status).set_body_string(all),
            Self::Page(status) => ResponseTemplate::new(status).set_body_raw(format!("<html>{all}"), "text/html"),
            Self::Own(status, content_type, form) => {
                ResponseTemplate::new(status).set_body_raw(form(&all), content_type)
            }
            Self::Redirect => {
                ResponseTemplate::new(302).insert_header("location", "https://example.net/canary?key=canary")
            }
        }
    }
}
