//! A short story on a real server: one TEST callout, and never a real one.

use aura_client::{Aura, CalloutSession, MemorySessionStore, NewCallout, Token};
use examples::{
    Failure, Teller, aura,
    aura::{LiveAura, News},
    watch_time,
};
use futures_util::TryStreamExt;
use std::{pin::pin, time::Duration};
use tokio::{
    signal::ctrl_c,
    time::{Instant, sleep_until},
};

pub(super) async fn tell(teller: &Teller, live: &LiveAura) -> Result<(), Failure> {
    let watch = watch_time("AURA_WATCH_SECONDS")?;
    let aura = live.builder().build()?;
    teller.say("AURA: a TEST callout on a real server");
    teller
        .say(format!("AURA_BASE_URL is set, so this talks to {} and not to an emulator of its own.", live.base_url()));
    teller.say("It raises one TEST callout, and never a real one: nobody is sent before a controller has verified it.");
    teller.say("");
    let aura = for_tests(teller, live, &aura).await?;

    teller.wait_for("creating the callout");
    let new = NewCallout::new(aura::customer(), aura::position()).classification(aura_client::CalloutClass::Test);
    let session = aura.raise(new, &MemorySessionStore::new()).await?;
    teller.tell("client", format!("has created callout {}, and follows it", session.id()));
    teller.wait_for(format!(
        "following callout {} for {} s at most; Ctrl-C ends it earlier",
        session.id(),
        watch.as_secs()
    ));
    let left_open = |failure: Failure| {
        let id = session.id();
        failure.and(&format!("Callout {id} (TEST) may be left open. Ask a controller of AURA to close it."))
    };
    if follow(teller, &session, watch).await.map_err(left_open)? {
        teller.say("The callout is closed: nothing is left open.");
    } else {
        session.dismiss().await.map_err(|error| left_open(error.into()))?;
        let status = session.summary().map(|callout| callout.status);
        let status = status.map(|status| format!(", with the status `{status}`")).unwrap_or_default();
        teller.tell("client", "has dismissed the callout, for it is not closed");
        teller.say(format!(
            "Callout {} (TEST) is left open{status}: only a controller of AURA can close it.",
            session.id()
        ));
    }
    Ok(())
}

/// A client that acts for one user, and lets TEST callouts through only.
async fn for_tests(teller: &Teller, live: &LiveAura, aura: &Aura) -> Result<Aura, Failure> {
    let user = if live.has_user_token() { None } else { Some(register(teller, aura).await?) };
    teller.wait_for("listing the classifications");
    let list = aura.classifications().list().await?;
    let test = list.test().ok_or_else(|| {
        Failure::failed(
            "the server has no classification TEST, so nothing was raised: it would have been a real call for help",
        )
    })?;
    teller.tell("client", format!("has found the classification TEST, with the id {test}, and takes no other one"));
    let aura = live.builder().test_mode(test).build()?;
    Ok(user.map(|token| aura.with_user_token(token)).unwrap_or(aura))
}

/// Registers a user for this run alone.
async fn register(teller: &Teller, aura: &Aura) -> Result<Token, Failure> {
    teller.wait_for("registering a user");
    let token = aura::register(aura).await?;
    teller.tell("client", "has registered a user for this run, by the server's credentials");
    Ok(token)
}

/// Tells the news until the callout is closed (true), or the time is over or Ctrl-C was pressed (false).
async fn follow(teller: &Teller, session: &CalloutSession, watch: Duration) -> Result<bool, Failure> {
    let (mut updates, mut news) = (session.updates(), News::new());
    let end = Instant::now() + watch;
    let mut interrupted = pin!(ctrl_c());
    loop {
        let update = tokio::select! {
            biased;
            update = updates.try_next() => update?,
            () = sleep_until(end) => return Ok(false),
            _ = &mut interrupted => return Ok(false),
        };
        match update {
            Some(update) => news.tell(&update, teller),
            None => return Ok(session.state().is_ended()),
        }
    }
}
