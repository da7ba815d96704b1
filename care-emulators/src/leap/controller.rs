//! Customers and agents, driven by a test.

use super::{
    new_request::NewRequest,
    state::{ControlError, State},
    support_request::SupportRequest,
    world::{Key, World},
};
use crate::{hooks::hook_methods, secrets::Redacted};
use std::sync::Arc;

/// Drives what customers and agents do in the vendor's portals, from a test or a demonstration.
///
/// Every change must be acknowledged afterwards, except a change of the external identifier. An action that can't be
/// carried out changes nothing and returns a [`ControlError`]. Texts are written unchecked: a character that XML
/// doesn't allow makes a document that can't be read.
///
/// Clones drive the same world.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use care_emulators::leap::{Emulator, NewRequest, State};
///
/// let emulator = Emulator::start().await?;
/// let controller = emulator.controller();
/// let id = controller.raise(NewRequest::topic("Lighting").summary("It is dark"))?;
/// controller.assign(&id, "Kim Example")?;
/// controller.comment(&id, "Robin Example", "Since yesterday")?;
/// let request = controller.request(&id)?;
/// assert_eq!((request.state, request.updates.len()), (State::InProgress, 3));
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone)]
pub struct Controller {
    world: Redacted<Arc<World>>,
}

impl Controller {
    pub(super) fn new(world: Arc<World>) -> Self {
        Self { world: Redacted(world) }
    }

    fn change(
        &self,
        id: &str,
        action: impl FnOnce(&mut SupportRequest) -> Result<(), ControlError>,
    ) -> Result<(), ControlError> {
        let mut registry = self.world.registry();
        let unknown = || ControlError::UnknownRequest { id: id.to_owned() };
        action(registry.get_mut(&Key::Id(id.to_owned())).ok_or_else(unknown)?)
    }

    /// Raises a request in the state `NEW` and returns its identifier. Its topic exists from then on.
    ///
    /// # Errors
    ///
    /// The identifier or external identifier is empty or taken by another request.
    pub fn raise(&self, request: NewRequest) -> Result<String, ControlError> {
        self.world.raise(request)
    }

    /// Assigns a request to an agent. If its state was `NEW`, it becomes `IN_PROGRESS`.
    ///
    /// # Errors
    ///
    /// The request is unknown, or in a terminal state.
    pub fn assign(&self, id: &str, agent: &str) -> Result<(), ControlError> {
        let actor = self.world.actor(agent);
        self.change(id, |request| {
            if request.state.is_terminal() {
                return Err(ControlError::Terminal { id: request.id.clone(), state: request.state });
            }
            request.assign(actor);
            Ok(())
        })
    }

    /// Adds a comment by a customer or an agent with this display name.
    ///
    /// # Errors
    ///
    /// The request is unknown, or the text is empty.
    pub fn comment(&self, id: &str, who: &str, text: &str) -> Result<(), ControlError> {
        if text.is_empty() {
            return Err(ControlError::EmptyText);
        }
        let actor = self.world.actor(who);
        self.change(id, |request| {
            request.comment(actor, text);
            Ok(())
        })
    }

    /// Changes the state of a request, by an agent with this display name, with a comment unless that is empty. The
    /// customer is notified by email.
    ///
    /// # Errors
    ///
    /// The request is unknown, or in another, terminal state.
    pub fn change_state(&self, id: &str, to: State, who: &str, comment: &str) -> Result<(), ControlError> {
        let actor = self.world.actor(who);
        self.change(id, |request| {
            if !request.state.may_become(to) {
                return Err(ControlError::Terminal { id: request.id.clone(), state: request.state });
            }
            request.change_state(actor, to, comment);
            Ok(())
        })
    }

    /// Changes the summary of a request, which adds no entry to its history.
    ///
    /// # Errors
    ///
    /// The request is unknown.
    pub fn edit_summary(&self, id: &str, summary: &str) -> Result<(), ControlError> {
        let actor = self.world.actor("");
        self.change(id, |request| {
            summary.clone_into(&mut request.summary);
            request.touch(actor);
            Ok(())
        })
    }

    /// Flags the property of a request, as a change of the property does. The request itself isn't changed.
    ///
    /// # Errors
    ///
    /// The request is unknown, or has no property.
    pub fn flag_property(&self, id: &str) -> Result<(), ControlError> {
        let now = self.world.now();
        self.change(id, |request| {
            if request.given.property.is_none() {
                return Err(ControlError::NoProperty { id: request.id.clone() });
            }
            request.property_unacked_since.get_or_insert(now);
            Ok(())
        })
    }

    /// Replaces the external identifier of a request. This need not be acknowledged.
    ///
    /// # Errors
    ///
    /// The request is unknown, or the external identifier is empty or taken by another request.
    pub fn set_external_id(&self, id: &str, external_id: &str) -> Result<(), ControlError> {
        let mut registry = self.world.registry();
        let key = Key::Id(id.to_owned());
        if registry.refuses(&key, external_id) {
            return Err(ControlError::ExternalIdTaken { external_id: external_id.to_owned() });
        }
        let set = registry.set_external_id(&key, external_id).map(|_| ());
        set.ok_or_else(|| ControlError::UnknownRequest { id: id.to_owned() })
    }

    /// Removes a request, which no documented operation does. Its topic stays.
    ///
    /// # Errors
    ///
    /// The request is unknown.
    #[doc(alias = "delete")]
    pub fn remove(&self, id: &str) -> Result<(), ControlError> {
        let gone = self.world.registry().remove(id).map(|_| ());
        gone.ok_or_else(|| ControlError::UnknownRequest { id: id.to_owned() })
    }

    /// Adds a topic without requests.
    pub fn add_topic(&self, topic: impl Into<String>) {
        self.world.registry().add_topic(topic.into());
    }

    /// Returns the identifiers of all requests, in the order in which they were raised.
    #[must_use]
    pub fn requests(&self) -> Vec<String> {
        self.world.registry().all().map(|request| request.id.clone()).collect()
    }

    /// Returns a request in its current state.
    ///
    /// # Errors
    ///
    /// The request is unknown.
    pub fn request(&self, id: &str) -> Result<SupportRequest, ControlError> {
        let request = self.world.registry().get(&Key::Id(id.to_owned())).cloned();
        request.ok_or_else(|| ControlError::UnknownRequest { id: id.to_owned() })
    }

    hook_methods! {
        /// ```
        /// # #[tokio::main(flavor = "current_thread")]
        /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
        /// use care_emulators::leap::{Emulator, NewRequest};
        /// use http::Method;
        ///
        /// let emulator = Emulator::start().await?;
        /// let controller = emulator.controller();
        /// let id = controller.raise(NewRequest::topic("Lighting"))?;
        /// controller.before_next(Method::POST, "/requests/acked", move |controller| {
        ///     // A change that the client acknowledges without having seen it.
        ///     controller.comment(&id, "Robin Example", "Still dark").ok();
        /// });
        /// # Ok(())
        /// # }
        /// ```
    }
}
