//! Fetching the server's token, and reading any answer that has a token in it.

use super::segments;
use crate::environment::DOCUMENT;
use care_client_core::{
    BoxFuture, DecodeError, Endpoint, Error, Operation, Pipeline, RawResponse, RequestParts, Safety, Secret, Token,
    TokenSource,
};
use chrono::{DateTime, Utc};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

/// Fetches the server's token with ClientId and ClientSecret.
pub(crate) struct ServerTokenSource {
    pipeline: Pipeline,
    grant: FetchServerToken,
}

#[derive(Clone)]
struct FetchServerToken {
    client_id: Secret,
    client_secret: Secret,
    path: Arc<str>,
}

impl ServerTokenSource {
    pub(crate) fn new(pipeline: Pipeline, client_id: Secret, client_secret: Secret, path: &str) -> Self {
        Self { pipeline, grant: FetchServerToken { client_id, client_secret, path: path.into() } }
    }
}

impl TokenSource for ServerTokenSource {
    fn fetch(&self) -> BoxFuture<'_, Result<Token, Error>> {
        Box::pin(async move { self.pipeline.call(self.grant.clone()).await })
    }

    fn credentials(&self) -> &'static str {
        "ClientId and ClientSecret"
    }
}

/// `POST /oauth/token`: not in the guide; see defect `AURA-32`.
impl Endpoint for FetchServerToken {
    type Output = Token;

    const OPERATION: &'static Operation =
        &Operation::new("aura.oauth.server_token", "/oauth/token", Safety::Idempotent, DOCUMENT);

    fn parts(&self) -> Result<RequestParts, Error> {
        if self.client_id.expose().is_empty() || self.client_secret.expose().is_empty() {
            return Err(Error::config("ClientId or ClientSecret is empty: check where they are read from"));
        }
        RequestParts::post(segments(&self.path))
            .json(&json!({"clientId": self.client_id.expose(), "clientSecret": self.client_secret.expose()}))
    }

    fn decode(&self, response: &RawResponse) -> Result<Token, DecodeError> {
        TokenAnswer::required(response)
    }
}

/// The answer with a token in it, in the spellings that AURA's pages use.
#[derive(Deserialize)]
pub(crate) struct TokenAnswer {
    #[serde(default, rename = "accessToken", alias = "access_token")]
    access_token: Option<Secret>,
    #[serde(flatten)]
    expiry: Expiry,
}

/// When the token expires, in seconds since 1970 and not from now: see defect `AURA-24`. No page names the key, and an
/// answer may have several; whatever is no number is no expiry, and never a reason to do without the token.
#[derive(Deserialize)]
struct Expiry {
    #[serde(default, rename = "expiresIn")]
    expires_in: Value,
    #[serde(default, rename = "expires_in")]
    expires_in_snake: Value,
    #[serde(default, rename = "expiresAt")]
    expires_at: Value,
    #[serde(default, rename = "expires_at")]
    expires_at_snake: Value,
    #[serde(default)]
    expiry: Value,
}

impl Expiry {
    fn seconds(&self) -> Option<f64> {
        let all = [&self.expires_in, &self.expires_in_snake, &self.expires_at, &self.expires_at_snake, &self.expiry];
        all.into_iter().find_map(|value| value.as_f64().or_else(|| value.as_str()?.trim().parse().ok()))
    }
}

impl TokenAnswer {
    /// The token, if the answer has one. Its own `exp` goes before what is written beside it.
    pub(crate) fn into_token(self) -> Option<Token> {
        let secret = self.access_token.filter(|secret| !secret.expose().is_empty())?;
        let token = Token::of_jwt(secret);
        let at = token.expiry().or_else(|| self.expiry.seconds().and_then(at_unix_time));
        Some(token.expires_at(at))
    }

    /// Reads the answer of a token operation, which must have one.
    pub(crate) fn required(response: &RawResponse) -> Result<Token, DecodeError> {
        let token = response.json::<Self>()?.into_token();
        token.ok_or_else(|| DecodeError::unreadable("accessToken", "there is no token in the answer"))
    }
}

/// A time given in seconds since 1970. `None` where no calendar reaches.
fn at_unix_time(seconds: f64) -> Option<DateTime<Utc>> {
    // The cast saturates, and what it saturates to lies outside of the calendar.
    DateTime::from_timestamp(seconds.floor() as i64, 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::{HeaderMap, StatusCode};

    fn read(body: &'static str) -> Result<Token, DecodeError> {
        TokenAnswer::required(&RawResponse::new(StatusCode::OK, HeaderMap::new(), body))
    }

    #[test]
    fn the_token_is_read_in_both_spellings_and_its_own_expiry_goes_first() {
        let expiry = |body| read(body).unwrap().expiry().map(|at| at.timestamp());
        assert_eq!(expiry(r#"{"accessToken":"x","expiresIn":17356464000}"#), Some(17_356_464_000));
        assert_eq!(expiry(r#"{"access_token":"x","expires_in":"17356464000"}"#), Some(17_356_464_000));
        assert_eq!(expiry(r#"{"accessToken":"e30.eyJleHAiOjE1MDAwMDAwMDB9.x","expiresIn":1}"#), Some(1_500_000_000));
        assert_eq!(expiry(r#"{"accessToken":"x"}"#), None);
        for without in ["{}", r#"{"accessToken":""}"#, r#"{"accessToken":null}"#] {
            assert_eq!(read(without).unwrap_err().at(), "accessToken", "{without}");
        }
    }

    #[test]
    fn no_form_of_expiry_costs_the_token() {
        let expiry = |body| read(body).unwrap().expiry().map(|at| at.timestamp());
        for body in [
            r#"{"accessToken":"x","expiresIn":3600,"expiresAt":"2520-01-01","expires_in":null}"#,
            r#"{"accessToken":"x","expiry":"2520-01-01T00:00:00Z","expiresAt":3600}"#,
        ] {
            assert_eq!(expiry(body), Some(3_600), "{body}");
        }
        for body in [r#"{"accessToken":"x","expiry":"never"}"#, r#"{"accessToken":"x","expiresIn":{"at":1}}"#] {
            assert_eq!(expiry(body), None, "{body}");
        }
    }
}
