use serde::{Deserialize, Serialize};

/// Whether a notification was stored before, as far as can be told.
///
/// A post is repeated when its acknowledgement was lost, and no document names anything that tells a repetition from a second request
/// (defect [`CARE-30`](crate::defects)). A resident who asks twice may send the same bytes twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Duplicate {
    /// Nothing like it was stored within the window.
    #[default]
    No,
    /// The same notifier got the same bytes before: a repetition, **or a second call for help**. Treat it as a second call.
    Probable,
    /// It has the id of one that was stored before, by the pointer that [`ReceiverBuilder::id_pointer`] was given.
    ///
    /// [`ReceiverBuilder::id_pointer`]: super::ReceiverBuilder::id_pointer
    Certain,
}

impl Duplicate {
    /// Whether somebody has to look at it: for all but those that are certainly the same request once more.
    #[must_use]
    pub fn needs_action(self) -> bool {
        self != Self::Certain
    }
}
