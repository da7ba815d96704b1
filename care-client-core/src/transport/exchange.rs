//! Reads the whole answer to a request, within one limit for head and body and an earlier one for the head, and says
//! how far it came if it fails.

use super::{
    TransportError, TransportFailure,
    connect::{self, Diagnosis},
};
use crate::response::RawResponse;
use bytes::{Bytes, BytesMut};
use reqwest::Response;
use std::{future::Future, time::Duration};
use tokio::time::{Instant, timeout_at};

/// Reads the whole answer to a request that was begun.
pub(super) async fn answer(
    begun: impl Future<Output = reqwest::Result<Response>>,
    head_limit: Duration,
    limit: Duration,
    max_body: usize,
) -> Result<RawResponse, TransportError> {
    // A limit that no clock can hold is none: a century serves as well.
    let century = Duration::from_secs(u32::MAX.into());
    let (begin, limit) = (Instant::now(), limit.min(century));
    let deadline = begin + limit;
    let head = timeout_at(begin + head_limit.min(limit), begun)
        .await
        .map_err(|_| TransportError::Head(TransportFailure::timed_out()))?;
    let mut response = head.map_err(|e| {
        // Only these prove that nothing was done.
        if e.is_connect() || connect::wants_certificate(&e) {
            TransportError::Connect(unconnected(e))
        } else {
            let what = connect::of_foreign_bytes(&e);
            let failure = failure(e);
            TransportError::Head(match what {
                Some(text) => failure.diagnosed(text.into(), true),
                None => failure,
            })
        }
    })?;
    let mut answer = RawResponse::new(response.status(), std::mem::take(response.headers_mut()), Bytes::new());
    match timeout_at(deadline, read(&mut response, &mut answer.body, max_body)).await {
        Ok(Ok(())) => Ok(answer),
        Ok(Err(failure)) => Err(TransportError::Body(Box::new(answer), failure)),
        Err(_) => Err(TransportError::Body(Box::new(answer), TransportFailure::timed_out())),
    }
}

/// Reads a body, and leaves there what came of it.
async fn read(response: &mut Response, body: &mut Bytes, limit: usize) -> Result<(), TransportFailure> {
    while let Some(chunk) = response.chunk().await.map_err(failure)? {
        if chunk.len() > limit.saturating_sub(body.len()) {
            return Err(TransportFailure::too_large());
        }
        // Most answers come as one piece, which needs no copy.
        *body = if body.is_empty() { chunk } else { joined(std::mem::take(body), &chunk) };
    }
    Ok(())
}

fn joined(body: Bytes, chunk: &[u8]) -> Bytes {
    let mut body = body.try_into_mut().unwrap_or_else(|shared| BytesMut::from(&*shared));
    body.extend_from_slice(chunk);
    body.freeze()
}

/// Why no connection was made.
#[cold]
fn unconnected(error: reqwest::Error) -> TransportFailure {
    let diagnosis = if error.is_timeout() { None } else { connect::diagnose(&error) };
    match diagnosis {
        Some(Diagnosis { text, may_pass }) => failure(error).diagnosed(text, may_pass),
        None => failure(error),
    }
}

fn failure(error: reqwest::Error) -> TransportFailure {
    if error.is_timeout() { TransportFailure::timed_out() } else { TransportFailure::broken(error.without_url()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_joined_in_their_order_without_growing_one_by_one() {
        let mut body = Bytes::from_static(b"first,");
        let mut places = std::collections::HashSet::new();
        for _ in 0..10_000 {
            body = joined(body, b"next,");
            places.insert(body.as_ptr());
        }
        assert!(body.starts_with(b"first,next,next,") && body.len() == 50_006);
        assert!(places.len() < 100, "copied {} times", places.len());
    }
}
