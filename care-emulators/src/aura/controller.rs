//! The control room, driven by a test.

use super::{
    record::Record,
    request_bodies::Fix,
    request_context::RequestContext,
    status::{ControlError, Status},
    world::World,
};
use crate::secrets::Redacted;
use std::{
    sync::{Arc, Weak},
    time::Duration,
};

/// Drives AURA's control room and responders, from a test or a demonstration.
///
/// An action on a callout that doesn't exist, or whose [`Status`] doesn't allow it, changes nothing and returns a
/// [`ControlError`]. Clones drive the same control room.
#[derive(Debug, Clone)]
pub struct Controller {
    world: Redacted<Arc<World>>,
}

/// An action without a text, as the control endpoints name it.
pub(super) type Action = fn(&Controller, u64) -> Result<(), ControlError>;

/// The actions of the control endpoints, by the last segment of their path.
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
        Self { world: Redacted(world) }
    }

    fn act(
        &self,
        callout: u64,
        action: impl FnOnce(&mut Record, &mut RequestContext<'_>) -> Result<(), ControlError>,
    ) -> Result<(), ControlError> {
        self.world.with(callout, action).unwrap_or(Err(ControlError::UnknownCallout { callout }))
    }

    fn look<T>(&self, callout: u64, see: impl FnOnce(&Record) -> T) -> Result<T, ControlError> {
        self.world.with(callout, |record, _| see(record)).ok_or(ControlError::UnknownCallout { callout })
    }

    /// Acknowledges the callout: it gets an address, and responders nearby are searched. The status stays.
    ///
    /// # Errors
    ///
    /// The callout is unknown or closed.
    pub fn acknowledge(&self, callout: u64) -> Result<(), ControlError> {
        self.act(callout, Record::acknowledge)
    }

    /// Takes the callout and verifies that a response is wanted. Acknowledges it first, if nobody has. The status
    /// stays.
    ///
    /// # Errors
    ///
    /// The callout is unknown or closed.
    pub fn verify(&self, callout: u64) -> Result<(), ControlError> {
        self.act(callout, Record::verify)
    }

    /// Marks the callout as verified by nobody, as AURA itself does for some callouts: `verified` is true, `verifiedBy`
    /// null.
    ///
    /// # Errors
    ///
    /// The callout is unknown or closed.
    pub fn set_verified(&self, callout: u64) -> Result<(), ControlError> {
        self.act(callout, Record::set_verified)
    }

    /// Sends a responder with AURA's app: the customer sees who comes, from where, and when.
    ///
    /// An unverified callout becomes [verified by nobody](Controller::set_verified), unless its classification is TEST.
    ///
    /// # Errors
    ///
    /// The callout is unknown, it is an unverified TEST, or its status is neither `created` nor `Responder Cancelled`.
    pub fn dispatch(&self, callout: u64) -> Result<(), ControlError> {
        self.act(callout, Record::dispatch)
    }

    /// Sends a company called by telephone, after the responder with the app has declined: the customer sees only which
    /// company comes.
    ///
    /// # Errors
    ///
    /// As for [`dispatch`](Controller::dispatch).
    pub fn dispatch_by_hand(&self, callout: u64) -> Result<(), ControlError> {
        self.act(callout, Record::dispatch_by_hand)
    }

    /// Recalls the responder. Another one can be dispatched afterwards.
    ///
    /// # Errors
    ///
    /// The callout is unknown, or its status is not `Responder Dispatched`.
    pub fn cancel_responder(&self, callout: u64) -> Result<(), ControlError> {
        self.act(callout, Record::cancel_responder)
    }

    /// Lets the responder cover half of the remaining distance.
    ///
    /// # Errors
    ///
    /// The callout is unknown, or no responder with AURA's app is on the way to it.
    pub fn move_responder(&self, callout: u64) -> Result<(), ControlError> {
        self.act(callout, Record::move_responder)
    }

    /// Lets the responder arrive.
    ///
    /// # Errors
    ///
    /// The callout is unknown, or its status is not `Responder Dispatched`.
    pub fn arrive(&self, callout: u64) -> Result<(), ControlError> {
        self.act(callout, Record::arrive)
    }

    /// Lets the responder finish.
    ///
    /// # Errors
    ///
    /// The callout is unknown, or its status is not `Responder Arrived`.
    pub fn complete(&self, callout: u64) -> Result<(), ControlError> {
        self.act(callout, Record::complete)
    }

    /// Writes the report and closes the callout. Clients may still poll it and send positions.
    ///
    /// # Errors
    ///
    /// The callout is unknown, or its status is `Responder Dispatched`, `Responder Arrived` or `closed`.
    pub fn close(&self, callout: u64) -> Result<(), ControlError> {
        self.act(callout, Record::close)
    }

    /// Sends the customer a message from the control room.
    ///
    /// # Errors
    ///
    /// The callout is unknown, or the text is empty.
    pub fn send_message(&self, callout: u64, text: impl Into<String>) -> Result<(), ControlError> {
        self.act(callout, |record, context| record.send_message(context, text.into()))
    }

    /// Returns the ids of all callouts, in order of creation.
    #[must_use]
    pub fn callouts(&self) -> Vec<u64> {
        self.world.state().records.keys().copied().collect()
    }

    /// Returns the status of a callout.
    ///
    /// # Errors
    ///
    /// The callout is unknown.
    pub fn status(&self, callout: u64) -> Result<Status, ControlError> {
        self.look(callout, Record::status)
    }

    /// Returns whether the customer has dismissed the callout (the guide's "soft cancel").
    ///
    /// # Errors
    ///
    /// The callout is unknown.
    pub fn dismissed(&self, callout: u64) -> Result<bool, ControlError> {
        self.look(callout, Record::is_dismissed)
    }

    /// Returns the positions that the client has sent after the create, oldest first: at most the newest 8,640, one
    /// every ten seconds for a day.
    ///
    /// # Errors
    ///
    /// The callout is unknown.
    pub fn locations(&self, callout: u64) -> Result<Vec<Fix>, ControlError> {
        self.look(callout, |record| record.fixes().to_vec())
    }

    /// Returns the messages that the client has sent, oldest first.
    ///
    /// # Errors
    ///
    /// The callout is unknown.
    pub fn comments(&self, callout: u64) -> Result<Vec<String>, ControlError> {
        self.look(callout, |record| record.messages().map(str::to_owned).collect())
    }
}

/// The actions of autoplay on each callout, one step apart, from its creation to its end.
const SCRIPT: [Action; 7] = [
    Controller::verify,
    Controller::dispatch,
    Controller::move_responder,
    Controller::arrive,
    |controller, callout| controller.send_message(callout, "Our responder is with you"),
    Controller::complete,
    Controller::close,
];

/// Starts to play `callout`, if the emulator was built with autoplay. Must be called within a tokio runtime.
pub(super) fn start_autoplay(world: &Arc<World>, callout: u64) {
    if let Some(step) = world.settings.autoplay {
        tokio::spawn(play(Arc::downgrade(world), callout, step));
    }
}

/// Plays a callout to its end. Stops early when a controller moves it, too, or when the emulator was dropped.
async fn play(world: Weak<World>, callout: u64, step: Duration) {
    for action in SCRIPT {
        tokio::time::sleep(step).await;
        let Some(world) = world.upgrade() else { return };
        if action(&Controller::new(world), callout).is_err() {
            return;
        }
    }
}
