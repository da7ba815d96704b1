//! Callouts: one call for help each.

mod classified;
mod comment;
mod create;
mod dismiss;
mod get;
mod location;
mod minimal;
mod model;
mod new_callout;

pub use classified::{ClassifiedCallout, Classify};
pub use comment::{Comment, PostedComment};
pub use dismiss::DismissCallout;
pub use get::GetCallout;
pub use location::{Fix, UpdateLocation};
pub(crate) use model::read_callout;
pub use model::*;
pub use new_callout::{NewCallout, NewCustomer};

use crate::{client::Aura, ids::CalloutId, report::LocationReporter, watch::Watch};
use care_client_core::Call;
use std::fmt;

/// Callouts: create one, follow it, report where the person is, talk to the control room. Made by [`Aura::callouts`];
/// needs the user's credentials.
///
/// Source: AURA, *Integration Guidelines*, v1.01, 15 April 2020, "Creating and Managing Callouts",
/// <https://docs.aura.services/integration-guidelines.html>.
#[derive(Clone, Copy)]
pub struct Callouts<'c> {
    pub(crate) aura: &'c Aura,
}

impl Callouts<'_> {
    /// Creates a callout: `POST /callouts`. **Help is sent.** Save its id at once where a restart finds it: AURA
    /// lists no callouts, so a lost id is a lost callout. [`Aura::raise`] saves it for you, and follows the callout.
    ///
    /// It is [`Safety::Once`](crate::Safety::Once), and never retried after an attempt that may have been received: an
    /// ambulance would come twice (defect [`AURA-41`](crate::defects)).
    ///
    /// If its answer can't be read in full, the callout has its id and an empty status: one unreadable field must not
    /// lose it.
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if something is missing or invalid, and in
    /// [`test_mode`](crate::AuraBuilder::test_mode) unless it is classified as a test; nothing is sent then. No error
    /// of the server is documented.
    ///
    /// After [`Outcome::Unknown`](crate::Outcome::Unknown) the callout may exist, and no operation can tell. Don't
    /// create it again on your own: tell the person that the call may have come through, and let them phone the control
    /// room or decide to try again:
    ///
    /// ```
    /// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// # let emulator = care_emulators::aura::Emulator::start().await?;
    /// # let aura = aura_client::Aura::builder().base_url(emulator.url())
    /// #     .user_token(emulator.issue_user_token("id_1@example.com")).build()?;
    /// use aura_client::{Fix, NewCallout, NewCustomer, Outcome};
    /// # emulator.faults().drop_after_commit();
    ///
    /// let customer = NewCustomer::new("Alex", "Example", "+12025550103");
    /// let new = NewCallout::new(customer, Fix::new(-26.1, 28.05));
    /// match aura.callouts().create(new).await {
    ///     Ok(callout) => println!("help is on the way: callout {}", callout.id),
    ///     Err(error) if error.is_retryable() => println!("nothing was sent, press again: {error}"),
    ///     Err(error) if error.outcome() >= Outcome::Unknown => {
    ///         println!("your call may have come through. Phone the control room now. {error}");
    /// #       assert_eq!(error.outcome(), Outcome::Unknown);
    ///     }
    ///     Err(error) => println!("{}", error.report()),
    /// }
    /// # Ok(()) }
    /// ```
    pub fn create(self, new: NewCallout) -> Call<NewCallout> {
        self.aura.for_callouts.call(new.guarded(self.aura.shared.test_mode))
    }

    /// Reads a callout: `GET /callouts/{calloutId}`. Takes an id, or a [`GetCallout`] that asks for the route and the
    /// events too.
    ///
    /// To follow a callout, [`watch`](Self::watch) it.
    ///
    /// # Errors
    ///
    /// No error is documented; 404 is the usual one for an id that doesn't exist or belongs to somebody else.
    pub fn get(self, callout: impl Into<GetCallout>) -> Call<GetCallout> {
        self.aura.for_callouts.call(callout.into())
    }

    /// Reports where the person is now: `POST /callouts/{calloutId}/location`.
    ///
    /// The guide asks for one every 10 s, in general only with an accuracy under 50 m, and after a dismissal too until
    /// the callout is closed; [`report_location`](Self::report_location) does that. It is
    /// [`Safety::Idempotent`](crate::Safety::Idempotent).
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) for invalid coordinates. No error of the server is documented.
    pub fn update_location(self, id: impl Into<CalloutId>, fix: Fix) -> Call<UpdateLocation> {
        self.aura.for_callouts.call(UpdateLocation::new(id.into(), fix))
    }

    /// Cancels softly: `POST /callouts/{calloutId}/dismiss`. **Help goes on** until a controller has spoken with the
    /// person.
    ///
    /// Show the callout as gone, but keep polling and sending positions until it is closed: the person may have been
    /// forced to cancel (defect [`AURA-12`](crate::defects)). It is [`Safety::Idempotent`](crate::Safety::Idempotent).
    ///
    /// # Errors
    ///
    /// No error is documented.
    pub fn dismiss(self, id: impl Into<CalloutId>) -> Call<DismissCallout> {
        self.aura.for_callouts.call(DismissCallout::new(id.into()))
    }

    /// Sends a message to the control room: `POST /callout/{calloutId}/comments`. Its answers come as events of the
    /// callout: [`watch`](Self::watch) with [`include_events`](Watch::include_events).
    ///
    /// It is [`Safety::Once`](crate::Safety::Once). After [`Outcome::Unknown`](crate::Outcome::Unknown) read the
    /// callout with its events: if the text is among them, it was sent.
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if the text is empty. No error of the server is documented.
    pub fn comment(self, id: impl Into<CalloutId>, text: impl Into<String>) -> Call<Comment> {
        self.aura.for_callouts.call(Comment::new(id.into(), text.into(), &self.aura.shared.comment_path))
    }

    /// Follows a callout until it is closed: a stream of what changes. See [`Watch`].
    pub fn watch(self, id: impl Into<CalloutId>) -> Watch {
        Watch::new(self.aura.for_callouts.clone(), id.into(), self.aura.shared.poll_pace)
    }

    /// Sends positions at the documented pace. See [`LocationReporter`].
    #[must_use]
    pub fn report_location(self, id: impl Into<CalloutId>) -> LocationReporter {
        LocationReporter::new(self.aura.for_callouts.clone(), id.into(), self.aura.shared.location_interval)
    }
}

impl fmt::Debug for Callouts<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Callouts")
    }
}
