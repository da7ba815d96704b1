use super::hide::hidden;
use crate::{RawResponse, sent::Sent};
use serde_json::Value;

const LONGEST: usize = 300;

/// The server's own words, cut to a sensible length, without the values that we sent and without anything that looks
/// personal: servers like to quote what displeases them.
pub(crate) fn server_message(response: &RawResponse, sent: &Sent<'_>) -> Option<Box<str>> {
    let text = hidden(&words(response)?, &sent.values(), LONGEST);
    (!text.is_empty()).then(|| text.into())
}

fn words(response: &RawResponse) -> Option<String> {
    let body = std::str::from_utf8(&response.body).ok()?.trim();
    match serde_json::from_str(body) {
        Ok(Value::Object(map)) => ["message", "error_description", "detail", "error"]
            .iter()
            .find_map(|key| map.get(*key).and_then(Value::as_str))
            .map(str::to_owned),
        Ok(Value::String(text)) => Some(text),
        Ok(_) => None,
        // A page, or a document that was cut: its beginning is no message.
        Err(_) if body.starts_with(['<', '{', '[', '"']) => None,
        Err(_) => body.lines().next().map(str::to_owned),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Credentials, Operation, Pipeline, RequestParts, Safety, Secret};
    use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

    const PUT: Operation = Operation::new("test.put", "/users/{name}/notes/{id}", Safety::Once, "");

    fn said(body: &str, parts: &RequestParts, headers: &HeaderMap, credentials: Credentials) -> Option<Box<str>> {
        let pipeline = Pipeline::builder("http://localhost", "x").credentials(credentials).build().unwrap();
        let answer = RawResponse::new(StatusCode::BAD_REQUEST, HeaderMap::new(), body.to_owned());
        server_message(&answer, &Sent { pipeline: &pipeline, operation: &PUT, parts, headers })
    }

    fn plain(body: &str) -> Option<Box<str>> {
        said(body, &RequestParts::get(["x"]), &HeaderMap::new(), Credentials::None)
    }

    #[test]
    fn finds_the_message_in_the_usual_places() {
        assert_eq!(plain(r#"{"message":"no such callout"}"#).as_deref(), Some("no such callout"));
        assert_eq!(plain(r#"{"error":"invalid_grant","detail":"gone"}"#).as_deref(), Some("gone"));
        assert_eq!(plain(r#""try later""#).as_deref(), Some("try later"));
        assert_eq!(plain("try later\nsecond line").as_deref(), Some("try later"));
        for nothing in ["<html>busy</html>", "", r#"{"message":7}"#, "[1]", r#"{"customer":{"name":"Jo"#, r#"["Jo"#] {
            assert_eq!(plain(nothing), None, "{nothing}");
        }
        assert!(plain(&format!(r#"{{"message":"{}"}}"#, "ä ".repeat(9_000))).unwrap().chars().count() <= LONGEST);
    }

    #[test]
    fn hides_whatever_was_sent() {
        let (bare, none) = (RequestParts::get(["users", "jo", "notes", "570"]), HeaderMap::new());
        let json = serde_json::json!({"name": "Canary Bird", "at": {"latitude": -26.5}, "secret": ["hush-hush"]});
        let form = HeaderValue::from_static("application/x-www-form-urlencoded");
        let added = HeaderMap::from_iter([(HeaderName::from_static("x-note"), HeaderValue::from_static("hush"))]);
        let key = || Credentials::header(HeaderName::from_static("x-key"), &Secret::new("hush")).unwrap();
        for (text, parts, headers, credentials, shown) in [
            (
                "users joan 570 notes",
                RequestParts::get(["users", "joan", "notes", "570"]),
                &none,
                Credentials::None,
                "users [sent] 570 notes",
            ),
            ("no hush", bare.clone().query("q", "hush"), &none, Credentials::None, "no [sent]"),
            ("no hush", bare.clone(), &added, Credentials::None, "no [sent]"),
            ("no hush", bare.clone(), &none, key(), "no [sent]"),
            ("no hush", bare.clone(), &none, Credentials::Query("q".into(), "hush".into()), "no [sent]"),
            ("no hush", bare.clone(), &none, Credentials::bearer(&"hush".into()).unwrap(), "no [sent]"),
            ("no h s/h", bare.clone().body(form, "a=b&c=h+s%2Fh"), &none, Credentials::None, "no [sent]"),
            (
                "no hush",
                bare.clone().body(HeaderValue::from_static("text/plain"), "hush\nx"),
                &none,
                Credentials::None,
                "no [sent]",
            ),
            (
                "no A & B, no A &amp; B",
                bare.clone().body(HeaderValue::from_static("application/xml"), "<a b=\"c\"><d>A &amp; B</d></a>"),
                &none,
                Credentials::None,
                "no [sent], no [sent]",
            ),
            (
                "not jo nor hush",
                RequestParts::get(["x"]),
                &none,
                Credentials::basic("crm", &"hush".into()).unwrap(),
                "not jo nor [sent]",
            ),
            ("no hüsh", bare.clone(), &none, Credentials::basic_latin1("crm", &"hüsh".into()).unwrap(), "no [sent]"),
            (
                "Canary Bird at -26.5: hush-hush",
                bare.json(&json).unwrap(),
                &none,
                Credentials::None,
                "[sent] at [sent]: [sent]",
            ),
        ] {
            let credential = format!("{credentials:?}");
            assert_eq!(said(text, &parts, headers, credentials).as_deref(), Some(shown), "{parts:?} {credential}");
        }
    }
}
