use std::{
    io::Write,
    sync::{Arc, Mutex, OnceLock},
};
use tracing::{Dispatch, subscriber::DefaultGuard};
use tracing_subscriber::{
    Layer,
    fmt::{MakeWriter, format::FmtSpan},
    layer::SubscriberExt,
    registry::LookupSpan,
};

/// All that a subscriber would print: every event of every level, and every span with its attributes when it closes.
#[derive(Clone, Default)]
pub(crate) struct Traced(Arc<Mutex<Vec<u8>>>);

impl Traced {
    /// Listens on this thread until the guard is dropped.
    pub(crate) fn all() -> (Self, DefaultGuard) {
        // As long as there is only one subscriber, a call on another thread, where nobody listens, turns off for good
        // what it comes by first. With two, each is asked.
        static SECOND: OnceLock<Dispatch> = OnceLock::new();
        SECOND.get_or_init(|| Dispatch::new(tracing_subscriber::registry()));
        let traced = Self::default();
        let guard = tracing::subscriber::set_default(tracing_subscriber::registry().with(traced.layer()));
        (traced, guard)
    }

    pub(crate) fn layer<S: tracing::Subscriber + for<'a> LookupSpan<'a>>(&self) -> impl Layer<S> + use<S> {
        tracing_subscriber::fmt::layer()
            .with_writer(self.clone())
            .with_ansi(false)
            .without_time()
            .with_target(false)
            .with_span_events(FmtSpan::CLOSE)
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl Write for Traced {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Traced {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}
