//! Listening to `tracing` on one thread, beside tests on others.

use super::Printed;
use std::{
    io::{self, Write},
    sync::{Arc, Mutex, OnceLock},
};
use tracing::{Dispatch, Subscriber, subscriber::DefaultGuard};
use tracing_subscriber::{
    Layer,
    fmt::{MakeWriter, format::FmtSpan},
    layer::SubscriberExt,
    registry::LookupSpan,
};

/// All that a subscriber of `tracing` would print: every event of every level, and every span at each step of its life
/// with its attributes.
#[derive(Debug, Clone, Default)]
pub struct Traced(Arc<Mutex<Vec<u8>>>);

impl Traced {
    /// Listens on this thread until the guard is dropped.
    #[must_use]
    pub fn here() -> (Self, DefaultGuard) {
        // As long as there is only one subscriber, a call on another thread, where nobody listens, turns off for good
        // what it comes by first. With two, each is asked.
        static SECOND: OnceLock<Dispatch> = OnceLock::new();
        SECOND.get_or_init(|| Dispatch::new(tracing_subscriber::registry()));
        let traced = Self::default();
        let guard = tracing::subscriber::set_default(tracing_subscriber::registry().with(traced.layer()));
        (traced, guard)
    }

    /// The same as a layer of a subscriber of yours.
    pub fn layer<S: Subscriber + for<'a> LookupSpan<'a>>(&self) -> impl Layer<S> + use<S> {
        tracing_subscriber::fmt::layer()
            .with_span_events(FmtSpan::FULL)
            .with_ansi(false)
            // The digits of a time can be those of a mark.
            .without_time()
            .with_writer(self.clone())
    }

    /// What was printed so far.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }

    /// Panics unless all of these stand in it, and none of the [`MARKS`](super::MARKS).
    pub fn tells_and_shows_nothing(&self, told: &[&str]) {
        let text = self.text();
        for told in told {
            assert!(text.contains(told), "{told} isn't told");
        }
        let mut printed = Printed::default();
        printed.text([text]);
        printed.shows_nothing();
    }
}

impl Write for Traced {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Traced {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}
