use crate::server::Server;
use aura_client::{CalloutSession, FileSessionStore};
use examples::{Failure, INTERRUPTED, Teller, aura::News};
use futures_util::TryStreamExt;
use std::process::ExitCode;
use tokio::task::JoinHandle;

/// Follows the callout until it is closed, or until Ctrl-C.
pub(crate) async fn follow(
    server: &Server,
    session: CalloutSession,
    store: &FileSessionStore,
    mut interrupted: JoinHandle<()>,
    teller: &Teller,
) -> Result<ExitCode, Failure> {
    let (id, file) = (session.id(), store.path().display());
    teller.wait_for(format!("following callout {id} until it is closed; Ctrl-C stops this program, not the callout"));
    let (mut updates, mut news) = (session.updates(), News::new());
    if session.state().is_dismissed() {
        news.hide();
    }
    loop {
        let update = tokio::select! {
            update = updates.try_next() => update,
            _ = &mut interrupted => break,
        };
        match update {
            Ok(Some(update)) => news.tell(&update, teller),
            Ok(None) => {
                teller.say(format!("Callout {id} is closed, and {file} no longer has it."));
                return Ok(ExitCode::SUCCESS);
            }
            Err(error) => {
                let more =
                    format!("Callout {id} can't be followed any more with these credentials. It stays in {file}.");
                return Err(server.failure(error).and(&more));
            }
        }
    }
    if server.is_embedded() {
        session.abandon().await;
        teller.say(format!("Stopped. The emulator ends with this program, and so does its callout {id}."));
    } else {
        teller.say(format!(
            "Stopped. Callout {id} goes on, and help with it. Run the same command again to follow it on:"
        ));
        teller.say(format!("{file} has its id."));
    }
    Ok(ExitCode::from(INTERRUPTED))
}
