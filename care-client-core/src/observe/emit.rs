//! Hands each event of a call to the observer and to the `tracing` feature.

use super::{AttemptEvent, FinishEvent, Observe, OddMediaTypeEvent, RepeatEvent, ShiftEvent, spans};
use crate::{error::Error, operation::Operation};
use http::StatusCode;
use std::{sync::Arc, time::Duration};

type Observer<'a> = Option<&'a Arc<dyn Observe>>;

/// An attempt is about to be sent.
pub(crate) fn attempt(observer: Observer<'_>, event: &AttemptEvent<'_>) {
    spans::attempt(event);
    if let Some(observer) = observer {
        observer.attempt(event);
    }
}

/// An attempt failed, and another one follows.
pub(crate) fn repeat(observer: Observer<'_>, event: &RepeatEvent<'_>) {
    spans::repeat(event);
    if let Some(observer) = observer {
        observer.repeat(event);
    }
}

/// A call has ended.
pub(crate) fn finish(
    observer: Observer<'_>,
    operation: &'static Operation,
    end: Result<(StatusCode, u32, Duration), &Error>,
) {
    let event = match end {
        Ok((status, attempts, elapsed)) => {
            FinishEvent { operation, attempts, elapsed, status: Some(status), error: None }
        }
        Err(error) => FinishEvent {
            operation,
            attempts: error.attempts(),
            elapsed: error.elapsed(),
            status: error.status(),
            error: Some((error.kind(), error.outcome())),
        },
    };
    spans::finish(&event);
    if let Some(observer) = observer {
        observer.finish(&event);
    }
}

/// An answer was read that has no media type, or an odd one.
pub(crate) fn odd_media_type(observer: Observer<'_>, operation: &'static Operation, media_type: Option<&str>) {
    if let Some(observer) = observer {
        observer.odd_media_type(&OddMediaTypeEvent { operation, media_type });
    }
}

/// A list has moved while it was walked.
pub(crate) fn shift(observer: Observer<'_>, operation: &'static Operation, moved: i64) {
    let event = ShiftEvent { operation, moved };
    spans::shift(&event);
    if let Some(observer) = observer {
        observer.shift(&event);
    }
}
