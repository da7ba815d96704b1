//! Enumerations that are numbers on the wire, such as the status of an alarm.

/// Defines an enumeration of numbers that a server may extend, or store out of range, at any time.
///
/// It reads a number, also as text, and writes a number. Unknown numbers are kept in `Other`.
macro_rules! codes {
    (
        $($(#[$meta:meta])* pub enum $name:ident {
            $($(#[$variant_meta:meta])* $variant:ident = $code:literal / $word:literal),+ $(,)?
        })+
    ) => {$(
        $(#[$meta])*
        ///
        /// Servers store other numbers, too; those are kept in `Other`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $name {
            $($(#[$variant_meta])* $variant,)+
            /// An undocumented number, as received.
            Other(i64),
        }

        impl $name {
            /// The number on the wire.
            #[must_use]
            pub const fn code(self) -> i64 {
                match self {
                    $(Self::$variant => $code,)+
                    Self::Other(code) => code,
                }
            }
        }

        impl From<i64> for $name {
            fn from(code: i64) -> Self {
                match code {
                    $($code => Self::$variant,)+
                    other => Self::Other(other),
                }
            }
        }

        impl From<$name> for $crate::payload::Field {
            fn from(code: $name) -> Self {
                Self::Number(code.code())
            }
        }

        /// The vendor's name, or the number.
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                match self {
                    $(Self::$variant => f.pad($word),)+
                    Self::Other(code) => std::fmt::Display::fmt(code, f),
                }
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_i64(self.code())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                care_client_core::wire::number::deserialize::<D, i64>(deserializer).map(Self::from)
            }
        }
    )+};
}

codes! {
    /// The status of an [`Event`](crate::Event).
    ///
    /// Source: Newfies-Dialer, `newfies/appointment/constants.py`, <https://github.com/newfies-dialer/newfies-dialer>.
    pub enum EventStatus {
        /// The dispatcher will process it when it starts.
        Pending = 1 / "PENDING",
        /// The dispatcher has processed it and created the next occurrence, if its rule has one.
        Completed = 2 / "COMPLETED",
        /// The dispatcher creates no further occurrence. Its alarms still go off (defect [`NEWF-06`](crate::defects)).
        Paused = 3 / "PAUSED",
    }

    /// How an [`Alarm`](crate::Alarm) notifies.
    ///
    /// Source: Newfies-Dialer, `newfies/appointment/constants.py`, <https://github.com/newfies-dialer/newfies-dialer>.
    pub enum AlarmMethod {
        /// By a call that plays a sealed survey.
        Call = 1 / "CALL",
        /// By an SMS from a template.
        Sms = 2 / "SMS",
        /// By a mail from a template.
        Email = 3 / "EMAIL",
    }

    /// The status of an [`Alarm`](crate::Alarm).
    ///
    /// Source: Newfies-Dialer, `newfies/appointment/constants.py`, <https://github.com/newfies-dialer/newfies-dialer>.
    pub enum AlarmStatus {
        /// It has not gone off yet.
        Pending = 1 / "PENDING",
        /// An attempt is under way, or the next one is due.
        InProcess = 2 / "IN_PROCESS",
        /// All attempts failed. This is final.
        Failure = 3 / "FAILURE",
        /// An attempt failed, and another will follow.
        Retry = 4 / "RETRY",
        /// The call was answered, or the SMS or mail was handed over. This is final.
        Success = 5 / "SUCCESS",
    }

    /// The key that the called person pressed.
    ///
    /// The server stores any digits that were pressed (defect [`NEWF-15`](crate::defects)).
    ///
    /// Source: Newfies-Dialer, `newfies/appointment/constants.py`, <https://github.com/newfies-dialer/newfies-dialer>,
    /// and *Appointment Module*, "User cases".
    pub enum AlarmResult {
        /// None yet.
        NoResult = 0 / "NO RESULT",
        /// Key 1: confirmed.
        Confirmed = 1 / "CONFIRMED",
        /// Key 2: cancelled.
        Cancelled = 2 / "CANCELLED",
        /// Key 3: to be rescheduled.
        Rescheduled = 3 / "RESCHEDULED",
    }

    /// The status of an [`AlarmRequest`](crate::AlarmRequest), which is one attempt. A call request's status has other
    /// numbers.
    ///
    /// Source: Newfies-Dialer, `newfies/appointment/constants.py`, <https://github.com/newfies-dialer/newfies-dialer>.
    pub enum AlarmRequestStatus {
        /// It waits for the dialler.
        Pending = 1 / "PENDING",
        /// The dialler is calling.
        InProcess = 2 / "IN PROCESS",
        /// It failed, and was the last attempt.
        Failure = 3 / "FAILURE",
        /// It failed, and another attempt follows.
        Retry = 4 / "RETRY",
        /// The call was answered.
        Success = 5 / "SUCCESS",
    }

    /// What a call does when an answering machine answers, on servers that detect them.
    ///
    /// Source: Newfies-Dialer, `newfies/dialer_campaign/constants.py`,
    /// <https://github.com/newfies-dialer/newfies-dialer>.
    #[doc(alias = "answering machine")]
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
    /// Whether the status can't change any more: all attempts failed, or one succeeded.
    #[must_use]
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Failure | Self::Success)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_as_numbers_and_as_text_and_unknown_ones_are_kept() {
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
