use crate::{auth::TokenAnswer, environment::DOCUMENT};
use care_client_core::{
    DecodeError, Endpoint, Error, Operation, Personal, RawResponse, RequestParts, Safety, Secret, Token,
};
use serde_json::json;

/// A user to be registered with AURA.
///
/// The mail address needn't exist: any unique id of yours in the form of an address will do, such as
/// `guid_1234@example.com`. AURA can't read the password.
///
/// Source: AURA, *Integration Guidelines*, "User Tokens".
#[derive(Debug, Clone, PartialEq)]
#[must_use = "give it to aura.users().register(..)"]
pub struct NewUser {
    email: Personal<String>,
    password: Secret,
}

impl NewUser {
    /// Creates a user from a unique mail address and a password; both are required.
    pub fn new(email: impl Into<String>, password: impl Into<Secret>) -> Self {
        Self { email: Personal(email.into()), password: password.into() }
    }

    pub(super) fn email(&self) -> &str {
        &self.email
    }
}

/// A registered user. The guide shows no answer, so every field may be missing.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct RegisteredUser {
    /// The user's token, if the answer has one: save it in a persistent store; it lives for about 500 years.
    pub token: Option<Token>,
}

impl Endpoint for NewUser {
    type Output = RegisteredUser;

    const OPERATION: &'static Operation = &Operation::new("aura.users.register", "/oauth/user", Safety::Once, DOCUMENT);

    fn parts(&self) -> Result<RequestParts, Error> {
        required(&self.email, &self.password)?;
        RequestParts::post(["oauth", "user"]).json(&json!({"email": *self.email, "password": self.password.expose()}))
    }

    fn decode(&self, response: &RawResponse) -> Result<RegisteredUser, DecodeError> {
        response.accepted()?;
        // No answer is documented (AURA-39), so one without a token will do.
        let token = response.json::<TokenAnswer>().ok().and_then(TokenAnswer::into_token);
        Ok(RegisteredUser { token })
    }
}

/// Refuses input that lacks what AURA requires.
pub(super) fn required(email: &str, password: &Secret) -> Result<(), Error> {
    let form = email.split_once('@').is_some_and(|(name, host)| !name.is_empty() && !host.is_empty());
    if !form || email.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return Err(Error::request("the email must have the form of a mail address, such as id_1234@example.com"));
    }
    if password.expose().is_empty() {
        return Err(Error::request("the password is empty: AURA requires one"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::{HeaderMap, StatusCode};

    #[test]
    fn email_and_password_are_sent() {
        let parts = NewUser::new("id_1@example.com", "hush").parts().unwrap();
        assert_eq!((parts.method().as_str(), parts.path().join("/")), ("POST", "oauth/user".to_owned()));
        let body: serde_json::Value = serde_json::from_slice(parts.body_bytes()).unwrap();
        assert_eq!(body, json!({"email": "id_1@example.com", "password": "hush"}));
    }

    #[test]
    fn what_is_required_is_asked_for_before_sending() {
        for (email, password) in
            [("", "x"), ("id", "x"), ("@example.com", "x"), ("a@", "x"), ("a b@c", "x"), ("a@b", "")]
        {
            let error = NewUser::new(email, password).parts().unwrap_err();
            assert_eq!(error.kind(), care_client_core::Kind::Request, "{email} {password}");
        }
    }

    #[test]
    fn any_answer_of_the_service_will_do_but_a_page_will_not() {
        let read = |body: &'static str| {
            NewUser::new("a@b", "x").decode(&RawResponse::new(StatusCode::CREATED, HeaderMap::new(), body))
        };
        for body in ["", "{}", "[1]", "created", r#"{"user":{"id":7}}"#] {
            assert_eq!(read(body).unwrap().token, None, "{body}");
        }
        assert_eq!(read(r#"{"accessToken":"t"}"#).unwrap().token.unwrap().secret().expose(), "t");
        assert!(read("<html>").unwrap_err().is_foreign_response());
    }
}
