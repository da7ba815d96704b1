//! The server's own message, without what was sent to it and without what looks personal: servers like to quote the
//! input that they reject.
//!
//! Removed are, in this order:
//!
//! 1. every [value that was sent](super::sensitive_values), and pieces of it, in whatever [form](super::echo) the
//!    server repeats them, as `[sent]`;
//! 2. whatever looks like a mail address, a phone number, a coordinate or a token, as `[hidden]`;
//! 3. control characters, and everything after 300 characters. It is cut after the replacements: half of a secret is
//!    too much already.
//!
//! The server's id of an exchange is left out where it repeats what was sent.

use super::{echo::Echoes, encodings::decoded, engine::Outgoing, sensitive_values::sensitive_values};
use crate::{error::Error, response::RawResponse};
use serde_json::Value;

/// How much of a message is looked at, and shown at most, in characters.
const LOOKED_AT: usize = 2_000;
const LONGEST: usize = 300;

/// The server's own message, redacted and cut; `None` if the answer has none.
pub(super) fn server_message(response: &RawResponse, outgoing: &Outgoing<'_>) -> Option<Box<str>> {
    let text = redacted(&words(response)?, &sensitive_values(outgoing), LONGEST);
    (!text.is_empty()).then(|| text.into())
}

/// Takes the server's id of the exchange out of an error, if it repeats what was sent.
pub(crate) fn without_echo(mut error: Error, outgoing: &Outgoing<'_>) -> Error {
    if let Some(response) = &mut error.inner_mut().response {
        let is_echo = |id: &str| Echoes::of(&sensitive_values(outgoing)).has_any_of(id);
        while let Some((name, _)) = response.request_id_header().filter(|(_, id)| is_echo(id)) {
            response.headers.remove(name);
        }
    }
    error
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

/// Redacts a text, and cuts it to `longest` characters.
fn redacted(text: &str, sent: &[String], longest: usize) -> String {
    let text = without_sent(text, sent, longest);
    let mut words = text.split_inclusive(' ').peekable();
    let mut shown = String::new();
    while let Some(word) = words.next() {
        // A phone number can be several words.
        let mut group = vec![word];
        while is_of_a_number(word) && words.peek().is_some_and(|next| is_of_a_number(next)) {
            group.extend(words.next());
        }
        let whole = group.concat();
        if group.len() > 1 && digits(&whole) < 7 {
            shown.extend(group.into_iter().map(without_personal));
        } else {
            shown += &without_personal(&whole);
        }
    }
    shown.trim().to_owned()
}

/// Replaces before it cuts: half of a secret is too much already.
fn without_sent(text: &str, sent: &[String], longest: usize) -> String {
    let start: String = text.trim_start().chars().take(LOOKED_AT).collect();
    let chars: Vec<char> = decoded(&start).chars().collect();
    let hidden = Echoes::of(sent).hidden(&chars);
    // Where it was cut, part of a value may be left.
    let end = if start.len() < text.trim_start().len() { chars.len().saturating_sub(longest) } else { chars.len() };
    let (mut shown, mut length) = (String::new(), 0);
    for (at, c) in chars[..end].iter().enumerate() {
        if length >= longest {
            break;
        }
        if !hidden[at] {
            shown.push(*c);
            length += 1;
        } else if at == 0 || !hidden[at - 1] {
            shown += "[sent]";
            length += "[sent]".len();
        }
    }
    shown
}

fn without_personal(word: &str) -> String {
    let bare = word.trim_end();
    let long_and_mixed = bare.len() >= 20 && digits(bare) > 0 && bare.chars().any(|c| c.is_ascii_alphabetic());
    if bare.contains('@') || digits(bare) >= 7 || long_and_mixed || has_fraction(bare) {
        format!("[hidden]{}", &word[bare.len()..])
    } else {
        word.to_owned()
    }
}

fn digits(text: &str) -> usize {
    text.bytes().filter(u8::is_ascii_digit).count()
}

fn is_of_a_number(word: &str) -> bool {
    digits(word) > 0 && word.trim().bytes().all(|byte| byte.is_ascii_digit() || b"+-()./".contains(&byte))
}

/// Three decimals are a hundred metres.
fn has_fraction(word: &str) -> bool {
    let fractions = word.split('.').skip(1);
    fractions.into_iter().any(|part| part.bytes().take_while(u8::is_ascii_digit).count() >= 3)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        auth::{Credentials, Secret},
        operation::{Operation, Safety},
        request::RequestParts,
    };
    use base64::prelude::{BASE64_STANDARD, Engine as _};
    use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

    fn shown(text: &str) -> String {
        redacted(text, &["canary".to_owned(), "one\ntwo".to_owned()], 40)
    }

    #[test]
    fn what_was_sent_goes_as_a_whole_wherever_it_stands() {
        assert_eq!(shown("no canary, nor xcanaryx"), "no [sent], nor x[sent]x");
        assert_eq!(shown("one\ntwo\u{7}\tthree"), "[sent] three");
        assert_eq!(shown("no CANARY, nor Cánary, nor c%61nary"), "no [sent], nor [sent], nor [sent]");
        // At the cut, and behind what a replacement made room for.
        assert_eq!(shown(&format!("{}canary", "x".repeat(39))), format!("{}[sent]", "x".repeat(39)));
        assert!(!shown(&"canary".repeat(9)).contains("can"));
    }

    #[test]
    fn what_looks_personal_is_hidden() {
        for (text, safe) in [
            ("mail alex@example.com now", "mail [hidden] now"),
            ("call +1 202 555 0100 now", "call [hidden] now"),
            ("call (202) 555-0100", "call [hidden]"),
            ("call +12025550100", "call [hidden]"),
            ("at -26.2041, 28.0473", "at [hidden] [hidden]"),
            ("at (-26.204,28.047)", "at [hidden]"),
            ("got eyJhbGciOiJIUzI1NiJ9abcdef", "got [hidden]"),
        ] {
            assert_eq!(shown(text), safe);
        }
    }

    #[test]
    fn what_is_not_personal_is_shown() {
        for text in ["callout 570 is closed", "between 1 and 100 / 200", "use v1.2 of it", "1 2 3 go", "50 % of 12.5"] {
            assert_eq!(shown(text), text);
        }
    }

    const PUT: Operation = Operation::new("test.put", "/users/{name}/notes/{id}", Safety::Once, "");

    fn said(body: &str, parts: &RequestParts, headers: &HeaderMap, credentials: Credentials) -> Option<Box<str>> {
        let answer = RawResponse::new(StatusCode::BAD_REQUEST, HeaderMap::new(), body.to_owned());
        let outgoing = Outgoing { operation: &PUT, parts, headers, credentials: &credentials };
        server_message(&answer, &outgoing)
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

    /// A comment, its author and a key, as a service takes them.
    fn comment() -> (RequestParts, Credentials) {
        let text = "Alex Bücher fell in the bathroom at 12 Acacia Avenue";
        let body = serde_json::json!({"comment": text, "phone": "+12025550177"});
        let credentials = Credentials::basic("external-crm", &Secret::new("Winter2024")).unwrap();
        (RequestParts::post(["users", "x", "notes", "570"]).json(&body).unwrap(), credentials)
    }

    #[test]
    fn no_form_of_what_was_sent_is_shown() {
        let base64 = |text: &str| BASE64_STANDARD.encode(text);
        let hex = |text: &str| text.bytes().map(|byte| format!("{byte:02x}")).collect::<String>();
        let whole = "Alex Bücher fell in the bathroom at 12 Acacia Avenue";
        let mut forms = vec![
            whole.to_uppercase(),
            whole.to_lowercase(),
            whole.replace(' ', "%20").replace('ü', "%C3%BC"),
            whole.replace(' ', "+").replace('ü', "%c3%bc"),
            whole.replace('ü', "%FC"),
            whole.replace('ü', "&uuml;"),
            whole.replace('ü', "&#xfc;"),
            whole.replace('ü', "&amp;#252;"),
            whole.replace('ü', "\\u00fc"),
            whole.replace('ü', "\\xfc"),
            whole.replace('ü', "Ã¼"),
            whole.replace('ü', "u\u{308}"),
            whole.replace('ü', "?"),
            whole.replace('ü', "\u{fffd}"),
            whole.replace('ü', "u"),
            whole.replace(' ', "  "),
            whole.replace(' ', "_"),
            whole.replace(' ', "-").to_lowercase(),
            whole.replace(' ', ""),
            whole.replace(' ', "\u{200b} "),
            base64(whole),
            base64(whole).replace('=', ""),
            base64(whole)[..16].to_owned(),
            base64("external-crm:Winter2024"),
            format!("Basic {}", base64("external-crm:Winter2024")),
            hex(whole),
            hex("Winter2024").to_uppercase(),
            "EXTERNAL-CRM".to_owned(),
            "External CRM".to_owned(),
            "winter2024".to_owned(),
            "Winter20...".to_owned(),
            "'Alex Büch...'".to_owned(),
            "...room at 12 Acacia".to_owned(),
            "fell in the bathroom".to_owned(),
            "Acacia".to_owned(),
            "in the bath".to_owned(),
            "alex".to_owned(),
        ];
        // A server can cut what it repeats anywhere.
        forms.extend((6..whole.chars().count()).map(|length| whole.chars().take(length).collect()));
        let tell_tales = ["alex", "cher", "fell", "bath", "room", "acacia", "avenue", "crm", "winter", "2024", "buch"];
        for form in forms {
            for (before, after) in [("", ""), ("invalid comment: ", " is too long"), ("('", "')"), ("<", ">")] {
                let (parts, credentials) = comment();
                let body = serde_json::json!({"message": format!("{before}{form}{after}")}).to_string();
                let shown = said(&body, &parts, &HeaderMap::new(), credentials).unwrap();
                let folded = shown.to_lowercase();
                let told: Vec<_> = tell_tales.iter().filter(|word| folded.contains(**word)).collect();
                assert!(told.is_empty() && !folded.contains(&base64(whole)[..8].to_lowercase()), "{form}: {shown}");
                assert!(before.is_empty() || before.len() < 3 || shown.starts_with("invalid comment:"), "{shown}");
            }
        }
    }

    #[test]
    fn what_was_not_sent_is_shown() {
        for text in [
            "the comment is too long: at most 255 characters",
            "callout 570 is in the state closed",
            "request not found for this account",
            "Authentication credentials were not provided.",
            "rate limit exceeded, retry in 30 seconds",
        ] {
            let (parts, credentials) = comment();
            let body = serde_json::json!({ "message": text }).to_string();
            assert_eq!(said(&body, &parts, &HeaderMap::new(), credentials).as_deref(), Some(text));
        }
    }

    #[test]
    fn the_id_of_an_exchange_is_shown_only_if_it_is_one_and_repeats_nothing() {
        let (parts, credentials) = comment();
        for (id, shown) in [
            ("7f3c2a10-0b1c-4d2e-9f00-1234567890ab", true),
            ("Root=1-67891233-abcdef012345678912345678", true),
            ("req_570", true),
            ("external-crm", false),
            ("req-Acacia-1", false),
            ("alex+bucher", false),
            ("QWxleCBCw7xjaGVyIGZlbGw=", false),
            ("576e7465723230323457696e74657232303234", false),
            ("has blanks", false),
            ("<script>", false),
            ("", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert("x-request-id", HeaderValue::from_str(id).unwrap());
            let answer = RawResponse::new(StatusCode::BAD_REQUEST, headers, "");
            let outgoing =
                Outgoing { operation: &PUT, parts: &parts, headers: &HeaderMap::new(), credentials: &credentials };
            let error = Error::of_decode(crate::error::DecodeError::foreign("another service"), answer);
            assert_eq!(without_echo(error, &outgoing).request_id(), shown.then_some(id), "{id}");
        }
        let long = "a".repeat(201);
        let headers =
            HeaderMap::from_iter([(HeaderName::from_static("x-request-id"), HeaderValue::from_str(&long).unwrap())]);
        assert_eq!(RawResponse::new(StatusCode::OK, headers, "").request_id(), None);
    }
}
