//! The attribute of an acknowledgement that the vendor spells in two ways.

/// Which spelling of the flag the server knows. The one that it doesn't know is ignored, so that the flag is taken as `true`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum AckSpelling {
    /// Only `acknowlegdeUpdates`, as in the documented example.
    Example,
    /// Only `acknowledgeUpdates`, as in the documented text.
    Prose,
    /// Both. Where they differ, `false` wins.
    Both,
}

impl AckSpelling {
    /// The names of the attribute.
    pub(super) fn names(self) -> &'static [&'static str] {
        match self {
            Self::Example => &["acknowlegdeUpdates"],
            Self::Prose => &["acknowledgeUpdates"],
            Self::Both => &["acknowlegdeUpdates", "acknowledgeUpdates"],
        }
    }
}
