//! A callout, and what its customer does with it.

use serde::Serialize;

use super::accounts::Holder;
use super::callout::Callout;
use super::cast::CONTROL_ROOM;
use super::control_error::ControlError;
use super::event::{Event, Role};
use super::ids::Ids;
use super::moment::Moment;
use super::place::{Fix, Place};
use super::responder::Corner;
use super::status::Status;

/// When something happens, and where its ids come from.
pub(super) struct Scene<'a> {
    pub(super) ids: &'a mut Ids,
    pub(super) now: Moment,
}

/// How many positions of a customer are kept: those of a day, one every ten seconds. The oldest are dropped.
const MAX_FIXES: usize = 8_640;

/// A callout with what its answers don't show.
pub(super) struct Case {
    pub(super) callout: Callout,
    owner: Holder,
    /// The position that the control room goes by.
    pub(super) at: Fix,
    fixes: Vec<Fix>,
    events: Vec<Event>,
    dismissed: bool,
    /// How far the responder is, in metres.
    pub(super) metres: u64,
    /// Whose turn it is to be rung.
    pub(super) turn: u64,
}

/// The callout as `GET` answers it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct View<'a> {
    #[serde(flatten)]
    callout: &'a Callout,
    #[serde(skip_serializing_if = "Option::is_none")]
    callout_events: Option<&'a [Event]>,
    /// Neither its key nor its form is documented: both are the emulator's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    route: Option<Route>,
}

#[derive(Serialize)]
struct Route {
    points: Vec<Corner>,
}

impl Case {
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
            route: attached.map(|responder| Route { points: responder.way_to(&place.latitude, &place.longitude) }),
        }
    }

    /// The customer is somewhere else.
    pub(super) fn locate(&mut self, scene: &mut Scene<'_>, fix: Fix) {
        if self.fixes.len() == MAX_FIXES {
            self.fixes.remove(0);
        }
        self.fixes.push(fix);
        self.at = fix;
        let mut place = Place::new(scene.ids, self.callout.id, &fix, scene.now);
        place.duration_text.clone_from(&self.callout.location.duration_text);
        if self.callout.acknowledged {
            place.find_address();
        }
        self.callout.put_at(place);
    }

    /// The customer wants no help any more, or was made to say so: the response goes on.
    pub(super) fn dismiss(&mut self) {
        self.dismissed = true;
    }

    pub(super) fn comment(&mut self, scene: &mut Scene<'_>, text: String) {
        let name = self.callout.customer.display_name();
        self.add_event(scene, Role::User, name, text);
    }

    pub(super) fn say(&mut self, scene: &mut Scene<'_>, text: String) -> Result<(), ControlError> {
        if text.is_empty() {
            return Err(ControlError::EmptyText);
        }
        self.add_event(scene, Role::Admin, CONTROL_ROOM.to_owned(), text);
        Ok(())
    }

    fn add_event(&mut self, scene: &mut Scene<'_>, role: Role, by: String, text: String) {
        self.events.push(Event::new(scene.ids.next(), self.callout.id, role, by, text, scene.now));
    }
}
