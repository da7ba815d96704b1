use crate::Intervention;

/// How it is known that something was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Proof {
    /// The service answered that it did it.
    Answered,
    /// The answer was lost, or was a refusal; reading afterwards showed that it is so. Somebody else may have done it.
    ReadBack,
    /// It was so before anything was sent.
    Before,
}

/// An intervention that is closed.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Closed {
    /// As it was last seen.
    pub intervention: Intervention,
    /// How it is known.
    pub proof: Proof,
}

/// An intervention that is gone.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Cancelled {
    /// As it was last seen.
    pub intervention: Intervention,
    /// How it is known.
    pub proof: Proof,
}
