//! Events: planned once, or recurring by a rule.

mod model;
mod nested;

pub use model::{ChildEvent, Event, EventPatch, NewEvent};
pub use nested::{ListAlarmsOfEvent, ListChildren, SetLastChildStatus};

use crate::{codes::EventStatus, handle::handle, ids::EventId};
use care_client_core::Call;

handle! {
    /// Events: planned once, or recurring by a rule. Returned by [`Newfies::events`](crate::Newfies::events).
    ///
    /// An event with a [rule](crate::Rule) becomes a series: when it starts, the server creates a **child** for the
    /// next occurrence, with copies of its alarms, and so on. Keep the id of the first event, the root: every child
    /// names it as its parent. An event notifies nobody by itself; its [`Alarms`](crate::Alarms) do.
    ///
    /// Source: Newfies-Dialer, *Appointment Module*, "Event", "Create a new Event", "Get list of child from an event"
    /// and "Update the last child event status to Paused", <https://github.com/newfies-dialer/newfies-dialer>.
    Events of Event(EventId): List,
    /// Lists the events created by the users whom the caller manages, ten a page; a superuser sees all. See
    /// [`List`](crate::List).
    list,
    /// Creates an event: `POST /event/`.
    ///
    /// Its safety is [`Safety::Once`](crate::Safety::Once): a repeat would create a second event. After
    /// [`Outcome::Unknown`](crate::Outcome::Unknown), look for its calendar, title and start.
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if the title is blank or the event doesn't end after it starts. 400 if
    /// the caller doesn't manage the users of calendar and creator, even as a superuser (defect
    /// [`NEWF-41`](crate::defects)).
    create(NewEvent),
    /// Changes some fields of an event: `PATCH /event/{id}/`.
    ///
    /// # Errors
    ///
    /// Those of [`create`](Self::create) and [`get`](Self::get); [`Kind::Request`](crate::Kind::Request) if the patch
    /// is empty.
    update(EventPatch),
    /// Replaces an event: see [`Replace`](crate::Replace). Fields that aren't set get the server's defaults: the status
    /// becomes [`EventStatus::Pending`], so the event happens again.
    ///
    /// # Errors
    ///
    /// Those of [`create`](Self::create); [`Kind::Decode`](crate::Kind::Decode) if no event had this id.
    replace(NewEvent),
    /// Deletes an event **with its alarms and their attempts, and with all events that have it as their parent**: the
    /// first visit of a series takes all others with it (defect [`NEWF-57`](crate::defects)). To call off one visit,
    /// use [`cancel_visit`](crate::Newfies::cancel_visit). See [`Delete`](crate::Delete).
    ///
    /// # Errors
    ///
    /// Those of [`get`](Self::get).
    delete
}

impl Events<'_> {
    /// Lists the children of a root event in the order of their creation: `GET /event/{id}/get_list_child/`. The server
    /// answers none, one and several in three shapes (defect [`NEWF-11`](crate::defects)); the output is a list in all
    /// cases.
    ///
    /// # Errors
    ///
    /// Those of [`get`](Self::get).
    pub fn children(self, root: impl Into<EventId>) -> Call<ListChildren> {
        self.newfies.call(ListChildren::new(root.into(), self.newfies.zone.clone()))
    }

    /// Lists the alarms of one event, without those of its children, in the order of their creation:
    /// `GET /event/{id}/get_list_alarm/`.
    ///
    /// # Errors
    ///
    /// Those of [`get`](Self::get). Servers before 2.15 lack this list and answer 500.
    pub fn alarms(self, event: impl Into<EventId>) -> Call<ListAlarmsOfEvent> {
        self.newfies.call(ListAlarmsOfEvent::new(event.into(), self.newfies.zone.clone()))
    }

    /// Sets the status of the last child of a root event: `PATCH /event/{id}/update_last_child_status/`. With
    /// [`EventStatus::Paused`], the server creates no further occurrence. **The alarms of that child still go off**,
    /// contrary to the documents (defect [`NEWF-06`](crate::defects)).
    ///
    /// The answer is the same if there is no child at all (defect [`NEWF-25`](crate::defects));
    /// [`pause_series`](crate::Newfies::pause_series) reads the result back.
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if the status isn't a documented one, which the server would store;
    /// otherwise those of [`get`](Self::get).
    pub fn set_last_child_status(self, root: impl Into<EventId>, status: EventStatus) -> Call<SetLastChildStatus> {
        self.newfies.call(SetLastChildStatus::new(root.into(), status))
    }
}
