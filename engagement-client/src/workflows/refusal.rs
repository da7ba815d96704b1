use crate::Intervention;
use care_client_core::Error;
use std::fmt;

/// Why a workflow of this crate didn't do what it was asked to, as far as reading the intervention shows: the
/// [source](std::error::Error::source) of its error. It has nothing to do with
/// [`Outcome::Refused`](crate::Outcome::Refused): what the service did is told by [`outcome()`](Error::outcome).
///
/// ```
/// # #[tokio::main] async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let emulator = care_emulators::engagement::Emulator::start().await?;
/// # let engagement = engagement_client::Engagement::builder().base_url(emulator.base_url())
/// #     .access_token(emulator.access_token()).build()?;
/// # let id = emulator.controller().open_new();
/// use engagement_client::Refusal;
///
/// match engagement.interventions().close_confirmed(id).await {
///     Ok(closed) => println!("{:?}", closed.proof),
///     Err(error) if Refusal::of(&error) == Some(&Refusal::NoReplies) => println!("it can only be cancelled"),
/// #   Err(error) => return Err(error.into()),
/// #   #[cfg(any())]
///     Err(error) => println!("{}", error.report()),
/// }
/// # Ok(()) }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Refusal {
    /// It is closed, so it can't be cancelled.
    Closed,
    /// It has no agent reply, so it can't be closed, only cancelled.
    NoReplies,
    /// It has agent replies, so it can't be cancelled, only closed.
    HasReplies,
    /// The service answered that it wrote the categories, and doesn't show them: it may not know one of them.
    NotTaken,
    /// Somebody else changes its categories as fast as they are written.
    Overwritten,
}

impl Refusal {
    /// The refusal that an error came from, if it came from one.
    #[must_use]
    pub fn of(error: &Error) -> Option<&Self> {
        std::error::Error::source(error)?.downcast_ref()
    }

    /// Why an intervention in this state isn't closed.
    pub(super) fn to_close(seen: &Intervention) -> Option<Self> {
        (seen.user_replies_count == Some(0)).then_some(Self::NoReplies)
    }

    /// Why an intervention in this state isn't cancelled.
    pub(super) fn to_cancel(seen: &Intervention) -> Option<Self> {
        match seen.user_replies_count {
            _ if seen.is_closed() => Some(Self::Closed),
            Some(1..) => Some(Self::HasReplies),
            _ => None,
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Closed => "the intervention is closed, and can't be cancelled",
            Self::NoReplies => "the intervention has no agent reply, and can only be cancelled",
            Self::HasReplies => "the intervention has agent replies, and can only be closed",
            Self::NotTaken => "the service doesn't show the categories that it was given: it may not know one of them",
            Self::Overwritten => "somebody else changes its categories as fast as they are written",
        })
    }
}

impl std::error::Error for Refusal {}
