use super::Failure;

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
