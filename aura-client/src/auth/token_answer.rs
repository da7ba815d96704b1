use super::expiry;
use care_client_core::{DecodeError, RawResponse, Secret, Token, wire::number};
use serde::Deserialize;

/// The answer with a token in it, in the spellings that AURA's pages use.
#[derive(Deserialize)]
pub(crate) struct TokenAnswer {
    #[serde(default, rename = "accessToken", alias = "access_token")]
    access_token: Option<Secret>,
    /// Seconds since 1970, not from now: see defect `AURA-18`.
    #[serde(
        default,
        rename = "expiresIn",
        alias = "expires_in",
        alias = "expiresAt",
        alias = "expires_at",
        alias = "expiry"
    )]
    #[serde(with = "number::option")]
    expires: Option<f64>,
}

impl TokenAnswer {
    /// The token, if the answer has one. Its own `exp` goes before what is written beside it.
    pub(crate) fn into_token(self) -> Option<Token> {
        let secret = self.access_token.filter(|secret| !secret.expose().is_empty())?;
        let at = expiry::of_jwt(secret.expose()).or_else(|| self.expires.and_then(expiry::at));
        Some(Token::new(secret).expires_at(at))
    }

    /// Reads the answer of a token operation, which must have one.
    pub(crate) fn required(response: &RawResponse) -> Result<Token, DecodeError> {
        let token = response.json::<Self>()?.into_token();
        token.ok_or_else(|| DecodeError::unreadable("accessToken", "there is no token in the answer"))
    }
}
