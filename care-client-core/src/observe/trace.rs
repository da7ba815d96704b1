//! Spans and events of the `tracing` feature, with OpenTelemetry's attribute names; without the feature, nothing.

use crate::{
    observe::{AttemptEvent, FinishEvent, RepeatEvent, ShiftEvent},
    operation::Operation,
    pipeline::Pipeline,
};
use std::future::Future;

#[cfg(feature = "tracing")]
const NAME: &str = "care.call";

#[cfg(feature = "tracing")]
pub(crate) fn in_span<F: Future>(
    operation: &'static Operation,
    pipeline: Pipeline,
    call: F,
) -> impl Future<Output = F::Output> {
    use tracing::Instrument;

    let (host, port) = pipeline.engine.origin.server();
    let span = tracing::info_span!(
        NAME,
        otel.name = operation.name(),
        otel.kind = "client",
        url.template = operation.path(),
        server.address = host,
        server.port = port,
        http.request.method = tracing::field::Empty,
        http.response.status_code = tracing::field::Empty,
        http.request.resend_count = tracing::field::Empty,
        error.type = tracing::field::Empty,
        care.outcome = tracing::field::Empty,
    );
    call.instrument(span)
}

/// The span of the call that runs; none if the subscriber doesn't want it, and then no span of the caller's is written to.
#[cfg(feature = "tracing")]
fn own_span() -> tracing::Span {
    let current = tracing::Span::current();
    let is_own = current.metadata().is_some_and(|span| span.name() == NAME && span.target() == module_path!());
    if is_own { current } else { tracing::Span::none() }
}

#[cfg(feature = "tracing")]
pub(crate) fn attempt(event: &AttemptEvent<'_>) {
    own_span().record("http.request.method", event.method.as_str());
    tracing::debug!(number = event.number, "attempt");
}

#[cfg(feature = "tracing")]
pub(crate) fn repeat(event: &RepeatEvent<'_>) {
    let status = event.status.map(|status| status.as_u16());
    tracing::warn!(number = event.number, kind = %event.kind, status, delay_ms = event.delay.as_millis() as u64, "repeat");
}

#[cfg(feature = "tracing")]
pub(crate) fn finish(event: &FinishEvent<'_>) {
    let span = own_span();
    if let Some(status) = event.status {
        span.record("http.response.status_code", status.as_u16());
    }
    if event.attempts > 1 {
        span.record("http.request.resend_count", event.attempts - 1);
    }
    if let Some((kind, outcome)) = event.error {
        span.record("error.type", tracing::field::display(kind));
        span.record("care.outcome", tracing::field::debug(outcome));
    }
}

#[cfg(feature = "tracing")]
pub(crate) fn shift(event: &ShiftEvent<'_>) {
    tracing::info!(operation = event.operation.name(), moved = event.moved, "page shift");
}

/// Keeps the caller's span around what goes on in a task.
#[cfg(feature = "tracing")]
pub(crate) fn in_current_span<F: Future>(work: F) -> impl Future<Output = F::Output> {
    tracing::Instrument::in_current_span(work)
}

#[cfg(not(feature = "tracing"))]
pub(crate) fn in_span<F: Future>(_operation: &'static Operation, _pipeline: Pipeline, call: F) -> F {
    call
}

#[cfg(not(feature = "tracing"))]
pub(crate) fn attempt(_event: &AttemptEvent<'_>) {}

#[cfg(not(feature = "tracing"))]
pub(crate) fn repeat(_event: &RepeatEvent<'_>) {}

#[cfg(not(feature = "tracing"))]
pub(crate) fn finish(_event: &FinishEvent<'_>) {}

#[cfg(not(feature = "tracing"))]
pub(crate) fn shift(_event: &ShiftEvent<'_>) {}

#[cfg(not(feature = "tracing"))]
pub(crate) fn in_current_span<F: Future>(work: F) -> F {
    work
}
