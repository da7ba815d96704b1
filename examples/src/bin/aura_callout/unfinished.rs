//! What an earlier run left in the state file, and what becomes of it: it is resumed or, on request, discarded.
//!
//! Nothing here raises a callout. A callout that exists is never discarded; one whose outcome is unknown is never
//! raised again.

use crate::{outcome_unknown, server::Server};
use aura_client::{CalloutSession, FileSessionStore, SessionPhase, SessionState, SessionStore};
use examples::{Failure, Reporter};

/// What an earlier run left in the state file.
pub(crate) enum Unfinished {
    None,
    /// A callout that isn't closed yet.
    Callout(SessionState),
    /// A callout that was being created when the program ended. Its outcome is unknown.
    OutcomeUnknown(SessionState),
}

impl Unfinished {
    pub(crate) async fn find(store: &FileSessionStore) -> Result<Self, Failure> {
        let states = store.load().await.map_err(|error| Failure::failed(error.to_string()))?;
        let unknown = states.iter().find(|state| state.phase() == SessionPhase::Creating).cloned();
        let callout = states.into_iter().find(|state| state.callout_id().is_some());
        Ok(match (unknown, callout) {
            (Some(state), _) => Self::OutcomeUnknown(state),
            (None, Some(state)) => Self::Callout(state),
            (None, None) => Self::None,
        })
    }

    /// Resumes the callout; never raises one.
    pub(crate) async fn resume(
        self,
        server: &Server,
        store: &FileSessionStore,
        reporter: &Reporter,
    ) -> Result<CalloutSession, Failure> {
        let file = store.path().display();
        let state = match self {
            Self::OutcomeUnknown(state) => state,
            Self::Callout(state) if server.is_embedded() => {
                return Err(Failure::failed(format!(
                    "{file} holds callout {}, which the newly started emulator doesn't know. If it belongs to a real \
                     server, set AURA_BASE_URL. If it belongs to a previous emulator, remove the file.",
                    known(&state)
                )));
            }
            Self::Callout(state) => {
                reporter.line(format!(
                    "{file} holds callout {} of {}, which is not closed: resuming it instead of raising another.",
                    known(&state),
                    state.created_at().format("%F %T UTC")
                ));
                state
            }
            Self::None => return Err(Failure::failed(format!("{file} holds no callout to resume"))),
        };
        server.aura.resume(state).with_store(store).await.map_err(|error| outcome_unknown(&error, store.path()))
    }

    /// Discards a callout of unknown outcome, and nothing else.
    pub(crate) async fn forget(self, store: &FileSessionStore, reporter: &Reporter) -> Result<(), Failure> {
        let file = store.path().display();
        match self {
            Self::OutcomeUnknown(state) => {
                store.save(&state.ended()).await.map_err(|error| Failure::failed(format!("{file}: {error}")))?;
                reporter.line(format!("Discarded. {file} no longer prevents a new callout."));
                Ok(())
            }
            Self::Callout(state) => Err(Failure::usage(format!(
                "{file} holds callout {}, which exists and is not closed, so it is not discarded. Run this program \
                 without --forget to resume it.",
                known(&state)
            ))),
            Self::None => {
                reporter.line(format!("{file} holds nothing to discard."));
                Ok(())
            }
        }
    }
}

fn known(state: &SessionState) -> String {
    state.callout_id().map(|id| id.to_string()).unwrap_or_default()
}
