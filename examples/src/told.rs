use crate::{Failure, Teller};
use std::process::ExitCode;

/// Runs a program that tells what it does; gives the code that the process ends with.
pub async fn told(run: impl AsyncFnOnce(&Teller) -> Result<ExitCode, Failure>) -> ExitCode {
    let teller = Teller::new();
    let end = run(&teller).await;
    // The failure is told when no progress line stands below any more.
    drop(teller);
    end.unwrap_or_else(Failure::end)
}
