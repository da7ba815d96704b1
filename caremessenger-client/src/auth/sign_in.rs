//! Signing in: name and password for a token.

use super::User;
use crate::documents::AUTHENTICATION;
use care_client_core::{
    DecodeError, Endpoint, Error, Operation, Personal, RawResponse, RequestParts, Safety, Secret, Token,
    check_credential,
};
use http::StatusCode;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Value, json};
use std::borrow::Cow;

/// Signs in with name and password: `POST /api-token-auth/`, beside `/v2` and with a slash at its end (defect
/// [`CARE-34`](crate::defects)). Made by [`CareMessenger::sign_in`](crate::CareMessenger::sign_in).
///
/// It is [`Safety::Idempotent`]: signing in twice makes two tokens, and both serve.
///
/// Source: CareMessenger, *Authentication*, <https://docs.caremessenger.co.uk/authentication.html>.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignIn {
    username: Personal<String>,
    password: Secret,
}

impl SignIn {
    /// Signs in as this administrator.
    pub fn new(username: impl Into<String>, password: impl Into<Secret>) -> Self {
        Self { username: Personal(username.into()), password: password.into() }
    }
}

/// A token, and the account that it is for.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SignedIn {
    /// The token, for [`CareMessengerBuilder::token`](crate::CareMessengerBuilder::token). It is written as null.
    pub token: Secret,
    /// The account; `None` if it isn't in the answer or has another form, for the token is what matters.
    #[serde(default, deserialize_with = "or_none")]
    pub user: Option<User>,
}

impl SignedIn {
    /// The token with the time of its expiry, as far as it tells.
    #[must_use]
    pub fn to_token(&self) -> Token {
        Token::of_jwt(self.token.clone())
    }
}

fn or_none<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<User>, D::Error> {
    let user = Value::deserialize(deserializer)?;
    Ok(serde_json::from_value(user).ok())
}

impl Endpoint for SignIn {
    type Output = SignedIn;

    const OPERATION: &'static Operation =
        &Operation::new("caremessenger.sign_in", "/api-token-auth/", Safety::Idempotent, AUTHENTICATION);

    fn parts(&self) -> Result<RequestParts, Error> {
        if self.username.is_empty() || self.password.expose().is_empty() {
            return Err(Error::request(
                "the name or the password is empty: see that they were read from where you keep them",
            ));
        }
        for (name, text) in [("the name", &**self.username), ("the password", self.password.expose())] {
            check_credential(name, text).map_err(|error| Error::request(error.to_string()))?;
        }
        let body = json!({"username": *self.username, "password": self.password.expose()});
        RequestParts::post(["api-token-auth"]).outside_prefix().trailing_slash().json(&body)
    }

    fn decode(&self, response: &RawResponse) -> Result<SignedIn, DecodeError> {
        let signed_in: SignedIn = response.json_with(&["token", "user"])?;
        if signed_in.token.expose().trim().is_empty() {
            return Err(DecodeError::unreadable("token", "there is no token in the answer"));
        }
        Ok(signed_in)
    }

    fn hint(&self, refusal: &RawResponse) -> Option<Cow<'static, str>> {
        let wrong = "the name or the password is wrong, or the account is off";
        matches!(refusal.status, StatusCode::BAD_REQUEST | StatusCode::UNAUTHORIZED).then_some(wrong.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderMap;

    fn read(body: &'static str) -> Result<SignedIn, DecodeError> {
        SignIn::new("a", "b").decode(&RawResponse::new(StatusCode::OK, HeaderMap::new(), body))
    }

    #[test]
    fn the_address_lies_beside_the_api_and_ends_in_a_slash() {
        // CARE-34
        let parts = SignIn::new("admin", "hush").parts().unwrap();
        assert_eq!((parts.method().as_str(), parts.path().join("/")), ("POST", "api-token-auth".to_owned()));
        assert!(parts.is_outside_prefix() && parts.has_trailing_slash());
        assert_eq!(&parts.body_bytes()[..], br#"{"password":"hush","username":"admin"}"#);
        for (name, password) in [("", "hush"), ("admin", "")] {
            assert!(SignIn::new(name, password).parts().is_err());
        }
    }

    #[test]
    fn the_token_is_had_whatever_stands_beside_it() {
        for body in [r#"{"token":"abc"}"#, r#"{"token":"abc","user":null}"#, r#"{"token":"abc","user":{"id":"x"}}"#] {
            let signed_in = read(body).unwrap();
            assert_eq!((signed_in.token.expose(), signed_in.user.is_none()), ("abc", true), "{body}");
        }
        for (body, is_foreign) in
            [(r#"{"token":""}"#, false), ("{}", true), (r#"{"token":null}"#, false), ("[]", false)]
        {
            assert_eq!(read(body).unwrap_err().is_foreign_response(), is_foreign, "{body}");
        }
    }
}
