//! An answer is read up to a limit, however long it says it is, and whether or not it says so.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test that can't go on fails")]

mod common;

use care_client_core::{Kind, Options, Outcome, RequestParts};
use common::*;

#[tokio::test]
async fn the_limit_itself_fits_and_one_byte_more_does_not() {
    let http = shared_http();
    for (length, limit, fits) in [(64, 64, true), (65, 64, false), (0, 0, true), (1, 0, false)] {
        let server = Server::start([answer(200, "x".repeat(length))]).await;
        let result = pipeline(server.url(), quick().max_body(limit).transport(http.clone()))
            .call(RequestParts::get(["x"]))
            .await;
        assert_eq!(result.as_ref().ok().map(|raw| raw.body.len()), fits.then_some(length), "{length} of {limit}");
        if let Err(error) = result {
            assert_eq!((error.kind(), error.outcome()), (Kind::TooLarge, Outcome::Completed), "{length} of {limit}");
            assert!(error.body().unwrap().len() <= limit);
        }
    }
}

#[tokio::test]
async fn a_body_without_a_length_is_limited_too() {
    let (full, more) = (format!("40\r\n{}\r\n", "x".repeat(64)), "1\r\nx\r\n");
    for (chunks, well) in [(full.clone(), true), (full + more, false)] {
        let chunked = answer(200, chunks + "0\r\n\r\n").header("transfer-encoding", "chunked");
        let server = Server::start([chunked]).await;
        let result = pipeline(server.url(), quick().max_body(64)).call(RequestParts::get(["x"])).await;
        assert_eq!(
            result.map_err(|error| error.kind()).map(|raw| raw.body.len()),
            if well { Ok(64) } else { Err(Kind::TooLarge) }
        );
    }
}

#[tokio::test]
async fn by_default_it_is_16_mebibytes() {
    let http = shared_http();
    for (length, fits) in [(16 << 20, true), ((16 << 20) + 1, false)] {
        let server = Server::start([answer(200, "x".repeat(length))]).await;
        let options = Options::new().transport(http.clone());
        assert_eq!(pipeline(server.url(), options).call(RequestParts::get(["x"])).await.is_ok(), fits, "{length}");
    }
}
