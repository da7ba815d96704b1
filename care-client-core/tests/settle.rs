//! A delete whose answer was lost is done when the repeat finds nothing to delete; one that found nothing at once is not.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that can't go on fails")]

mod common;

use care_client_core::{DecodeError, Endpoint, Error, Kind, Operation, Outcome, RawResponse, RequestParts, Safety};
use common::*;

#[tokio::test]
async fn it_settles_on_404_after_an_attempt_of_unknown_outcome() {
    let http = shared_http();
    for first in [Act::Close, Act::Reset, Act::Garbage, answers(503, ""), answers(500, ""), Act::Cut(answer(200, DONE))]
    {
        let server = Server::start([first.clone(), answers(404, "gone")]).await;
        let response = pipeline(server.url(), quick().transport(http.clone())).call(Delete).response().await.unwrap();
        assert_eq!((response.status().as_u16(), response.attempts()), (404, 2), "{first:?}");
        assert_eq!((response.body().as_ref(), server.requests()), (b"gone".as_slice(), 2), "{first:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_404_that_follows_on_nothing_unknown_is_an_error() {
    for first in [|| Step::Status(404, ""), || Step::Status(429, ""), || Step::Refused] {
        let scripted = Scripted::new(move |number, _| if number == 1 { first() } else { Step::Status(404, "") });
        let error = over(&scripted).call(Delete).await.unwrap_err();
        assert_eq!((error.kind(), error.outcome(), error.is_not_found()), (Kind::Api, Outcome::Refused, true));
    }
}

#[tokio::test(start_paused = true)]
async fn an_operation_that_does_not_settle_says_that_it_may_have_been_done() {
    let scripted = Scripted::new(|number, _| if number == 1 { Step::Broken } else { Step::Status(404, "") });
    let error = over(&scripted).call(Put).await.unwrap_err();
    assert_eq!((error.outcome(), error.is_not_found(), error.attempts()), (Outcome::Unknown, true, 2));
}

/// Takes every answer that it is asked about for a proof.
struct Gullible;

impl Endpoint for Gullible {
    type Output = u16;
    const OPERATION: &'static Operation = &Operation::new("test.gullible", "/x", Safety::Idempotent, "");

    fn parts(&self) -> Result<RequestParts, Error> {
        Ok(RequestParts::get(["x"]))
    }

    fn decode(&self, _response: &RawResponse) -> Result<u16, DecodeError> {
        Ok(200)
    }

    fn settle(&self, refusal: &RawResponse) -> Option<u16> {
        Some(refusal.status.as_u16())
    }
}

#[tokio::test(start_paused = true)]
async fn only_refusals_are_asked_about() {
    for (last, asked) in [
        (400, true),
        (404, true),
        (409, true),
        (429, true),
        // A redirect that keeps the method refused it as well; the others may have done it.
        (301, true),
        (308, true),
        (302, false),
        (303, false),
        // A server that failed refused nothing.
        (408, false),
        (500, false),
        (503, false),
    ] {
        let scripted = Scripted::new(move |number, _| if number == 1 { Step::Broken } else { Step::Status(last, "") });
        let result = over(&scripted).call(Gullible).await;
        assert_eq!(result.ok(), asked.then_some(last), "{last}");
    }
}
