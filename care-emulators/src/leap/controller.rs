//! Customers and agents, in the hands of a test.

use std::sync::Arc;

use super::control_error::ControlError;
use super::new_request::NewRequest;
use super::registry::Key;
use super::state::State;
use super::support_request::SupportRequest;
use super::world::World;
use crate::hooks::hook_methods;
use crate::unseen::Unseen;

/// What customers and agents do in the vendor's portals, told by a test or a demonstration.
///
/// Whatever it changes waits for an acknowledgement afterwards, but for external identifiers. Every action answers with a [`ControlError`] and
/// changes nothing when it can't be done. Texts stand in answers as they are: a character that XML doesn't allow makes a document that can't be read.
///
/// Clones are handles on the same world.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use care_emulators::leap::{Emulator, NewRequest, State};
///
/// let emulator = Emulator::start().await?;
/// let portal = emulator.controller();
/// let id = portal.raise(NewRequest::topic("Lighting").summary("It is dark"))?;
/// portal.assign(&id, "Kim Example")?;
/// portal.comment(&id, "Robin Example", "Since yesterday")?;
/// let request = portal.request(&id)?;
/// assert_eq!((request.state, request.updates.len()), (State::InProgress, 3));
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

    fn tell(
        &self,
        id: &str,
        action: impl FnOnce(&mut SupportRequest) -> Result<(), ControlError>,
    ) -> Result<(), ControlError> {
        let mut registry = self.world.registry();
        let unknown = || ControlError::UnknownRequest { id: id.to_owned() };
        action(registry.get_mut(&Key::Id(id.to_owned())).ok_or_else(unknown)?)
    }

    /// Raises a request, whose state is `NEW`, and gives its identifier. Its topic exists from then on.
    ///
    /// # Errors
    ///
    /// Another request has its identifier or its external identifier, or one of the two is empty.
    pub fn raise(&self, request: NewRequest) -> Result<String, ControlError> {
        self.world.raise(request)
    }

    /// Assigns a request to an agent. If it was `NEW`, it is `IN_PROGRESS` then.
    ///
    /// # Errors
    ///
    /// The request is unknown, or has come to its end.
    pub fn assign(&self, id: &str, agent: &str) -> Result<(), ControlError> {
        let hand = self.world.hand(agent);
        self.tell(id, |request| {
            if request.state.is_terminal() {
                return Err(ControlError::Terminal { id: request.id.clone(), state: request.state });
            }
            request.assign(hand);
            Ok(())
        })
    }

    /// Lets a customer or an agent with this display name comment on a request.
    ///
    /// # Errors
    ///
    /// The request is unknown, or the text is empty.
    pub fn comment(&self, id: &str, who: &str, text: &str) -> Result<(), ControlError> {
        if text.is_empty() {
            return Err(ControlError::EmptyText);
        }
        let hand = self.world.hand(who);
        self.tell(id, |request| {
            request.comment(hand, text);
            Ok(())
        })
    }

    /// Lets an agent with this display name change the state of a request, with a comment unless that is empty. The customer gets a mail.
    ///
    /// # Errors
    ///
    /// The request is unknown, or it has come to its end in another state.
    pub fn change_state(&self, id: &str, to: State, who: &str, comment: &str) -> Result<(), ControlError> {
        let hand = self.world.hand(who);
        self.tell(id, |request| {
            if !request.state.may_become(to) {
                return Err(ControlError::Terminal { id: request.id.clone(), state: request.state });
            }
            request.change_state(hand, to, comment);
            Ok(())
        })
    }

    /// Changes the summary of a request: a change that makes no entry in its history.
    ///
    /// # Errors
    ///
    /// The request is unknown.
    pub fn edit_summary(&self, id: &str, summary: &str) -> Result<(), ControlError> {
        let hand = self.world.hand("");
        self.tell(id, |request| {
            summary.clone_into(&mut request.summary);
            request.touch(hand);
            Ok(())
        })
    }

    /// Flags the property that a request refers to, as a change of the property does. The request isn't changed by that.
    ///
    /// # Errors
    ///
    /// The request is unknown, or refers to no property.
    pub fn flag_property(&self, id: &str) -> Result<(), ControlError> {
        let now = self.world.now();
        self.tell(id, |request| {
            if request.given.property.is_none() {
                return Err(ControlError::NoProperty { id: request.id.clone() });
            }
            request.property_unacked_since.get_or_insert(now);
            Ok(())
        })
    }

    /// Gives a request an external identifier, in place of the one it has. Nothing waits for an acknowledgement by that.
    ///
    /// # Errors
    ///
    /// The request is unknown, another one has this external identifier, or it is empty.
    pub fn set_external_id(&self, id: &str, external_id: &str) -> Result<(), ControlError> {
        let mut registry = self.world.registry();
        let key = Key::Id(id.to_owned());
        if registry.refuses(&key, external_id) {
            return Err(ControlError::ExternalIdTaken { external_id: external_id.to_owned() });
        }
        let set = registry.set_external_id(&key, external_id).map(|_| ());
        set.ok_or_else(|| ControlError::UnknownRequest { id: id.to_owned() })
    }

    /// Removes a request, as no documented operation can. Its topic stays.
    ///
    /// # Errors
    ///
    /// The request is unknown.
    pub fn vanish(&self, id: &str) -> Result<(), ControlError> {
        let gone = self.world.registry().remove(id).map(|_| ());
        gone.ok_or_else(|| ControlError::UnknownRequest { id: id.to_owned() })
    }

    /// Makes a topic exist that no request has been raised under.
    pub fn add_topic(&self, topic: impl Into<String>) {
        self.world.registry().add_topic(topic.into());
    }

    /// The identifiers of all requests, in the order of their raising.
    #[must_use]
    pub fn requests(&self) -> Vec<String> {
        self.world.registry().all().map(|request| request.id.clone()).collect()
    }

    /// A request as it is now.
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
        /// let portal = emulator.controller();
        /// let id = portal.raise(NewRequest::topic("Lighting"))?;
        /// portal.before_next(Method::POST, "/requests/acked", move |portal| {
        ///     // A change that the client acknowledges without having seen it.
        ///     portal.comment(&id, "Robin Example", "Still dark").ok();
        /// });
        /// # Ok(())
        /// # }
        /// ```
    }
}
