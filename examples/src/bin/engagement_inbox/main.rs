//! Lists interventions as a table, or exports them as CSV or JSON lines.

mod arguments;
mod csv;
mod destination;
mod format;
mod server;
mod table;

use crate::{arguments::Arguments, destination::Destination, server::Server};
use clap::Parser;
use examples::{Failure, INTERRUPTED, engagement::LiveEngagement, interruption, sanitize};
use futures_util::TryStreamExt;
use indicatif::{ProgressBar, ProgressStyle};
use std::{
    io::{self, Write},
    process::ExitCode,
    time::Duration,
};

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let interrupted = interruption();
    // A temporary file is removed when the future that writes it is dropped.
    tokio::select! {
        end = run(&arguments) => end.map_or_else(Failure::exit, |()| ExitCode::SUCCESS),
        _ = interrupted => ExitCode::from(INTERRUPTED),
    }
}

async fn run(arguments: &Arguments) -> Result<(), Failure> {
    let live = LiveEngagement::from_env()?;
    let destination = Destination::open(arguments.out.as_deref())?;
    let progress = Progress::new();
    let server = Server::choose(live, &progress).await?;
    list(&server, arguments, destination, &progress).await
}

/// Writes the whole list, page by page, and reports the result.
pub(crate) async fn list(
    server: &Server,
    arguments: &Arguments,
    mut destination: Destination,
    progress: &Progress,
) -> Result<(), Failure> {
    let call = server.interventions().list(arguments.list());
    // An invalid filter is a usage error.
    call.parts().map_err(|error| Failure::usage(error.report()))?;
    let (mut pages, mut writer) = (call.pages(), arguments.format.writer());
    let (mut listed, mut unreadable, mut there) = (0, 0, None);
    let most = arguments.most.unwrap_or(u64::MAX);
    progress.show(listed, None);
    while listed < most
        && let Some(page) = pages.try_next().await?
    {
        there = page.total;
        let mut interventions = Vec::with_capacity(page.rows());
        for row in page.into_iter().take(usize::try_from(most - listed).unwrap_or(usize::MAX)) {
            listed += 1;
            match row {
                Ok(intervention) => interventions.push(intervention),
                Err(row) => {
                    unreadable += 1;
                    progress.note(&format!("not decodable: {}: {}", row.id, row.error));
                }
            }
        }
        let text = writer.page(&interventions)?;
        progress.apart(|| destination.write(&text))?;
        progress.show(listed, there.map(|there| there.min(most)));
    }
    let text = writer.end()?;
    progress.apart(|| destination.write(&text))?;
    let place = destination.keep()?.map(|path| format!(" in {}", path.display())).unwrap_or_default();
    let of = there.filter(|there| *there > listed);
    let of = of.map(|there| format!(" of {there} on the server")).unwrap_or_default();
    progress.note(&format!("Interventions{place}: {}{of}.", listed - unreadable));
    match unreadable {
        0 => Ok(()),
        1 => Err(Failure::failed("1 intervention can't be decoded and is not listed")),
        _ => Err(Failure::failed(format!("{unreadable} interventions can't be decoded and are not listed"))),
    }
}

/// Everything except the list: notes on stderr, and a progress bar if that is a terminal.
pub(crate) struct Progress(ProgressBar);

impl Progress {
    /// A bar without a length, until the first page shows the total.
    pub(crate) fn new() -> Self {
        let bar = ProgressBar::no_length().with_style(style("{spinner} {elapsed} {pos} interventions listed"));
        bar.enable_steady_tick(Duration::from_millis(100));
        Self(bar)
    }

    /// Shows how many are listed of how many, which can grow.
    pub(crate) fn show(&self, listed: u64, wanted: Option<u64>) {
        if let Some(wanted) = wanted {
            if self.0.length().is_none() {
                self.0.set_style(style("{elapsed} {wide_bar} {pos} of {len} interventions listed"));
            }
            self.0.set_length(wanted.max(listed));
        }
        self.0.set_position(listed);
    }

    /// Prints a line on stderr; a failure to write is ignored.
    pub(crate) fn note(&self, line: &str) {
        self.apart(|| drop(writeln!(io::stderr(), "{}", sanitize(line))));
    }

    /// Runs an action while the bar is hidden, because it may share the terminal.
    pub(crate) fn apart<T>(&self, act: impl FnOnce() -> T) -> T {
        self.0.suspend(act)
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar())
}
