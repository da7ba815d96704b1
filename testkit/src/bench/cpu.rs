//! CPU time and memory: of a call beside another way to make it, and of this process.

use super::Failure;
use care_client_core::{AttemptEvent, FinishEvent, Observe};
use std::{
    fs,
    sync::atomic::{AtomicU64, Ordering::Relaxed},
};

const ROUNDS: usize = 101;
const CALLS: usize = 1_024;

/// A way to make a call, whose CPU time is to be compared with another one's. Clones share what a client shares.
pub trait Calls: Clone + Send + 'static {
    /// Makes the call once.
    fn call(&self) -> impl Future<Output = Result<(), Failure>> + Send;
}

/// Prints the CPU time of a call for each of two ways, one call after the other and with 64 in flight. It is the time
/// of the calling thread, in the kernel too, so the runtime must have one thread. The ways take turns round by round,
/// and what counts is the ratio, whose median is printed.
///
/// # Errors
///
/// A call fails, or the system isn't Linux.
pub async fn compare<W: Calls>(ways: [(&str, W); 2]) -> Result<(), Failure> {
    let [(first, one), (second, other)] = ways;
    println!("{:<10} {first:>14} {second:>13} {:>8}", "CPU, µs", "ratio");
    for (name, in_flight) in [("sequential", 1), ("64 at once", 64)] {
        let mut pairs = Vec::new();
        // The first round warms up: connections, caches and the clock of the processor.
        for round in 0..=ROUNDS {
            let pair = match round % 2 {
                0 => {
                    let one = spent(&one, in_flight).await?;
                    (one, spent(&other, in_flight).await?)
                }
                _ => {
                    let other = spent(&other, in_flight).await?;
                    (spent(&one, in_flight).await?, other)
                }
            };
            pairs.extend((round > 0).then_some(pair));
        }
        let one = median(pairs.iter().map(|pair| pair.0));
        let other = median(pairs.iter().map(|pair| pair.1));
        let ratio = median(pairs.iter().map(|pair| pair.0 / pair.1));
        println!("{name:<10} {one:>14.1} {other:>13.1} {ratio:>8.3}");
    }
    Ok(())
}

/// Microseconds of CPU that a call takes.
async fn spent(way: &impl Calls, in_flight: usize) -> Result<f64, Failure> {
    let before = cpu_nanos()?;
    let callers: Vec<_> = (0..in_flight)
        .map(|_| {
            let way = way.clone();
            tokio::spawn(async move {
                for _ in 0..CALLS / in_flight {
                    way.call().await?;
                }
                Ok::<_, Failure>(())
            })
        })
        .collect();
    for caller in callers {
        caller.await??;
    }
    Ok((cpu_nanos()? - before) as f64 / 1e3 / CALLS as f64)
}

/// What this thread has run so far, in the kernel too.
fn cpu_nanos() -> Result<u64, Failure> {
    let said = std::fs::read_to_string("/proc/thread-self/schedstat")
        .map_err(|why| format!("the CPU time is read from /proc, as Linux has it: {why}"))?;
    Ok(said.split_whitespace().next().unwrap_or_default().parse()?)
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// An observer that counts about what the observers of users count.
#[derive(Debug, Default)]
pub struct Counters {
    attempts: AtomicU64,
    failures: AtomicU64,
    micros: AtomicU64,
}

impl Observe for Counters {
    fn attempt(&self, _event: &AttemptEvent<'_>) {
        self.attempts.fetch_add(1, Relaxed);
    }

    fn finish(&self, event: &FinishEvent<'_>) {
        self.failures.fetch_add(event.error.is_some().into(), Relaxed);
        self.micros.fetch_add(u64::try_from(event.elapsed.as_micros()).unwrap_or(u64::MAX), Relaxed);
    }
}

/// The memory of this process, in bytes. Needs Linux; 0 elsewhere.
#[must_use]
pub fn resident_bytes() -> u64 {
    let text = fs::read_to_string("/proc/self/statm").unwrap_or_default();
    text.split_whitespace().nth(1).and_then(|pages| pages.parse::<u64>().ok()).unwrap_or_default() * 4096
}

/// The processor time of this process, in seconds. Needs Linux; 0 elsewhere.
#[must_use]
pub fn processor_seconds() -> f64 {
    let text = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // User's and system's, in hundredths, in the 14th and 15th place; the second place can hold blanks, and ends in a
    // bracket.
    let after = text.rsplit(')').next().unwrap_or_default();
    after.split_whitespace().skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}
