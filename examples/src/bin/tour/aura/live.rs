//! On a real server: raises one TEST callout, never a real one.

use aura_client::{Aura, CalloutSession, MemorySessionStore, NewCallout, Token};
use examples::{
    Failure, Reporter,
    aura::{self, LiveAura, UpdateReporter},
    interruption,
};
use futures_util::TryStreamExt;
use std::time::Duration;
use tokio::time::{Instant, sleep_until};

pub(super) async fn run(reporter: &Reporter, live: &LiveAura) -> Result<(), Failure> {
    let watch = live.watch_time();
    let aura = live.builder().build()?;
    reporter.line("AURA: a TEST callout on a real server");
    reporter.line(format!("AURA_BASE_URL is set: using {} instead of an emulator.", live.base_url()));
    reporter.line("It raises one TEST callout, never a real one: nobody is sent until a controller has verified it.");
    reporter.line("");
    let aura = for_tests(reporter, live, &aura).await?;

    reporter.wait_for("creating the callout");
    let new = NewCallout::new(aura::customer(), aura::position()).classification(aura_client::CalloutClass::Test);
    let session = aura.raise(new, &MemorySessionStore::new()).await?;
    reporter.step("client", format!("creates callout {} and follows it", session.id()));
    reporter.wait_for(format!(
        "following callout {} for at most {} s; Ctrl-C stops earlier",
        session.id(),
        watch.as_secs()
    ));
    let left_open = |failure: Failure| {
        let id = session.id();
        failure.and(&format!("Callout {id} (TEST) may be left open. Ask a controller of AURA to close it."))
    };
    if follow(reporter, &session, watch).await.map_err(left_open)? {
        reporter.line("The callout is closed: nothing is left open.");
    } else {
        session.dismiss().await.map_err(|error| left_open(error.into()))?;
        let status = session.summary().map(|callout| callout.status);
        let status = status.map(|status| format!(", with the status `{status}`")).unwrap_or_default();
        reporter.step("client", "dismisses the callout, because it is not closed");
        reporter.line(format!(
            "Callout {} (TEST) is left open{status}: only a controller of AURA can close it.",
            session.id()
        ));
    }
    Ok(())
}

/// A client that acts for one user and sends only TEST callouts.
async fn for_tests(reporter: &Reporter, live: &LiveAura, aura: &Aura) -> Result<Aura, Failure> {
    let user = if live.has_user_token() { None } else { Some(register(reporter, aura).await?) };
    reporter.wait_for("listing the classifications");
    let list = aura.classifications().list().await?;
    let test = list.test().ok_or_else(|| {
        Failure::failed(
            "the server has no classification TEST, so nothing was raised: it would be a real call for help",
        )
    })?;
    reporter.step("client", format!("finds the classification TEST with the id {test} and uses no other"));
    let aura = live.builder().test_mode(test).build()?;
    Ok(user.map(|token| aura.with_user_token(token)).unwrap_or(aura))
}

/// Registers a user for this run.
async fn register(reporter: &Reporter, aura: &Aura) -> Result<Token, Failure> {
    reporter.wait_for("registering a user");
    let token = aura::register(aura).await?;
    reporter.step("client", "registers a user for this run, with the server's credentials");
    Ok(token)
}

/// Reports updates until the callout is closed (true), or until the time is over or Ctrl-C or SIGTERM asks it to
/// stop (false).
async fn follow(reporter: &Reporter, session: &CalloutSession, watch: Duration) -> Result<bool, Failure> {
    let (mut updates, mut update_reporter) = (session.updates(), UpdateReporter::new());
    let end = Instant::now() + watch;
    let mut interrupted = interruption();
    loop {
        let update = tokio::select! {
            biased;
            update = updates.try_next() => update?,
            () = sleep_until(end) => return Ok(false),
            _ = &mut interrupted => return Ok(false),
        };
        match update {
            Some(update) => update_reporter.report(&update, reporter),
            None => return Ok(session.state().is_ended()),
        }
    }
}
