//! CPU time of the two ways, taken in turns.

use std::error::Error;

use crate::way::Way;

const ROUNDS: usize = 101;
const CALLS: usize = 1_024;

/// Prints the CPU time of a call for each way, one call after the other and with 64 in flight.
pub(crate) async fn compare(port: &str) -> Result<(), Box<dyn Error + Send + Sync>> {
    let (ours, reqwest) = (Way::new("ours", port)?, Way::new("reqwest", port)?);
    println!("{:<10} {:>14} {:>13} {:>8}", "CPU, µs", "ours", "reqwest", "ratio");
    for (name, in_flight) in [("sequential", 1), ("64 at once", 64)] {
        let mut pairs = Vec::new();
        // The first round warms up: connections, caches and the clock of the processor.
        for round in 0..=ROUNDS {
            let pair = match round % 2 {
                0 => {
                    let first = spent(&ours, in_flight).await?;
                    (first, spent(&reqwest, in_flight).await?)
                }
                _ => {
                    let first = spent(&reqwest, in_flight).await?;
                    (spent(&ours, in_flight).await?, first)
                }
            };
            pairs.extend((round > 0).then_some(pair));
        }
        let ours = median(pairs.iter().map(|pair| pair.0));
        let reqwest = median(pairs.iter().map(|pair| pair.1));
        let ratio = median(pairs.iter().map(|pair| pair.0 / pair.1));
        println!("{name:<10} {ours:>14.1} {reqwest:>13.1} {ratio:>8.3}");
    }
    Ok(())
}

/// Microseconds of CPU that a call takes.
async fn spent(way: &Way, in_flight: usize) -> Result<f64, Box<dyn Error + Send + Sync>> {
    let before = cpu_nanos()?;
    let callers: Vec<_> = (0..in_flight)
        .map(|_| {
            let way = way.clone();
            tokio::spawn(async move {
                for _ in 0..CALLS / in_flight {
                    way.call().await?;
                }
                Ok::<_, Box<dyn Error + Send + Sync>>(())
            })
        })
        .collect();
    for caller in callers {
        caller.await??;
    }
    Ok((cpu_nanos()? - before) as f64 / 1e3 / CALLS as f64)
}

/// What this thread has run so far, in the kernel too.
fn cpu_nanos() -> Result<u64, Box<dyn Error + Send + Sync>> {
    let said = std::fs::read_to_string("/proc/thread-self/schedstat")
        .map_err(|why| format!("the CPU time is read from /proc, as Linux has it: {why}"))?;
    Ok(said.split_whitespace().next().unwrap_or_default().parse()?)
}

fn median(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
