//! Agents and customers, in the hands of a test.

mod agents;
mod customers;
pub(super) mod interventions;

use crate::{
    engagement::{
        content::NewContent, control_error::ControlError, ids::AGENT_ID, intervention::Intervention, world::World,
    },
    hooks::hook_methods,
    unseen::Unseen,
};
use std::sync::Arc;

/// What customers and other agents do, and what an administrator does, told by a test or a demonstration.
///
/// Every action answers with a [`ControlError`] and changes nothing when it can't be done. It is held to the same rules as the API but for permissions:
/// whoever acts here may do everything. Clones are handles on the same world.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use care_emulators::engagement::{ControlError, Emulator};
///
/// let emulator = Emulator::start().await?;
/// let room = emulator.controller();
/// let id = room.open_new();
/// assert_eq!(room.close(&id), Err(ControlError::NoReplies { id: id.clone() }));
/// room.reply(&id)?;
/// room.close(&id)?;
/// assert!(room.intervention(&id)?.closed);
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Controller {
    world: Unseen<Arc<World>>,
}

impl Controller {
    pub(super) fn new(world: Arc<World>) -> Self {
        Self { world: Unseen(world) }
    }

    /// Adds what a customer writes, and gives its id. Where there is an intervention on that conversation, the customer waits for a reply from then on.
    ///
    /// # Errors
    ///
    /// The source is unknown.
    pub fn add_content(&self, content: NewContent) -> Result<String, ControlError> {
        let content = self.world.fill_in(content);
        let (now, mut state) = (self.world.now(), self.world.state());
        let (id, source) = (content.id.clone(), &content.conversation.source);
        if !state.directory.has_source(source) {
            return Err(ControlError::UnknownSource { id: source.clone() });
        }
        state.store.add_content(content, now);
        Ok(id)
    }

    /// Opens an intervention on a content for the agent [`AGENT_ID`], or opens the one on its conversation again, and gives its id.
    ///
    /// # Errors
    ///
    /// The content is unknown, or the intervention on its conversation is open.
    pub fn open(&self, content_id: &str) -> Result<String, ControlError> {
        let (now, id) = (self.world.now(), self.world.ids.next());
        self.world.state().store.open(id, content_id, AGENT_ID, now)
    }

    /// Opens an intervention on a new content of a conversation of its own for the agent [`AGENT_ID`], and gives its id.
    #[must_use]
    pub fn open_new(&self) -> String {
        let (content, now, id) = (self.world.fill_in(NewContent::new()), self.world.now(), self.world.ids.next());
        let store = &mut self.world.state().store;
        store.add_content(content.clone(), now);
        store.begin(id.clone(), &content, AGENT_ID, now);
        id
    }

    /// The ids of all interventions, newest first.
    #[must_use]
    pub fn interventions(&self) -> Vec<String> {
        self.world.state().store.newest_first().map(|intervention| intervention.id.clone()).collect()
    }

    /// An intervention as it is now.
    ///
    /// # Errors
    ///
    /// The intervention is unknown.
    pub fn intervention(&self, id: &str) -> Result<Intervention, ControlError> {
        self.world.state().store.get(id).cloned()
    }

    hook_methods! {
        /// ```
        /// # #[tokio::main(flavor = "current_thread")]
        /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
        /// use care_emulators::engagement::Emulator;
        /// use http::Method;
        ///
        /// let emulator = Emulator::start().await?;
        /// let room = emulator.controller();
        /// let id = room.open_new();
        /// room.before_next(Method::PUT, "/close", move |room| {
        ///     // Another agent is faster than the client.
        ///     room.reply(&id).and_then(|()| room.close(&id)).ok();
        /// });
        /// # Ok(())
        /// # }
        /// ```
    }
}
