use crate::ids::ClassificationId;

/// How a new callout is classified: by the id that AURA gave the classification, or by one of the two documented names.
///
/// A name needs AURA's list: [`Aura::raise`](crate::Aura::raise) looks it up; `create` sends one request and no more, so it
/// takes an id only.
///
/// Source: AURA, *Integration Guidelines*, v1.01, 15 April 2020, "Creating a Callout",
/// <https://docs.aura.services/integration-guidelines.html>.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CalloutClass {
    /// The classification with this id.
    Id(ClassificationId),
    /// `REAL`: help is needed.
    Real,
    /// `TEST`: nobody is dispatched before a controller has verified that a response is wanted.
    Test,
}

impl From<ClassificationId> for CalloutClass {
    fn from(id: ClassificationId) -> Self {
        Self::Id(id)
    }
}

impl From<u64> for CalloutClass {
    fn from(id: u64) -> Self {
        Self::Id(id.into())
    }
}
