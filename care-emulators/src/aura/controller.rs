//! The control room, in the hands of a test.

use std::sync::Arc;

use super::case::{Case, Scene};
use super::control_error::ControlError;
use super::place::Fix;
use super::status::Status;
use super::world::World;
use crate::unseen::Unseen;

/// What AURA's controllers and responders do with callouts, told by a test or a demonstration.
///
/// Every action answers with a [`ControlError`] and changes nothing when the callout doesn't exist or its [`Status`] doesn't allow it.
/// Clones are handles on the same control room.
#[derive(Debug, Clone)]
pub struct Controller {
    world: Unseen<Arc<World>>,
}

/// An action without anything to say, as the control endpoints name it.
pub(super) type Action = fn(&Controller, u64) -> Result<(), ControlError>;

/// The actions that the control endpoints know, by the last segment of their path.
pub(super) const ACTIONS: [(&str, Action); 10] = [
    ("acknowledge", Controller::acknowledge),
    ("verify", Controller::verify),
    ("set-verified", Controller::set_verified),
    ("dispatch", Controller::dispatch),
    ("dispatch-by-hand", Controller::dispatch_by_hand),
    ("cancel-responder", Controller::cancel_responder),
    ("move-responder", Controller::move_responder),
    ("arrive", Controller::arrive),
    ("complete", Controller::complete),
    ("close", Controller::close),
];

impl Controller {
    pub(super) fn new(world: Arc<World>) -> Self {
        Self { world: Unseen(world) }
    }

    fn tell(
        &self,
        callout: u64,
        action: impl FnOnce(&mut Case, &mut Scene<'_>) -> Result<(), ControlError>,
    ) -> Result<(), ControlError> {
        self.world.with(callout, action).unwrap_or(Err(ControlError::UnknownCallout { callout }))
    }

    fn look<T>(&self, callout: u64, see: impl FnOnce(&Case) -> T) -> Result<T, ControlError> {
        self.world.with(callout, |case, _| see(case)).ok_or(ControlError::UnknownCallout { callout })
    }

    /// Sees the callout for the first time: it gets an address, and responders who are near are found. The status stays.
    ///
    /// # Errors
    ///
    /// The callout is unknown or closed.
    pub fn acknowledge(&self, callout: u64) -> Result<(), ControlError> {
        self.tell(callout, Case::acknowledge)
    }

    /// Takes the callout and verifies that a response is wanted; acknowledges it first, if nobody has. The status stays.
    ///
    /// # Errors
    ///
    /// The callout is unknown or closed.
    pub fn verify(&self, callout: u64) -> Result<(), ControlError> {
        self.tell(callout, Case::verify)
    }

    /// Marks the callout as verified by nobody, as AURA itself does it with some: `verified` is true and `verifiedBy` null.
    ///
    /// # Errors
    ///
    /// The callout is unknown or closed.
    pub fn set_verified(&self, callout: u64) -> Result<(), ControlError> {
        self.tell(callout, Case::set_verified)
    }

    /// Sends a responder who has AURA's app: the customer sees who comes, from where, and when.
    ///
    /// A callout of another classification than TEST that nobody has verified is taken as [verified by nobody](Controller::set_verified).
    ///
    /// # Errors
    ///
    /// The callout is unknown, it is a TEST and not verified, or its status is neither `created` nor `Responder Cancelled`.
    pub fn dispatch(&self, callout: u64) -> Result<(), ControlError> {
        self.tell(callout, Case::dispatch)
    }

    /// Sends a company by telephone, after the responder with the app has declined: the customer sees which company comes, and nothing more.
    ///
    /// # Errors
    ///
    /// The same as of [`dispatch`](Controller::dispatch).
    pub fn dispatch_by_hand(&self, callout: u64) -> Result<(), ControlError> {
        self.tell(callout, Case::dispatch_by_hand)
    }

    /// Calls the responder back. Another one can be dispatched afterwards.
    ///
    /// # Errors
    ///
    /// The callout is unknown, or its status is not `Responder Dispatched`.
    pub fn cancel_responder(&self, callout: u64) -> Result<(), ControlError> {
        self.tell(callout, Case::cancel_responder)
    }

    /// Lets the responder cover half of the way that is left.
    ///
    /// # Errors
    ///
    /// The callout is unknown, or no responder with AURA's app is on the way to it.
    pub fn move_responder(&self, callout: u64) -> Result<(), ControlError> {
        self.tell(callout, Case::move_responder)
    }

    /// Lets the responder arrive.
    ///
    /// # Errors
    ///
    /// The callout is unknown, or its status is not `Responder Dispatched`.
    pub fn arrive(&self, callout: u64) -> Result<(), ControlError> {
        self.tell(callout, Case::arrive)
    }

    /// Lets the responder finish.
    ///
    /// # Errors
    ///
    /// The callout is unknown, or its status is not `Responder Arrived`.
    pub fn complete(&self, callout: u64) -> Result<(), ControlError> {
        self.tell(callout, Case::complete)
    }

    /// Writes the report and closes the callout. Clients may poll it still, and send positions.
    ///
    /// # Errors
    ///
    /// The callout is unknown, or its status is `Responder Dispatched`, `Responder Arrived` or `closed`.
    pub fn close(&self, callout: u64) -> Result<(), ControlError> {
        self.tell(callout, Case::close)
    }

    /// Sends the customer a message.
    ///
    /// # Errors
    ///
    /// The callout is unknown, or the text is empty.
    pub fn say(&self, callout: u64, text: impl Into<String>) -> Result<(), ControlError> {
        self.tell(callout, |case, scene| case.say(scene, text.into()))
    }

    /// The ids of all callouts, in the order of their creation.
    #[must_use]
    pub fn callouts(&self) -> Vec<u64> {
        self.world.state().cases.keys().copied().collect()
    }

    /// The status of a callout.
    ///
    /// # Errors
    ///
    /// The callout is unknown.
    pub fn status(&self, callout: u64) -> Result<Status, ControlError> {
        self.look(callout, Case::status)
    }

    /// Whether the customer has dismissed the callout (the guide's "soft cancel").
    ///
    /// # Errors
    ///
    /// The callout is unknown.
    pub fn dismissed(&self, callout: u64) -> Result<bool, ControlError> {
        self.look(callout, Case::is_dismissed)
    }

    /// The positions that the client has sent after the create, oldest first: the newest 8,640 of them, a day's worth.
    ///
    /// # Errors
    ///
    /// The callout is unknown.
    pub fn locations(&self, callout: u64) -> Result<Vec<Fix>, ControlError> {
        self.look(callout, |case| case.fixes().to_vec())
    }

    /// The messages that the client has sent, oldest first.
    ///
    /// # Errors
    ///
    /// The callout is unknown.
    pub fn comments(&self, callout: u64) -> Result<Vec<String>, ControlError> {
        self.look(callout, |case| case.messages().map(str::to_owned).collect())
    }
}
