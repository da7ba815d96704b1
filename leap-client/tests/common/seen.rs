use super::secs;
use futures_util::{Stream, StreamExt};
use leap_client::{Change, Error, Settled, Update};
use tokio::time::timeout;

type Item = Result<Change, Error>;

/// What an update says: its text, its state, or its type.
pub(crate) fn said(update: &Update) -> String {
    let state = update.state.as_ref().map(|state| format!("to {state}"));
    let text = update.comment.as_deref().cloned();
    text.or(state).unwrap_or_else(|| update.kind.to_string())
}

/// A change in one line: `A: late, new, first comment, to PROBLEM`.
pub(crate) fn line(change: &Change) -> String {
    let mut words = Vec::new();
    words.extend(change.is_late().then(|| "late".to_owned()));
    words.extend(change.is_new().then(|| "new".to_owned()));
    words.extend(change.updates().iter().map(said));
    format!("{}: {}", change.request().identifier, words.join(", "))
}

/// The next change, which must come within two hours.
pub(crate) async fn change(changes: &mut (impl Stream<Item = Item> + Unpin)) -> Change {
    timeout(secs(7_200), changes.next()).await.expect("no change").unwrap().unwrap()
}

/// The next change in one line, which is settled.
pub(crate) async fn settled(changes: &mut (impl Stream<Item = Item> + Unpin)) -> (String, Settled) {
    let change = change(changes).await;
    (line(&change), change.done().await.unwrap())
}

/// The next change in one line, which is acknowledged.
pub(crate) async fn handled(changes: &mut (impl Stream<Item = Item> + Unpin)) -> String {
    let (line, settled) = settled(changes).await;
    assert_eq!(settled, Settled::Acknowledged, "{line}");
    line
}

/// The next item in one word, within ten minutes; a change is left.
pub(crate) async fn next(changes: &mut (impl Stream<Item = Item> + Unpin)) -> String {
    match timeout(secs(600), changes.next()).await {
        Err(_) => "nothing".to_owned(),
        Ok(None) => "end".to_owned(),
        Ok(Some(Ok(change))) => line(&change),
        Ok(Some(Err(error))) => format!("error {}", error.kind()),
    }
}

/// Nothing comes within ten minutes.
pub(crate) async fn quiet(changes: &mut (impl Stream<Item = Item> + Unpin)) {
    assert_eq!(next(changes).await, "nothing");
}
