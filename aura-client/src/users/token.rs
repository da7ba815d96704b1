use super::register::required;
use crate::{
    auth::{TokenAnswer, segments},
    environment::DOCUMENT,
};
use care_client_core::{
    DecodeError, Endpoint, Error, Operation, Personal, RawResponse, RequestParts, Safety, Secret, Token,
};
use serde_json::json;

/// Fetches a user's token. Made by [`Users::token`](super::Users::token); unverified, as that says.
#[derive(Debug, Clone, PartialEq)]
pub struct FetchUserToken {
    email: Personal<String>,
    password: Secret,
    path: Box<str>,
}

impl FetchUserToken {
    pub(super) fn new(email: String, password: Secret, path: &str) -> Self {
        Self { email: Personal(email), password, path: path.into() }
    }

    pub(super) fn email(&self) -> &str {
        &self.email
    }
}

impl Endpoint for FetchUserToken {
    type Output = Token;

    const OPERATION: &'static Operation =
        &Operation::new("aura.users.token", "/oauth/token", Safety::Idempotent, DOCUMENT);

    fn parts(&self) -> Result<RequestParts, Error> {
        required(&self.email, &self.password)?;
        RequestParts::post(segments(&self.path))
            .json(&json!({"email": *self.email, "password": self.password.expose()}))
    }

    fn decode(&self, response: &RawResponse) -> Result<Token, DecodeError> {
        TokenAnswer::required(response)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_path_is_the_callers_to_choose() {
        let fetch =
            |path| FetchUserToken::new("a@example.com".into(), "x".into(), path).parts().unwrap().path().join("/");
        assert_eq!(fetch("/oauth/token"), "oauth/token");
        assert_eq!(fetch("oauth/user/token/"), "oauth/user/token");
    }
}
