//! Answers: raw as they came, and with the value that an endpoint read from them. Reading says what it means for the
//! server's state if it fails: see [`DecodeError`].

mod format;
mod look;
mod page;

pub use format::AnswerFormat;
pub use page::{Page, Rows, Undecodable};

use crate::{
    error::DecodeError,
    wire::{
        isolated,
        json::{self, JsonError},
        scan,
    },
};
use bytes::Bytes;
use chrono::{DateTime, NaiveDateTime, Utc};
use http::{
    HeaderMap, StatusCode,
    header::{CONTENT_TYPE, DATE, HeaderName, RETRY_AFTER},
};
use look::{Look, look};
use serde::de::DeserializeOwned;
use std::{fmt, time::Duration};

/// An answer as it came: status, headers and the whole body.
///
/// `Debug` shows the status and sizes only, since bodies and headers can hold secrets and personal data.
#[derive(Clone, PartialEq)]
pub struct RawResponse {
    /// The HTTP status.
    pub status: StatusCode,
    /// The headers as received.
    pub headers: HeaderMap,
    /// The body as received; the part that came, where the body was cut.
    pub body: Bytes,
}

impl RawResponse {
    /// Makes an answer, for transports of your own.
    pub fn new(status: StatusCode, headers: HeaderMap, body: impl Into<Bytes>) -> Self {
        Self { status, headers, body: body.into() }
    }

    /// Reads the body as JSON.
    ///
    /// Damage in a value that nobody reads, or in one row of a list, hides nothing else: a bare `NaN`, half an emoji, a
    /// character in Latin-1, a raw line break.
    ///
    /// # Errors
    ///
    /// A [foreign response](DecodeError::foreign) if the body is no JSON at all: markup, plain text, UTF-16, compressed
    /// bytes that nobody asked for. Otherwise [unreadable](DecodeError::unreadable) with the JSON path of the first
    /// unexpected value. No value of the body is in the error.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, DecodeError> {
        json::read(&self.body).or_else(|error| self.json_again(&error))
    }

    #[cold]
    fn json_again<T: DeserializeOwned>(&self, error: &JsonError) -> Result<T, DecodeError> {
        if let Some(what) = look(&self.body).not_json() {
            return Err(DecodeError::foreign(format!("{what} instead of JSON")));
        }
        let read = isolated(&self.body).and_then(|copy| json::read(&copy).ok());
        read.ok_or_else(|| DecodeError::unreadable(error.path().to_owned(), error.what().to_owned()))
    }

    /// Reads the body as JSON, for an object that has at least one of these fields.
    ///
    /// # Errors
    ///
    /// Those of [`json`](Self::json), and a [foreign response](DecodeError::foreign) if it is an object that can't be
    /// read and has none of the fields: the answer of something else, such as `{"error": "not logged in"}`.
    pub fn json_with<T: DeserializeOwned>(&self, fields: &[&str]) -> Result<T, DecodeError> {
        self.json().map_err(|error| {
            let is_object = || self.body.trim_ascii_start().starts_with(b"{") && json::is_sound(&self.body);
            let has_none = || scan::members(&self.body).all(|(name, _)| !fields.contains(&&*name));
            if !error.is_foreign_response() && is_object() && has_none() {
                DecodeError::foreign("an object without any field of the service's answer")
            } else {
                error
            }
        })
    }

    /// Accepts any answer of the service where its content is not needed: an empty body, JSON, or plain text.
    ///
    /// # Errors
    ///
    /// A [foreign response](DecodeError::foreign) if it is a page of HTML or XML, as proxies and captive portals
    /// answer, compressed bytes or UTF-16; text of a media type such as `text/html`; or a JSON object that says
    /// `error`.
    pub fn accepted(&self) -> Result<(), DecodeError> {
        let look = look(&self.body);
        let what = match look {
            Look::Empty => None,
            Look::Json => says_error(&self.body).then_some("an error"),
            // Where no answer is documented, its media type decides.
            Look::Text => (!AnswerFormat::Json.has(self.media_type())).then_some("text of a foreign media type"),
            _ => look.not_json(),
        };
        what.map_or(Ok(()), |what| {
            Err(DecodeError::foreign(format!("{what} where the service answers JSON, plain text or nothing")))
        })
    }

    /// Whether somebody else than a service whose answers have this format has written it.
    pub(crate) fn is_foreign_to(&self, format: AnswerFormat) -> bool {
        format.is_foreign(self.media_type(), &self.body)
    }

    /// The media type as it is said, without parameters, in small letters; `None` if the answer says none.
    pub(crate) fn media_type(&self) -> Option<String> {
        let said = self.headers.get(CONTENT_TYPE)?;
        let said = String::from_utf8_lossy(said.as_bytes());
        let name = said.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        (!name.is_empty()).then_some(name)
    }

    /// Whether it is a page of HTML, by its media type or its beginning.
    pub(crate) fn is_html(&self) -> bool {
        let start = self.body.trim_ascii_start();
        let begins = |with: &[u8]| start.get(..with.len()).is_some_and(|start| start.eq_ignore_ascii_case(with));
        begins(b"<!doctype html") || begins(b"<html") || (self.says_html() && begins(b"<"))
    }

    fn says_html(&self) -> bool {
        let said = self.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        said.is_some_and(|said| said.get(..9).is_some_and(|start| start.eq_ignore_ascii_case("text/html")))
    }

    /// The server's id of this exchange, if it sent one in one of the usual headers: at most 200 letters, digits and
    /// the signs `-_.:/+=@`, which logs can hold. Anything else counts as none.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.request_id_header().map(|(_, id)| id)
    }

    pub(crate) fn request_id_header(&self) -> Option<(&'static str, &str)> {
        const NAMES: [&str; 4] = ["x-request-id", "x-correlation-id", "x-amzn-requestid", "request-id"];
        let is_safe = |id: &str| {
            let is_of_id = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.:/+=@".contains(&byte);
            (1..=200).contains(&id.len()) && id.bytes().all(is_of_id)
        };
        let given = NAMES.iter().filter_map(|name| Some((*name, self.headers.get(*name)?.to_str().ok()?)));
        given.into_iter().find(|(_, id)| is_safe(id))
    }
}

/// Whether an object says that something failed: an `error` or `errors` that isn't empty.
fn says_error(body: &[u8]) -> bool {
    scan::members(body).any(|(name, value)| matches!(&*name, "error" | "errors") && value.is_truthy())
}

impl fmt::Debug for RawResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RawResponse")
            .field("status", &self.status.as_u16())
            .field("headers", &self.headers.len())
            .field("body_bytes", &self.body.len())
            .finish()
    }
}

/// The value of a call together with the answer it was read from. Made by [`Call::response`](crate::Call::response).
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Response<T> {
    /// What the endpoint read from the answer.
    pub value: T,
    pub(crate) raw: RawResponse,
    pub(crate) attempts: u32,
    pub(crate) elapsed: Duration,
}

impl<T> Response<T> {
    /// The HTTP status of the last attempt.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.raw.status
    }

    /// The headers of the last attempt.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.raw.headers
    }

    /// The body as received, with all that the value has no field for.
    #[must_use]
    pub fn body(&self) -> &Bytes {
        &self.raw.body
    }

    /// The server's id of the exchange, if it gave one.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.raw.request_id()
    }

    /// How many HTTP exchanges the call took, beginning with 1.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.attempts
    }

    /// How long the call took, waits between attempts included.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.elapsed
    }
}

/// The wait that `Retry-After` asks for: a number of seconds, of which a fraction counts as a whole one, or a date in
/// any of the three forms of HTTP (RFC 9110, sections 5.6.7 and 10.2.3) or of RFC 3339. Of several, the longest counts.
///
/// A date is counted from the answer's own `Date`, so that a wrong clock on either side doesn't matter; without one,
/// from the local clock. A date that has passed means no wait. What can't be read is a wish to wait all the same.
pub(crate) fn retry_after(headers: &HeaderMap) -> Option<RetryAfter> {
    let waits =
        headers.get_all(RETRY_AFTER).iter().map(|value| wait(value.to_str().unwrap_or_default().trim(), headers));
    waits.max()
}

/// How long a server asks to wait before the next request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum RetryAfter {
    /// It asks in words that can't be read.
    Unreadable,
    For(Duration),
}

impl RetryAfter {
    /// The time, if it could be read.
    pub(crate) fn time(self) -> Option<Duration> {
        match self {
            Self::Unreadable => None,
            Self::For(time) => Some(time),
        }
    }
}

fn wait(text: &str, headers: &HeaderMap) -> RetryAfter {
    let digits = text.strip_prefix('+').unwrap_or(text);
    let is_number = digits.starts_with(|first: char| first.is_ascii_digit())
        && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    if is_number && let Ok(seconds) = digits.parse::<f64>() {
        // What fits no number still means a very long time.
        let longest = Duration::from_secs(u32::MAX.into());
        return RetryAfter::For(Duration::try_from_secs_f64(seconds.ceil()).map_or(longest, |wait| wait.min(longest)));
    }
    let Some(until) = http_date(text).or_else(|| DateTime::parse_from_rfc3339(text).ok().map(|date| date.to_utc()))
    else {
        return RetryAfter::Unreadable;
    };
    let now = header_date(headers, &DATE).unwrap_or_else(Utc::now);
    RetryAfter::For((until - now).to_std().unwrap_or(Duration::ZERO))
}

fn header_date(headers: &HeaderMap, name: &HeaderName) -> Option<DateTime<Utc>> {
    http_date(headers.get(name)?.to_str().ok()?)
}

fn http_date(text: &str) -> Option<DateTime<Utc>> {
    let naive = |format| NaiveDateTime::parse_from_str(text, format).ok();
    let date = DateTime::parse_from_rfc2822(text).ok().map(|date| date.naive_utc());
    date.or_else(|| naive("%A, %d-%b-%y %H:%M:%S GMT"))
        .or_else(|| naive("%a %b %e %H:%M:%S %Y"))
        .map(|date| date.and_utc())
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    fn answer(content_type: Option<&'static str>, body: &'static str) -> RawResponse {
        let mut headers = HeaderMap::new();
        if let Some(text) = content_type {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static(text));
        }
        RawResponse::new(StatusCode::OK, headers, body)
    }

    #[test]
    fn a_page_is_a_foreign_response_even_where_the_body_is_not_needed() {
        for body in ["<html></html>", "\n  <!doctype html>", "\u{feff}<html>", "<?xml version=\"1.0\"?>"] {
            assert!(answer(None, body).accepted().unwrap_err().is_foreign_response(), "{body}");
        }
        for body in ["", "OK", "{}", "[]", "null", r#"{"error":null,"message":"done"}"#] {
            for said in
                [Some("application/json; charset=utf-8"), Some("TEXT/PLAIN"), Some("application/hal+json"), None]
            {
                assert!(answer(said, body).accepted().is_ok(), "{body}");
            }
        }
    }

    #[test]
    fn where_no_answer_is_documented_the_media_type_decides_and_an_error_is_no_success() {
        for said in ["text/html; charset=utf-8", "text/xml", "image/png", "text/css", "application/xhtml+xml"] {
            assert!(answer(Some(said), "Please sign in").accepted().unwrap_err().is_foreign_response(), "{said}");
            // JSON under another name is JSON.
            assert!(answer(Some(said), r#"{"message":"done"}"#).accepted().is_ok(), "{said}");
        }
        for body in [
            r#"{"error":"not logged in"}"#,
            r#"{"errors":[{"message":"not logged in"}]}"#,
            r#"{"x":NaN,"error":{"code":1}}"#,
            "--> <html>",
            "\u{b}<html>",
            "\u{a0}\u{200b}<html>",
            "Warning: mysql_connect() in /a.php\n<html>",
        ] {
            assert!(answer(Some("application/json"), body).accepted().unwrap_err().is_foreign_response(), "{body}");
        }
    }

    #[test]
    fn a_gateways_answer_is_told_by_its_media_type_and_its_body() {
        use AnswerFormat::{Json, Xml};
        for (said, body, is_of) in [
            ("application/json", "{}", vec![Json]),
            ("application/problem+json; charset=utf-8", r#"{"title":"Not found"}"#, vec![Json]),
            ("", r#"{"error":"unknown id"}"#, vec![Json]),
            ("", "Unauthorized", vec![Json, Xml]),
            ("text/plain", "Unauthorized", vec![Json, Xml]),
            ("", "", vec![Json, Xml]),
            ("application/xml", "", vec![Xml]),
            ("Text/XML; charset=utf-8", "<error/>", vec![Xml]),
            ("", "<error/>", vec![Xml]),
            ("application/atom+xml", "<error/>", vec![Xml]),
            ("text/html", "", vec![]),
            ("text/html", "Unauthorized", vec![]),
            ("application/xhtml+xml", "<error/>", vec![]),
            ("application/json", "<html>", vec![]),
            ("application/xml", "<html>", vec![]),
            ("", "--><html>", vec![]),
            ("image/png", "{}", vec![]),
            ("application/json", "<error/>", vec![]),
        ] {
            let raw = answer(Some(said).filter(|said| !said.is_empty()), body);
            for format in [Json, Xml] {
                assert_eq!(!raw.is_foreign_to(format), is_of.contains(&format), "{said} {body} {format:?}");
            }
        }
    }

    #[test]
    fn an_object_without_any_field_of_the_answer_is_foreign() {
        #[derive(Debug, serde::Deserialize)]
        struct Row {
            #[allow(dead_code, reason = "only read")]
            id: u64,
        }
        let read = |body| answer(None, body).json_with::<Row>(&["id", "status"]).map_err(|e| e.is_foreign_response());
        assert!(read(r#"{"id":7}"#).is_ok());
        for body in ["{}", r#"{"error":"not logged in"}"#, r#"{"a":{"id":7}}"#] {
            assert!(read(body).unwrap_err(), "{body}");
        }
        for body in [r#"{"status":"x"}"#, r#"{"id":"x"}"#, r#"{"error":"#, "[]", "null", r#"{"x":NaN,"id":"x"}"#] {
            assert!(!read(body).unwrap_err(), "{body}");
        }
    }

    #[test]
    fn json_tells_a_foreign_response_from_an_unreadable_answer() {
        assert!(answer(None, "<p>busy</p>").json::<u8>().unwrap_err().is_foreign_response());
        assert!(answer(Some("text/html"), "busy").json::<u8>().unwrap_err().is_foreign_response());
        for body in ["busy", "Please sign in", "\u{feff}<p>"] {
            assert!(answer(None, body).json::<u8>().unwrap_err().is_foreign_response(), "{body}");
        }
        for body in ["[1]", "", r#"{"id":"#, r#""a"#] {
            assert!(!answer(None, body).json::<u8>().unwrap_err().is_foreign_response(), "{body}");
        }
        assert_eq!(answer(None, "7").json::<u8>().unwrap(), 7);
    }
}

#[cfg(test)]
mod retry_after_tests {
    use super::*;
    use http::HeaderValue;

    fn asked(value: &'static str, date: Option<&'static str>) -> Option<Duration> {
        all_asked(value, date).and_then(RetryAfter::time)
    }

    fn all_asked(value: &'static str, date: Option<&'static str>) -> Option<RetryAfter> {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, HeaderValue::from_static(value));
        if let Some(date) = date {
            headers.insert(DATE, HeaderValue::from_static(date));
        }
        retry_after(&headers)
    }

    #[test]
    fn seconds_are_read() {
        assert_eq!(asked("0", None), Some(Duration::ZERO));
        assert_eq!(asked(" 120 ", None), Some(Duration::from_secs(120)));
        assert_eq!(asked("99999999999999999999999", None), Some(Duration::from_secs(u32::MAX.into())));
    }

    #[test]
    fn all_three_forms_of_a_date_are_counted_from_the_servers_own_clock() {
        let now = Some("Sun, 06 Nov 1994 08:49:07 GMT");
        for date in ["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"] {
            assert_eq!(asked(date, now), Some(Duration::from_secs(30)), "{date}");
        }
    }

    #[test]
    fn fractions_are_rounded_up_and_other_spellings_of_numbers_and_dates_are_read() {
        for (text, seconds) in [("0.4", 1), ("1.5", 2), ("+1", 1), ("+ 1", 0), ("2.0", 2), (".5", 0)] {
            let expected = (seconds > 0).then(|| Duration::from_secs(seconds));
            assert_eq!(asked(text, None), expected, "{text}");
        }
        let now = Some("Sun, 06 Nov 1994 08:49:07 GMT");
        for date in ["1994-11-06T08:49:37Z", "1994-11-06T09:49:37+01:00", "1994-11-06T08:49:37.000Z"] {
            assert_eq!(asked(date, now), Some(Duration::from_secs(30)), "{date}");
        }
    }

    #[test]
    fn of_several_the_longest_counts() {
        let mut headers = HeaderMap::new();
        for value in ["3", "soon", "120", "0"] {
            headers.append(RETRY_AFTER, HeaderValue::from_static(value));
        }
        assert_eq!(retry_after(&headers), Some(RetryAfter::For(Duration::from_secs(120))));
        assert_eq!(retry_after(&HeaderMap::new()), None);
    }

    #[test]
    fn a_date_that_has_passed_means_no_wait_and_what_cannot_be_read_is_a_wish_to_wait() {
        assert_eq!(asked("Sun, 06 Nov 1994 08:49:37 GMT", None), Some(Duration::ZERO));
        for nonsense in ["soon", "", "-1", "1,2", "2 s", "PT2S", "1e3", "Sun, 99 Nov 1994 08:49:37 GMT"] {
            assert_eq!(all_asked(nonsense, None), Some(RetryAfter::Unreadable), "{nonsense}");
        }
    }
}
