//! The generations of servers.

/// What the server is a release of. No answer names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Generation {
    /// The server of the documented examples, of December 2013, before the first release with the appointment module.
    ///
    /// A created calendar user comes with `url`, `groups` and a `Location`. Permissions aren't looked at.
    G0,
    /// Releases 2.10.0 to 2.14.11.
    ///
    /// A created calendar user comes without `url`, `groups` and `Location`. Permissions are looked at.
    G1,
    /// Releases 2.15.0 to 2.20.2.
    ///
    /// The creation of a calendar user ends in 500 after the user was made, without a profile. Events list their alarms. Numbers of alarms can't be null.
    G2,
}

impl Generation {
    pub(super) fn checks_permissions(self) -> bool {
        self >= Self::G1
    }

    /// Whether calendar users are written with `url` and `groups`.
    pub(super) fn links_calendar_users(self) -> bool {
        self == Self::G0
    }

    pub(super) fn lists_alarms(self) -> bool {
        self == Self::G2
    }

    /// Whether the numbers of an alarm may be null.
    pub(super) fn has_null_numbers(self) -> bool {
        self <= Self::G1
    }

    /// Whether a calendar setting needs a `callerid`.
    pub(super) fn needs_caller_id(self) -> bool {
        self <= Self::G1
    }
}
