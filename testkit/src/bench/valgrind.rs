//! Counts what a round of work costs, in instructions and allocations.
//!
//! A bench runs itself under valgrind twice, with few and with many rounds. The difference is what the rounds cost;
//! start and end cancel out. Instructions repeat exactly, so there is no clock and nothing to average.
//!
//! To see where instructions go, take one way alone:
//!
//! ```text
//! valgrind --tool=callgrind --callgrind-out-file=/tmp/bench.out \
//!     target/release/deps/decode-… ours 1000
//! callgrind_annotate /tmp/bench.out
//! ```

use super::{Failure, arguments};
use std::process::Command;

const FEW: u64 = 50;
const MANY: u64 = 550;

/// A way to do the work once.
pub type Way<'w> = (&'static str, &'w dyn Fn() -> Result<(), Failure>);

/// The whole of a bench that does the same work in two ways: prints what they cost side by side. With the name of a way
/// and a number of rounds as arguments it only does the work.
///
/// # Errors
///
/// The work fails, or the arguments are no way and number.
pub fn decode(ways: [Way<'_>; 2]) -> Result<(), Failure> {
    match arguments().iter().map(String::as_str).collect::<Vec<_>>()[..] {
        [name, rounds] => {
            let way = ways.iter().find(|way| way.0 == name).ok_or("no such way")?;
            (0..rounds.parse()?).try_for_each(|_: u64| (way.1)())
        }
        _ => {
            print("decode", ways.map(|(name, _)| (name, cost(&[name]))));
            Ok(())
        }
    }
}

/// What one round costs.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Cost {
    /// Instructions of the processor, outside the kernel.
    pub instructions: u64,
    /// Allocations on the heap.
    pub allocations: u64,
}

/// The cost of a round of this program run with `arguments` and, behind them, the number of rounds. `None` if valgrind
/// did not run.
#[must_use]
pub fn cost(arguments: &[&str]) -> Option<Cost> {
    let per_round = |tool: &[&str], before: &str| {
        let [low, high] = [FEW, MANY].map(|rounds| counted(arguments, rounds, tool, before));
        Some((high? - low?) / (MANY - FEW))
    };
    Some(Cost {
        instructions: per_round(&["--tool=callgrind", "--callgrind-out-file=/dev/null"], "Collected :")?,
        allocations: per_round(&["--tool=memcheck", "--undef-value-errors=no"], "total heap usage:")?,
    })
}

/// Prints two ways side by side, and how the first compares to the second.
pub fn print(bench: &str, ways: [(&str, Option<Cost>); 2]) {
    let [(_, Some(first)), (_, Some(second))] = ways else {
        println!("{bench}: nothing counted, for valgrind did not run (apt-get install valgrind)");
        return;
    };
    println!("{bench:<10} {:>14} {:>13}", "instructions", "allocations");
    for ((way, _), cost) in ways.iter().zip([first, second]) {
        println!("{way:<10} {:>14} {:>13}", cost.instructions, cost.allocations);
    }
    println!("{:<10} {:>14.3}", "ratio", first.instructions as f64 / second.instructions as f64);
}

/// The number that the tool prints behind `before`.
fn counted(arguments: &[&str], rounds: u64, tool: &[&str], before: &str) -> Option<u64> {
    let this = std::env::current_exe().ok()?;
    let output = Command::new("valgrind").args(tool).arg(this).args(arguments).arg(rounds.to_string()).output().ok()?;
    let report = String::from_utf8(output.stderr).ok()?;
    let number = report.split_once(before)?.1.split_whitespace().next()?;
    number.replace(',', "").parse().ok().filter(|_| output.status.success())
}
