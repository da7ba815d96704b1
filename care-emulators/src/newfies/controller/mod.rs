//! Administrators, workers and telephones, in the hands of a test.

mod calls;
mod people;
mod rows;
mod stock;

use std::sync::Arc;

use super::world::World;
use crate::hooks::hook_methods;
use crate::unseen::Unseen;

pub(super) use calls::ACTIONS;

/// What administrators do, and what happens behind the API, told by a test or a demonstration.
///
/// Every action answers with a [`ControlError`](super::ControlError) and changes nothing when it can't be done. Whoever acts here needs no permission. Clones are handles on
/// the same world.
///
/// Events happen and alarms go off by the emulator's [clock](crate::Harness::clock), at the steps of the server's workers: 60 and 6 seconds. To make a test
/// see that, advance the clock. A call that an alarm has made stays on the line until it is ended here.
///
/// ```
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use care_emulators::newfies::{Emulator, NewUser};
///
/// let emulator = Emulator::start().await?;
/// let room = emulator.controller();
/// room.add_user(NewUser::new("desk", "secret").every_permission())?;
/// room.revoke("desk", "add_event")?;
/// let survey = room.add_survey("desk", "Reminder")?;
/// assert_eq!(room.seal_survey(survey)?, 2, "the second sealed survey of this emulator");
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

    /// Lets the workers do now what they would do at their next step: events that have begun happen, alarms and tries that are due go on.
    pub fn dispatch_due(&self) {
        let (now, mut state) = self.world.state_now();
        state.dispatch_at_once(&self.world.settings, now);
    }

    hook_methods! {
        /// ```
        /// # #[tokio::main(flavor = "current_thread")]
        /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
        /// use care_emulators::newfies::{Emulator, USERNAME};
        /// use http::Method;
        ///
        /// let emulator = Emulator::start().await?;
        /// emulator.controller().before_next(Method::POST, "/event/", |room| {
        ///     // An administrator is faster than the client.
        ///     room.set_superuser(USERNAME, false).ok();
        /// });
        /// # Ok(())
        /// # }
        /// ```
    }
}
