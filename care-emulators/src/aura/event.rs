//! Messages between the customer and the control room.

use serde::Serialize;

use super::moment::Moment;

/// An element of `calloutEvents`.
#[derive(Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Event {
    id: u64,
    callout_id: u64,
    callout_event_type_id: u64,
    event: Message,
    created_by: String,
    created_at: Moment,
    updated_at: Moment,
}

#[derive(Clone, Serialize)]
struct Message {
    body: String,
    role: Role,
}

/// Who wrote a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(super) enum Role {
    User,
    Admin,
}

/// The number of the kind of event that a message is.
const MESSAGE: u64 = 2;

impl Event {
    pub(super) fn new(id: u64, callout_id: u64, role: Role, by: String, body: String, now: Moment) -> Self {
        // The control room's program touches its events once more after it made them, as the documented example shows.
        let touched = if role == Role::Admin { now.plus_millis(4) } else { now };
        Self {
            id,
            callout_id,
            callout_event_type_id: MESSAGE,
            event: Message { body, role },
            created_by: by,
            created_at: now,
            updated_at: touched,
        }
    }

    /// What the customer wrote; `None` if the control room did.
    pub(super) fn by_user(&self) -> Option<&str> {
        (self.event.role == Role::User).then_some(&self.event.body)
    }
}
