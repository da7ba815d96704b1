//! A control room that works without anybody.

use std::sync::Weak;
use std::time::Duration;

use super::controller::{Action, Controller};
use super::world::World;

/// What happens to each callout, a step apart.
const SCRIPT: [Action; 7] = [
    Controller::verify,
    Controller::dispatch,
    Controller::move_responder,
    Controller::arrive,
    |room, callout| room.say(callout, "Our responder is with you"),
    Controller::complete,
    Controller::close,
];

/// Plays a callout from its creation to its end, and stops early when somebody else moves it too, or when the emulator is gone.
pub(super) async fn play(world: Weak<World>, callout: u64, step: Duration) {
    for action in SCRIPT {
        tokio::time::sleep(step).await;
        let Some(world) = world.upgrade() else { return };
        if action(&Controller::new(world), callout).is_err() {
            return;
        }
    }
}
