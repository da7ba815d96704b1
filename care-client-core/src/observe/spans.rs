//! Spans and events of the `tracing` feature, with OpenTelemetry's attribute names; without the feature, nothing.

#[cfg(feature = "tracing")]
pub(crate) use with::*;
#[cfg(not(feature = "tracing"))]
pub(crate) use without::*;

#[cfg(feature = "tracing")]
mod with {
    use crate::{
        observe::{AttemptEvent, FinishEvent, RepeatEvent, ShiftEvent},
        operation::Operation,
    };
    use std::future::Future;
    use tracing::{Instrument, Span};

    const NAME: &str = "care.call";

    pub(crate) type CallSpan = Span;

    pub(crate) fn span(operation: &'static Operation, (host, port): (&str, u16)) -> CallSpan {
        tracing::info_span!(
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
        )
    }

    pub(crate) fn in_span<F: Future>(span: CallSpan, call: F) -> impl Future<Output = F::Output> {
        call.instrument(span)
    }

    pub(crate) fn in_current_span<F: Future>(task: F) -> impl Future<Output = F::Output> {
        task.in_current_span()
    }

    /// The span of the call that runs; none if the subscriber doesn't want it, and then no span of the caller's is
    /// written to.
    fn own_span() -> Span {
        let current = Span::current();
        let is_own = current.metadata().is_some_and(|span| span.name() == NAME && span.target() == module_path!());
        if is_own { current } else { Span::none() }
    }

    pub(crate) fn attempt(event: &AttemptEvent<'_>) {
        own_span().record("http.request.method", event.method.as_str());
        tracing::debug!(number = event.number, "attempt");
    }

    pub(crate) fn repeat(event: &RepeatEvent<'_>) {
        let status = event.status.map(|status| status.as_u16());
        let delay_ms = event.delay.as_millis() as u64;
        tracing::warn!(number = event.number, kind = %event.kind, status, delay_ms, "repeat");
    }

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

    pub(crate) fn shift(event: &ShiftEvent<'_>) {
        tracing::info!(operation = event.operation.name(), moved = event.moved, "page shift");
    }
}

#[cfg(not(feature = "tracing"))]
mod without {
    use crate::{
        observe::{AttemptEvent, FinishEvent, RepeatEvent, ShiftEvent},
        operation::Operation,
    };

    #[derive(Debug)]
    pub(crate) struct CallSpan;

    pub(crate) fn span(_operation: &'static Operation, _server: (&str, u16)) -> CallSpan {
        CallSpan
    }

    pub(crate) fn in_span<F>(_span: CallSpan, call: F) -> F {
        call
    }

    pub(crate) fn in_current_span<F>(task: F) -> F {
        task
    }

    pub(crate) fn attempt(_event: &AttemptEvent<'_>) {}

    pub(crate) fn repeat(_event: &RepeatEvent<'_>) {}

    pub(crate) fn finish(_event: &FinishEvent<'_>) {}

    pub(crate) fn shift(_event: &ShiftEvent<'_>) {}
}
