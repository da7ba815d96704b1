care_client_core::wire::open_enum! {
    /// Where a support request stands.
    ///
    /// It begins as new, and is in progress once it is assigned to an agent; nothing leaves the two ends, successful and
    /// cancelled. Which other moves are allowed isn't documented (defect [`LEAP-34`](crate::defects)): the server decides, and
    /// answers 409 to those that aren't.
    ///
    /// ```
    /// use leap_client::State;
    ///
    /// let state = State::from("SUCCESSFUL");
    /// assert!(state.is_terminal());
    /// assert_eq!(State::from("ON_HOLD"), State::Other("ON_HOLD".into())); // a word that came later
    /// ```
    ///
    /// Source: Majitek, *Requests Web Services API*, "Support Request states" and "Types",
    /// <http://docs.majitek.com/plaza/dev/Requests+Web+Services+API>.
    pub enum State {
        /// It was received and waits for somebody.
        New = "NEW",
        /// It was assigned to an agent, who works on it.
        InProgress = "IN_PROGRESS",
        /// The agent has met a difficulty.
        Problem = "PROBLEM",
        /// It was completed. Nothing follows.
        Successful = "SUCCESSFUL",
        /// It could not be completed. Nothing follows.
        Cancelled = "CANCELLED",
    }
}

impl State {
    /// Whether no other state can follow. A state that this version doesn't know counts as one that others can follow.
    ///
    /// Source: Majitek, *Requests Web Services API*, "Types",
    /// <http://docs.majitek.com/plaza/dev/Requests+Web+Services+API>.
    #[must_use]
    pub fn is_terminal(&self) -> bool {
        matches!(self, Self::Successful | Self::Cancelled)
    }
}

#[cfg(test)]
mod tests {
    use super::State;

    #[test]
    fn two_states_are_ends_and_an_unknown_one_is_none() {
        for (word, end) in [
            ("NEW", false),
            ("IN_PROGRESS", false),
            ("PROBLEM", false),
            ("SUCCESSFUL", true),
            ("CANCELLED", true),
            ("CLOSED", false),
        ] {
            assert_eq!((State::from(word).is_terminal(), State::from(word).as_str()), (end, word));
        }
    }
}
