use super::{TokenAnswer, segments};
use crate::DOCUMENT;
use care_client_core::{
    BoxFuture, DecodeError, Endpoint, Error, Operation, Pipeline, RawResponse, RequestParts, Safety, Secret, Token,
    TokenSource,
};
use serde_json::json;
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
}

/// `POST /oauth/token`: not in the guide; see defect `AURA-20`.
impl Endpoint for FetchServerToken {
    type Output = Token;

    const OPERATION: &'static Operation =
        &Operation::new("aura.oauth.server_token", "/oauth/token", Safety::Idempotent, DOCUMENT);

    fn parts(&self) -> Result<RequestParts, Error> {
        RequestParts::post(segments(&self.path))
            .json(&json!({"clientId": self.client_id.expose(), "clientSecret": self.client_secret.expose()}))
    }

    fn decode(&self, response: &RawResponse) -> Result<Token, DecodeError> {
        TokenAnswer::required(response)
    }
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
}
