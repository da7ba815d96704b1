//! What a provider hangs on.

/// The object that a provider is registered against. It decides who sees the provider.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Target {
    /// A customer: all residents of all its sites see the provider.
    Customer(u64),
    /// A site: all its residents see the provider.
    Site(u64),
    /// A resident, who alone sees the provider.
    Resident(u64),
}

impl Target {
    /// Its kind as it stands on the wire.
    #[must_use]
    pub fn kind(self) -> &'static str {
        match self {
            Self::Customer(_) => "customer",
            Self::Site(_) => "site",
            Self::Resident(_) => "resident",
        }
    }

    /// The identifier of the object, among those of its kind.
    #[must_use]
    pub fn id(self) -> u64 {
        match self {
            Self::Customer(id) | Self::Site(id) | Self::Resident(id) => id,
        }
    }

    /// The object of this kind; `None` where there is no such kind.
    pub(super) fn read(kind: &str, id: u64) -> Option<Self> {
        [Self::Customer(id), Self::Site(id), Self::Resident(id)].into_iter().find(|target| target.kind() == kind)
    }
}
