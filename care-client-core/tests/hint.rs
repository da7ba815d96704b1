//! An error says what its status means for the operation that failed, in the operation's own words.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that can't go on fails")]

mod common;

use care_client_core::{DecodeError, Endpoint, Error, Operation, Pipeline, RawResponse, RequestParts, Safety};
use common::*;
use http::StatusCode;
use std::borrow::Cow;

struct Rename;

impl Endpoint for Rename {
    type Output = ();
    const OPERATION: &'static Operation = &Operation::new("test.rename", "/x", Safety::Once, "");

    fn parts(&self) -> Result<RequestParts, Error> {
        Ok(RequestParts::post(["x"]))
    }

    fn decode(&self, response: &RawResponse) -> Result<(), DecodeError> {
        response.accepted()
    }

    fn hint(&self, refusal: &RawResponse) -> Option<Cow<'static, str>> {
        let known = matches!(refusal.status, StatusCode::CONFLICT | StatusCode::NOT_FOUND);
        known.then(|| "somebody has this name".into())
    }
}

#[tokio::test(start_paused = true)]
async fn it_stands_in_the_line_and_in_the_report() {
    for (status, hinted) in [(409, true), (403, false), (503, false)] {
        let scripted = Scripted::new(move |_, _| Step::Status(status, ""));
        let error = over(&scripted).call(Rename).await.unwrap_err();
        let (line, report) = (error.to_string(), error.report());
        assert_eq!(line.ends_with("(somebody has this name)"), hinted, "{line}");
        assert_eq!(report.contains("hint: somebody has this name"), hinted, "{report}");
    }
}

#[tokio::test(start_paused = true)]
async fn it_stands_beside_what_the_client_says_of_a_server_that_finds_nothing() {
    let scripted = Scripted::new(|_, _| Step::Status(404, ""));
    let options = care_client_core::Options::new().transport(scripted);
    let builder =
        Pipeline::builder("http://localhost", "test").options(options).not_found_hint("the root may be wrong");
    let line = builder.build().unwrap().call(Rename).await.unwrap_err().to_string();
    assert!(line.ends_with("(somebody has this name; the root may be wrong)"), "{line}");
}

#[tokio::test(start_paused = true)]
async fn a_call_that_got_no_answer_has_none() {
    let scripted = Scripted::new(|_, _| Step::Broken);
    let line = over(&scripted).call(Rename).await.unwrap_err().to_string();
    assert!(!line.contains("somebody"), "{line}");
}
