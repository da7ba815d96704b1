use care_client_core::{DecodeError, Endpoint, Error, Operation, RawResponse, RequestParts, Safety};
use serde::Deserialize;

/// The answer that every endpoint here reads.
pub(crate) const DONE: &str = r#"{"id":7}"#;

#[derive(Deserialize)]
struct Answer {
    id: Option<u64>,
    refused: Option<String>,
}

/// The three endpoints differ in nothing but their safety: all `POST`, which a client that went by the verb would
/// take for one and the same.
macro_rules! probe {
    ($name:ident, $operation:literal, $safety:ident) => {
        #[derive(Clone, Copy)]
        pub(crate) struct $name;

        impl Endpoint for $name {
            type Output = u64;
            const OPERATION: &'static Operation =
                &Operation::new($operation, "/things/{name}", Safety::$safety, "https://docs.example.com/things");

            fn parts(&self) -> Result<RequestParts, Error> {
                RequestParts::post(["things", "one"]).json(&serde_json::json!({"name": "thing"}))
            }

            fn decode(&self, response: &RawResponse) -> Result<u64, DecodeError> {
                let answer: Answer = response.json()?;
                match answer.refused {
                    Some(_) => Err(DecodeError::refused("the service said no")),
                    None => answer.id.ok_or_else(|| DecodeError::unreadable("id", "missing")),
                }
            }
        }
    };
}

probe!(Look, "test.look", Read);
probe!(Put, "test.put", Idempotent);
probe!(Add, "test.add", Once);

/// Deletes a thing, and needs nothing of the answer.
#[derive(Clone, Copy)]
pub(crate) struct Delete;

impl Endpoint for Delete {
    type Output = ();
    const OPERATION: &'static Operation =
        &Operation::new("test.delete", "/things/{name}", Safety::Idempotent, "https://docs.example.com/things");

    fn parts(&self) -> Result<RequestParts, Error> {
        Ok(RequestParts::new(http::Method::DELETE, ["things", "one"]))
    }

    fn decode(&self, response: &RawResponse) -> Result<(), DecodeError> {
        response.accepted()
    }

    fn settle(&self, refusal: &RawResponse) -> Option<()> {
        (refusal.status == http::StatusCode::NOT_FOUND).then_some(())
    }
}
