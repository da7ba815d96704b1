//! What a call sends and no error may show: ids, names, headers, credentials and every value of the body.

use super::engine::Outgoing;
use crate::{auth::Credentials, operation::Operation, request::RequestParts};
use base64::prelude::{BASE64_STANDARD, Engine as _};
use http::{
    HeaderValue,
    header::{ACCEPT, CONTENT_TYPE},
};
use serde_json::Value;
use url::form_urlencoded;

/// Every value that was sent, the longest first: a value that contains another must be found as a whole. The server
/// may quote them, and no error may show them.
pub(super) fn sensitive_values(outgoing: &Outgoing<'_>) -> Vec<String> {
    let Outgoing { operation, parts, headers: added, credentials } = *outgoing;
    let mut values: Vec<String> = path_values(operation, parts).map(str::to_owned).collect();
    values.extend(parts.query_pairs().iter().map(|(_, value)| value.to_string()));
    for (name, value) in parts.headers().iter().chain(added) {
        if name != ACCEPT && name != CONTENT_TYPE {
            header(value, &mut values);
        }
    }
    credential(credentials, &mut values);
    body(parts, &mut values);
    for value in &mut values {
        *value = value.trim().to_owned();
    }
    values.retain(|value| value.chars().count() > 2);
    values.sort_by_key(|value| std::cmp::Reverse(value.len()));
    values
}

/// The names in the path that the operation's template doesn't hold. Numbers stay: they are the ids that an error is
/// about.
fn path_values<'a>(operation: &'static Operation, parts: &'a RequestParts) -> impl Iterator<Item = &'a str> {
    let fixed = operation.path();
    let filled = parts.path().iter().filter(move |segment| fixed.split('/').all(|part| part != segment.as_ref()));
    filled.map(AsRef::as_ref).filter(|segment: &&str| !segment.bytes().all(|byte| byte.is_ascii_digit()))
}

fn credential(credentials: &Credentials, values: &mut Vec<String>) {
    match credentials {
        Credentials::Header(_, value) => header(value, values),
        Credentials::Query(_, secret) => values.push(secret.expose().to_owned()),
        Credentials::Token(cache) => {
            values.extend(cache.current().map(|cached| cached.token.secret().expose().to_owned()));
        }
        Credentials::None | Credentials::Missing(_) => {}
    }
}

fn body(parts: &RequestParts, values: &mut Vec<String>) {
    let body = parts.body_bytes();
    let form = parts.headers().get(CONTENT_TYPE).is_some_and(|said| said.as_bytes().ends_with(b"urlencoded"));
    if form {
        values.extend(form_urlencoded::parse(body).map(|(_, value)| value.into_owned()));
    } else if let Ok(body) = serde_json::from_slice(body) {
        json(&body, values);
    } else if body.starts_with(b"<") {
        values.extend(std::str::from_utf8(body).into_iter().flat_map(xml));
    } else {
        values.extend(std::str::from_utf8(body).into_iter().flat_map(str::lines).map(str::to_owned));
    }
}

/// The texts between tags, and the values of attributes.
fn xml(body: &str) -> impl Iterator<Item = String> {
    let parts = body.split('<').filter_map(|part| part.split_once('>'));
    let tags = parts.clone().map(|(tag, _)| tag).filter(|tag| !tag.starts_with('?'));
    let attributes = tags.flat_map(|tag| tag.split('"').skip(1).step_by(2)).filter(|value| !value.contains("://"));
    parts.map(|(_, text)| text).flat_map(str::lines).chain(attributes).map(str::to_owned)
}

fn header(value: &HeaderValue, values: &mut Vec<String>) {
    let text = String::from_utf8_lossy(value.as_bytes());
    let pair = text.strip_prefix("Basic ").and_then(|pair| BASE64_STANDARD.decode(pair).ok());
    if let Some(pair) = pair {
        // As UTF-8, or else as ISO-8859-1, where each byte is a character.
        let pair =
            String::from_utf8(pair).unwrap_or_else(|error| error.as_bytes().iter().copied().map(char::from).collect());
        values.extend(
            pair.split_once(':').into_iter().flat_map(|(user, password)| [user.to_owned(), password.to_owned()]),
        );
        values.push(pair);
    }
    // A scheme such as `Bearer` ahead of the secret.
    values.extend(text.split_once(' ').map(|(_, secret)| secret.to_owned()));
    values.push(text.into_owned());
}

fn json(value: &Value, into: &mut Vec<String>) {
    match value {
        Value::String(text) => into.push(text.clone()),
        Value::Number(number) => into.push(number.to_string()),
        Value::Array(items) => items.iter().for_each(|item| json(item, into)),
        Value::Object(map) => map.values().for_each(|item| json(item, into)),
        Value::Null | Value::Bool(_) => {}
    }
}
