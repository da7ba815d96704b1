use crate::wire::codes;

codes! {
    /// Where an [`Event`](crate::Event) stands.
    ///
    /// Source: Newfies-Dialer, `newfies/appointment/constants.py`, <https://github.com/newfies-dialer/newfies-dialer>.
    pub enum EventStatus {
        /// The dispatcher will look at it when it starts.
        Pending = 1 / "PENDING",
        /// The dispatcher has looked at it, and has made the next occurrence if its rule has one.
        Completed = 2 / "COMPLETED",
        /// No further occurrence is made of it. Its alarms go off all the same (defect [`NEWF-06`](crate::defects)).
        Paused = 3 / "PAUSED",
    }

    /// How an [`Alarm`](crate::Alarm) notifies.
    ///
    /// Source: Newfies-Dialer, `newfies/appointment/constants.py`, <https://github.com/newfies-dialer/newfies-dialer>.
    pub enum AlarmMethod {
        /// A call, which plays a sealed survey.
        Call = 1 / "CALL",
        /// An SMS, made of a template.
        Sms = 2 / "SMS",
        /// A mail, made of a template.
        Email = 3 / "EMAIL",
    }

    /// Where an [`Alarm`](crate::Alarm) stands.
    ///
    /// Source: Newfies-Dialer, `newfies/appointment/constants.py`, <https://github.com/newfies-dialer/newfies-dialer>.
    pub enum AlarmStatus {
        /// It has not gone off yet.
        Pending = 1 / "PENDING",
        /// It is going off, or waits for its next attempt.
        InProcess = 2 / "IN_PROCESS",
        /// All attempts failed. Nothing follows.
        Failure = 3 / "FAILURE",
        /// An attempt failed, and another one follows.
        Retry = 4 / "RETRY",
        /// The call was answered; an SMS or a mail was handed over. Nothing follows.
        Success = 5 / "SUCCESS",
    }

    /// What the called person pressed.
    ///
    /// The server stores whatever digits were pressed (defect [`NEWF-15`](crate::defects)).
    ///
    /// Source: Newfies-Dialer, `newfies/appointment/constants.py`, <https://github.com/newfies-dialer/newfies-dialer>, and
    /// *Appointment Module*, "User cases".
    pub enum AlarmResult {
        /// Nothing yet.
        NoResult = 0 / "NO RESULT",
        /// Key 1: confirmed.
        Confirmed = 1 / "CONFIRMED",
        /// Key 2: cancelled.
        Cancelled = 2 / "CANCELLED",
        /// Key 3: to be rescheduled.
        Rescheduled = 3 / "RESCHEDULED",
    }

    /// Where an [`AlarmRequest`](crate::AlarmRequest), one attempt, stands. The numbers of a call request's status are others.
    ///
    /// Source: Newfies-Dialer, `newfies/appointment/constants.py`, <https://github.com/newfies-dialer/newfies-dialer>.
    pub enum AlarmRequestStatus {
        /// It waits for the dialler.
        Pending = 1 / "PENDING",
        /// The dialler is at it.
        InProcess = 2 / "IN PROCESS",
        /// It failed, and was the last.
        Failure = 3 / "FAILURE",
        /// It failed, and another request follows it.
        Retry = 4 / "RETRY",
        /// The call was answered.
        Success = 5 / "SUCCESS",
    }

    /// What a call does when a machine answers, where the server can tell.
    ///
    /// Source: Newfies-Dialer, `newfies/dialer_campaign/constants.py`, <https://github.com/newfies-dialer/newfies-dialer>.
    pub enum AmdBehavior {
        /// It plays the message to whoever answers.
        Always = 1 / "ALWAYS PLAY MESSAGE",
        /// It plays the message to a person only.
        HumanOnly = 2 / "PLAY MESSAGE TO HUMAN ONLY",
        /// It leaves the message with a machine only.
        VoicemailOnly = 3 / "LEAVE MESSAGE TO VOICEMAIL ONLY",
    }
}

impl AlarmStatus {
    /// Whether nothing follows: all attempts failed, or one succeeded.
    #[must_use]
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Failure | Self::Success)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_as_numbers_and_as_text_and_no_number_is_lost() {
        for (json, status) in
            [("1", EventStatus::Pending), (r#""3""#, EventStatus::Paused), ("99", EventStatus::Other(99))]
        {
            let read: EventStatus = serde_json::from_str(json).unwrap();
            assert_eq!(read, status, "{json}");
            assert_eq!(serde_json::to_string(&read).unwrap(), json.replace('"', ""));
        }
        // NEWF-15: the digits that were pressed, whatever they are.
        assert_eq!(serde_json::from_str::<AlarmResult>("4").unwrap(), AlarmResult::Other(4));
        assert!(serde_json::from_str::<EventStatus>(r#""PENDING""#).is_err());
        assert_eq!(
            (EventStatus::Paused.to_string(), EventStatus::Other(99).to_string()),
            ("PAUSED".into(), "99".into())
        );
    }

    #[test]
    fn success_and_failure_are_final_and_nothing_else_is() {
        let is_final = |code| AlarmStatus::from(code).is_final();
        assert_eq!([1, 2, 3, 4, 5, 9].map(is_final), [false, false, true, false, true, false]);
    }
}
