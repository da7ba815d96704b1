//! Events: what is to happen when, once or again and again.

mod alarms;
mod child;
mod children;
mod last_child_status;
mod model;
mod new;

pub use alarms::ListAlarmsOfEvent;
pub use child::ChildEvent;
pub use children::ListChildren;
pub use last_child_status::SetLastChildStatus;
pub use model::Event;
pub use new::{EventPatch, NewEvent};

use crate::{EventId, EventStatus, handle::handle};
use care_client_core::Call;

handle! {
    /// Events: what is to happen when, once or again and again. Made by [`Newfies::events`](crate::Newfies::events).
    ///
    /// An event with a [rule](crate::Rule) becomes a series: when it starts, the server makes a **child** of it for the next
    /// time, with copies of its alarms, and so on. Keep the id of the first event, the root: all children name it as their
    /// parent. An event notifies nobody by itself: [`Alarms`](crate::Alarms) do.
    ///
    /// Source: Newfies-Dialer, *Appointment Module*, "Event", "Create a new Event", "Get list of child from an event" and
    /// "Update the last child event status to Paused", <https://github.com/newfies-dialer/newfies-dialer>.
    Events of Event(EventId): List,
    /// Lists the events that were created by the users whom the caller manages, ten a page; a superuser sees all. See
    /// [`List`](crate::List).
    list,
    /// Makes an event: `POST /event/`.
    ///
    /// It is [`Safety::Once`](crate::Safety::Once): sent twice, there are two, with all their alarms to come. After
    /// [`Outcome::Unknown`](crate::Outcome::Unknown) look for its calendar, title and start.
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if the title is blank or it ends before it starts. 400 if calendar or creator
    /// aren't those of users whom the caller manages, also for a superuser (defect [`NEWF-41`](crate::defects)).
    create(NewEvent),
    /// Changes some of an event: `PATCH /event/{id}/`.
    ///
    /// # Errors
    ///
    /// As [`create`](Self::create), if nothing is changed, and as [`get`](Self::get).
    update(EventPatch),
    /// Puts an event in place of one: see [`Replace`](crate::Replace). What isn't set gets the server's default: its status
    /// becomes [`EventStatus::Pending`], so that it happens again.
    ///
    /// # Errors
    ///
    /// As [`create`](Self::create); [`Kind::Decode`](crate::Kind::Decode) if there was none with this id.
    replace(NewEvent),
    /// Deletes an event **with its alarms and their attempts**: see [`Delete`](crate::Delete).
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get).
    delete
}

impl Events<'_> {
    /// Lists the children of a root event, the first made first: `GET /event/{id}/get_list_child/`. None, one and many come in
    /// three shapes (defect [`NEWF-11`](crate::defects)), and are a list each time.
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get).
    pub fn children(self, root: impl Into<EventId>) -> Call<ListChildren> {
        self.newfies.call(ListChildren::new(root.into(), self.newfies.zone.clone()))
    }

    /// Lists the alarms of this one event, the first made first: `GET /event/{id}/get_list_alarm/`. Those of its children
    /// aren't among them.
    ///
    /// # Errors
    ///
    /// As [`get`](Self::get). Servers before 2.15 don't have it, and answer 500.
    pub fn alarms(self, event: impl Into<EventId>) -> Call<ListAlarmsOfEvent> {
        self.newfies.call(ListAlarmsOfEvent::new(event.into(), self.newfies.zone.clone()))
    }

    /// Sets the status of the last child of a root event: `PATCH /event/{id}/update_last_child_status/`. With
    /// [`EventStatus::Paused`] no further occurrence is made. **The alarms of that child go off all the same**, whatever the
    /// documents say (defect [`NEWF-06`](crate::defects)).
    ///
    /// The answer is the same if there is no child at all (defect [`NEWF-25`](crate::defects));
    /// [`pause_series`](crate::Newfies::pause_series) looks.
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if the status isn't a documented one: the server would store it. As
    /// [`get`](Self::get).
    pub fn set_last_child_status(self, root: impl Into<EventId>, status: EventStatus) -> Call<SetLastChildStatus> {
        self.newfies.call(SetLastChildStatus::new(root.into(), status))
    }
}
