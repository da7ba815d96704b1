//! The shared state of a CareMessenger emulator.

use crate::{
    caremessenger::{
        control_error::ControlError,
        delivery::{
            dispatch::{Dispatch, PendingDelivery},
            payload::Payload,
        },
        directory::Target,
        provider::AssistanceRequest,
        settings::Settings,
        state::State,
    },
    clock::Clock,
    hooks::Hooks,
    lock::lock,
};
use chrono::{DateTime, SubsecRound, Utc};
use std::sync::{Arc, Mutex, MutexGuard};

/// The time of `clock` in microseconds, the precision of responses.
fn to_the_microsecond(clock: &Clock) -> DateTime<Utc> {
    clock.now().trunc_subsecs(6)
}

pub(super) struct World {
    pub(super) settings: Settings,
    pub(super) clock: Clock,
    pub(super) hooks: Hooks<Arc<World>>,
    pub(super) dispatch: Dispatch,
    state: Mutex<State>,
}

impl World {
    /// Must be called within a tokio runtime.
    pub(super) fn new(settings: Settings, clock: Clock) -> Arc<Self> {
        let state = Mutex::new(State::new(settings.first_provider, to_the_microsecond(&clock)));
        let dispatch = Dispatch::new(settings.schedule.clone(), clock.clone());
        Arc::new(Self { settings, clock, hooks: Hooks::default(), dispatch, state })
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }

    pub(super) fn now(&self) -> DateTime<Utc> {
        to_the_microsecond(&self.clock)
    }

    /// Makes a resident choose a provider: its notifiers get mails and deliveries.
    pub(super) fn request_assistance(&self, provider: u64, resident: u64) -> Result<AssistanceRequest, ControlError> {
        let now = self.now();
        let mut state = self.state();
        if !state.has(Target::Resident(resident)) {
            return Err(ControlError::UnknownObject { target: Target::Resident(resident) });
        }
        let Some(chosen) = state.providers.get(&provider).cloned() else {
            return Err(ControlError::UnknownProvider { id: provider });
        };
        if !state.sees(resident, chosen.target) {
            return Err(ControlError::NotVisible { provider, resident });
        }
        let request = state.request(&chosen, resident, now);
        // The function that makes the payload is the test's own, and may use the controller.
        drop(state);
        for webhook in chosen.webhooks {
            let payload = self.settings.payload.as_ref().map_or_else(|| Payload::invented(&request), |of| of(&request));
            self.dispatch.send(PendingDelivery {
                request: request.id,
                notifier: webhook.id,
                url: webhook.url,
                payload,
            });
        }
        Ok(request)
    }
}
