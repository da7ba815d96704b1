//! A stored callout: what its answers show, what they don't, and what its customer does.

use super::{
    accounts::Holder,
    callout::Callout,
    location::Place,
    request_bodies::Fix,
    request_context::{RequestContext, Timestamp},
    responder::Corner,
    seed_data::CONTROL_ROOM,
    status::{ControlError, Status},
};
use serde::Serialize;

/// The maximum number of stored positions: one every ten seconds for a day. The oldest are dropped.
const MAX_FIXES: usize = 8_640;

/// A callout with the data that its answers don't show.
pub(super) struct Record {
    pub(super) callout: Callout,
    owner: Holder,
    /// The position that the control room uses.
    pub(super) at: Fix,
    fixes: Vec<Fix>,
    events: Vec<Event>,
    dismissed: bool,
    /// The responder's distance in metres.
    pub(super) metres: u64,
    /// Which crew is requested next.
    pub(super) turn: u64,
}

/// The callout in the answer of `GET`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct View<'a> {
    #[serde(flatten)]
    callout: &'a Callout,
    #[serde(skip_serializing_if = "Option::is_none")]
    callout_events: Option<&'a [Event]>,
    /// Neither the key nor the form is documented: both are the emulator's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    route: Option<Route>,
}

#[derive(Serialize)]
struct Route {
    points: Vec<Corner>,
}

impl Record {
    pub(super) fn new(callout: Callout, owner: Holder, at: Fix) -> Self {
        let turn = callout.id;
        Self { callout, owner, at, fixes: Vec::new(), events: Vec::new(), dismissed: false, metres: 0, turn }
    }

    pub(super) fn is_visible_to(&self, holder: &Holder) -> bool {
        self.owner == *holder
    }

    pub(super) fn status(&self) -> Status {
        self.callout.status
    }

    pub(super) fn is_dismissed(&self) -> bool {
        self.dismissed
    }

    pub(super) fn fixes(&self) -> &[Fix] {
        &self.fixes
    }

    pub(super) fn messages(&self) -> impl Iterator<Item = &str> {
        self.events.iter().filter_map(Event::by_user)
    }

    pub(super) fn view(&self, with_route: bool, with_events: bool) -> View<'_> {
        let attached = self.callout.incident.responder.as_ref().filter(|_| with_route);
        let place = &self.callout.location;
        View {
            callout: &self.callout,
            callout_events: with_events.then_some(&*self.events),
            route: attached.map(|responder| Route { points: responder.route_to(&place.latitude, &place.longitude) }),
        }
    }

    /// Stores a new position of the customer.
    pub(super) fn locate(&mut self, context: &mut RequestContext<'_>, fix: Fix) {
        if self.fixes.len() == MAX_FIXES {
            self.fixes.remove(0);
        }
        self.fixes.push(fix);
        self.at = fix;
        let mut place = Place::new(context.ids, self.callout.id, &fix, context.now);
        place.duration_text.clone_from(&self.callout.location.duration_text);
        if self.callout.acknowledged {
            place.find_address();
        }
        self.callout.put_at(place);
    }

    /// Marks the callout as dismissed by the customer. The response goes on, because the customer may have been forced
    /// to.
    pub(super) fn dismiss(&mut self) {
        self.dismissed = true;
    }

    pub(super) fn comment(&mut self, context: &mut RequestContext<'_>, text: String) {
        let name = self.callout.customer.display_name();
        self.add_event(context, Role::User, name, text);
    }

    pub(super) fn send_message(&mut self, context: &mut RequestContext<'_>, text: String) -> Result<(), ControlError> {
        if text.is_empty() {
            return Err(ControlError::EmptyText);
        }
        self.add_event(context, Role::Admin, CONTROL_ROOM.to_owned(), text);
        Ok(())
    }

    fn add_event(&mut self, context: &mut RequestContext<'_>, role: Role, by: String, text: String) {
        self.events.push(Event::new(context.ids.next(), self.callout.id, role, by, text, context.now));
    }
}

/// An element of `calloutEvents`.
#[derive(Clone, Serialize)]
#[serde(rename_all = "camelCase")]
struct Event {
    id: u64,
    callout_id: u64,
    callout_event_type_id: u64,
    event: Message,
    created_by: String,
    created_at: Timestamp,
    updated_at: Timestamp,
}

#[derive(Clone, Serialize)]
struct Message {
    body: String,
    role: Role,
}

/// The author of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
enum Role {
    User,
    Admin,
}

/// The event type of a message.
const MESSAGE: u64 = 2;

impl Event {
    fn new(id: u64, callout_id: u64, role: Role, by: String, body: String, now: Timestamp) -> Self {
        // The control room's program updates its events once more after their creation, as in the documented example.
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

    /// The text, if the customer wrote the message.
    fn by_user(&self) -> Option<&str> {
        (self.event.role == Role::User).then_some(&self.event.body)
    }
}
