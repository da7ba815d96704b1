/// How the flag is spelt that keeps updates unacknowledged when their request is acknowledged.
///
/// The vendor's only example has `acknowlegdeUpdates`, with two letters exchanged, and the text beside it
/// `acknowledgeUpdates` (defect [`LEAP-10`](crate::defects)). Since a missing flag means "acknowledge the updates too", a server
/// that doesn't know the spelling does that without a word. To acknowledge both is always written as in the example, which
/// is right under either.
///
/// Source: Majitek, *Requests Web Services API*, "Acknowledge changes to a support request",
/// <http://docs.majitek.com/plaza/dev/Requests+Web+Services+API>.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum AckFlagSpelling {
    /// As in the example: `acknowlegdeUpdates="false"`.
    Example,
    /// As in the text: `acknowledgeUpdates="false"`.
    Prose,
    /// Both at once, so that a server can't miss it. One that refuses attributes that it doesn't know answers 400, and nothing
    /// is lost.
    #[default]
    Both,
}

/// How documents are written where servers may differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Dialect {
    /// How the flag is spelt that keeps updates.
    pub(crate) ack_flag_spelling: AckFlagSpelling,
    /// Whether the root names the API's namespace. The printed ones don't: defect [`LEAP-03`](crate::defects).
    pub(crate) namespace: bool,
}
