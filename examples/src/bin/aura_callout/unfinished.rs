use crate::{fate_unknown, server::Server};
use aura_client::{CalloutSession, FileSessionStore, SessionPhase, SessionState, SessionStore};
use examples::{Failure, Teller};

/// What an earlier run has left in the state file.
pub(crate) enum Unfinished {
    None,
    /// A callout that isn't closed yet.
    Callout(SessionState),
    /// A callout that was being created when the program ended: nobody knows whether it exists.
    FateUnknown(SessionState),
}

impl Unfinished {
    pub(crate) async fn find(store: &FileSessionStore) -> Result<Self, Failure> {
        let states = store.load().await.map_err(|error| Failure::failed(error.to_string()))?;
        let unknown = states.iter().find(|state| state.phase() == SessionPhase::Creating).cloned();
        let callout = states.into_iter().find(|state| state.callout_id().is_some());
        Ok(match (unknown, callout) {
            (Some(state), _) => Self::FateUnknown(state),
            (None, Some(state)) => Self::Callout(state),
            (None, None) => Self::None,
        })
    }

    /// Goes on with the callout; nothing is ever raised here.
    pub(crate) async fn resume(
        self,
        server: &Server,
        store: &FileSessionStore,
        teller: &Teller,
    ) -> Result<CalloutSession, Failure> {
        let file = store.path().display();
        let state = match self {
            Self::FateUnknown(state) => state,
            Self::Callout(state) if server.is_embedded() => {
                return Err(Failure::failed(format!(
                    "{file} has callout {}, and the emulator of this run has just started and doesn't know it. If it is of a \
                     real server, set AURA_BASE_URL. If it was of an emulator that is gone, remove the file.",
                    known(&state)
                )));
            }
            Self::Callout(state) => {
                teller.say(format!(
                    "{file} has callout {} of {}, which is not closed: resuming it, and raising no second one.",
                    known(&state),
                    state.created_at().format("%F %T UTC")
                ));
                state
            }
            Self::None => return Err(Failure::failed(format!("{file} has nothing to resume"))),
        };
        server.aura.resume(state).with_store(store).await.map_err(|error| fate_unknown(&error, store.path()))
    }

    /// Drops what nobody knows the fate of, and nothing else.
    pub(crate) async fn forget(self, store: &FileSessionStore, teller: &Teller) -> Result<(), Failure> {
        let file = store.path().display();
        match self {
            Self::FateUnknown(state) => {
                store.save(&state.ended()).await.map_err(|error| Failure::failed(format!("{file}: {error}")))?;
                teller.say(format!("Forgotten. {file} no longer keeps a new callout from being raised."));
                Ok(())
            }
            Self::Callout(state) => Err(Failure::usage(format!(
                "{file} has callout {}, which exists and is not closed: it is not forgotten. Run this without --forget to go on \
                 with it.",
                known(&state)
            ))),
            Self::None => {
                teller.say(format!("{file} has nothing to forget."));
                Ok(())
            }
        }
    }
}

fn known(state: &SessionState) -> String {
    state.callout_id().map(|id| id.to_string()).unwrap_or_default()
}
