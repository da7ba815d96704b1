//! A control room that plays by itself: each callout goes from its creation to its end without a controller.

use super::{
    controller::{Action, Controller},
    world::World,
};
use std::{
    sync::{Arc, Weak},
    time::Duration,
};

/// The actions on each callout, one step apart.
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
pub(super) fn start(world: &Arc<World>, callout: u64) {
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
