//! What an emulator was asked.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use crate::lock::lock;
use crate::recorded::Recorded;

/// The requests that reached an emulator, oldest first.
///
/// A request stands in it once it was read whole, whatever became of it afterwards: one that a fault dropped before its commit, too. Not in it are
/// those that ended earlier (connection refused while the emulator is down, closed unread), and those to the emulator's own control endpoints.
///
/// It keeps the newest [`CAPACITY`](Journal::CAPACITY) requests and [`MAX_BYTES`](Journal::MAX_BYTES) of their bodies, and drops the oldest;
/// [`total`](Journal::total) counts on. Clones are handles on the same journal.
#[derive(Debug, Clone, Default)]
pub struct Journal(Arc<Mutex<Kept>>);

#[derive(Debug, Default)]
struct Kept {
    requests: VecDeque<Recorded>,
    bytes: usize,
    total: u64,
}

impl Journal {
    /// How many requests it keeps at most: 10,000.
    pub const CAPACITY: usize = 10_000;
    /// How many bytes of bodies it keeps at most: 64 MiB.
    pub const MAX_BYTES: usize = 64 << 20;

    pub(crate) fn record(&self, request: Recorded) {
        let mut kept = lock(&self.0);
        kept.total += 1;
        kept.bytes += request.body().len();
        kept.requests.push_back(request);
        while kept.requests.len() > Self::CAPACITY || kept.bytes > Self::MAX_BYTES {
            let Some(oldest) = kept.requests.pop_front() else { break };
            kept.bytes -= oldest.body().len();
        }
    }

    /// The requests it has kept, oldest first.
    #[must_use]
    pub fn requests(&self) -> Vec<Recorded> {
        lock(&self.0).requests.iter().cloned().collect()
    }

    /// How many of the requests it has kept have this method and a path that ends in `path_suffix`.
    ///
    /// ```
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> std::io::Result<()> {
    /// let emulator = care_emulators::aura::Emulator::start().await?;
    /// assert_eq!(emulator.journal().count(http::Method::POST, "/callouts"), 0);
    /// # Ok(())
    /// # }
    /// ```
    #[must_use]
    pub fn count(&self, method: impl AsRef<str>, path_suffix: &str) -> usize {
        lock(&self.0).requests.iter().filter(|request| request.matches(method.as_ref(), path_suffix)).count()
    }

    /// How many requests it has recorded since it was last cleared, with those it has dropped since.
    #[must_use]
    pub fn total(&self) -> u64 {
        lock(&self.0).total
    }

    /// Forgets all requests, and their number.
    pub fn clear(&self) {
        *lock(&self.0) = Kept::default();
    }
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::*;

    fn request(path: &str, body: Bytes) -> Recorded {
        let (head, ()) = http::Request::post(path).body(()).unwrap().into_parts();
        Recorded::new(&head, body)
    }

    #[test]
    fn keeps_the_newest_and_counts_all() {
        let journal = Journal::default();
        for n in 0..=Journal::CAPACITY {
            journal.record(request(&format!("/{n}"), Bytes::new()));
        }
        assert_eq!(journal.total(), Journal::CAPACITY as u64 + 1);
        let kept = journal.requests();
        assert_eq!(kept.len(), Journal::CAPACITY);
        assert_eq!(kept[0].path, "/1");
    }

    #[test]
    fn keeps_a_bounded_number_of_bytes() {
        let journal = Journal::default();
        let body = Bytes::from(vec![0; Journal::MAX_BYTES / 2]);
        for path in ["/a", "/b", "/c"] {
            journal.record(request(path, body.clone()));
        }
        let kept: Vec<_> = journal.requests().into_iter().map(|request| request.path).collect();
        assert_eq!(kept, ["/b", "/c"]);
        journal.clear();
        journal.record(request("/d", body));
        assert_eq!((journal.total(), journal.requests().len()), (1, 1));
    }
}
