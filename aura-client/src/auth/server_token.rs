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

/// `POST /oauth/token`: not in the guide; see defect `AURA-32`.
impl Endpoint for FetchServerToken {
    type Output = Token;

    const OPERATION: &'static Operation =
        &Operation::new("aura.oauth.server_token", "/oauth/token", Safety::Idempotent, DOCUMENT);

    fn parts(&self) -> Result<RequestParts, Error> {
        if self.client_id.expose().is_empty() || self.client_secret.expose().is_empty() {
            return Err(Error::config(
                "ClientId or ClientSecret is empty: see that they were read from where you keep them",
            ));
        }
        RequestParts::post(segments(&self.path))
            .json(&json!({"clientId": self.client_id.expose(), "clientSecret": self.client_secret.expose()}))
    }

    fn decode(&self, response: &RawResponse) -> Result<Token, DecodeError> {
        TokenAnswer::required(response)
    }
}
