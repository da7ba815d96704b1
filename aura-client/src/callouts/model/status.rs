//! Where a callout stands.

care_client_core::wire::open_enum! {
    /// Where a callout stands.
    ///
    /// The usual way is created, dispatched, arrived, completed, closed; a responder may be cancelled and another
    /// dispatched. The guide's chart of the transitions is missing from its text, so expect any order (defect
    /// [`AURA-44`](crate::defects)).
    ///
    /// Words are compared without regard to case (defect [`AURA-21`](crate::defects)).
    ///
    /// A callout has two ends, and they answer different questions:
    ///
    /// ```
    /// use aura_client::CalloutStatus;
    ///
    /// let status = CalloutStatus::from("Responder Completed");
    /// assert!(!status.is_active_for_user()); // the app may say that it is over,
    /// assert!(!status.is_closed()); // and still polls and sends positions
    /// ```
    ///
    /// Source: AURA, *Integration Guidelines*, v1.01, 15 April 2020,
    /// <https://docs.aura.services/integration-guidelines.html>, "Callout Status Flow" and "Maintaining Callout State".
    pub enum CalloutStatus {
        /// It was created, and nobody is on the way yet.
        Created = "created",
        /// A responder or, by hand, a company is on the way; [`Callout::dispatch`](crate::Callout::dispatch) tells
        /// which.
        ResponderDispatched = "Responder Dispatched",
        /// The responder was called back. Times and distances of this responder are stale.
        ResponderCancelled = "Responder Cancelled",
        /// The responder is there.
        ResponderArrived = "Responder Arrived",
        /// The responder has finished.
        ResponderCompleted = "Responder Completed",
        /// The control room has closed it. Only now polling and sending positions may stop.
        Closed = "closed",
    }
}

impl CalloutStatus {
    /// Whether the callout is still active for the user: whether an app shows it, also after a restart.
    ///
    /// It is until the status is Responder Cancelled, Responder Completed or closed. It also ends when the user
    /// cancels, which no status shows. A status that this version doesn't know is active: better to show a callout for
    /// too long.
    ///
    /// Source: AURA, *Integration Guidelines*, v1.01, 15 April 2020,
    /// <https://docs.aura.services/integration-guidelines.html>, "Maintaining Callout State".
    #[must_use]
    pub fn is_active_for_user(&self) -> bool {
        !matches!(self, Self::ResponderCancelled | Self::ResponderCompleted | Self::Closed)
    }

    /// Whether the callout is closed, so that polling and sending positions may stop.
    ///
    /// Nothing else ends them, not even the user's own cancellation: it may have been forced.
    ///
    /// Source: AURA, *Integration Guidelines*, v1.01, 15 April 2020,
    /// <https://docs.aura.services/integration-guidelines.html>, "Callout Polling" and "Cancelling a Callout".
    #[must_use]
    pub fn is_closed(&self) -> bool {
        matches!(self, Self::Closed)
    }
}

#[cfg(test)]
mod tests {
    use super::CalloutStatus;

    #[test]
    fn the_two_ends_are_apart_and_an_unknown_status_is_neither() {
        for (word, active, closed) in [
            ("created", true, false),
            ("Responder Dispatched", true, false),
            ("Responder Arrived", true, false),
            ("Responder Cancelled", false, false),
            ("Responder Completed", false, false),
            ("closed", false, true),
            ("CLOSED", false, true),
            ("responder cancelled", false, false),
            ("Responder Lost", true, false),
            ("", true, false),
        ] {
            let status = CalloutStatus::from(word);
            assert_eq!((status.is_active_for_user(), status.is_closed()), (active, closed), "{word}");
        }
    }
}
