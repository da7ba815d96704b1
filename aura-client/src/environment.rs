/// AURA's servers that are known by name.
///
/// Only staging is documented. Its host is printed as `staging-panic.aura.service` there, which is misspelt (defect
/// [`AURA-09`](crate::defects)); this is the one that works. No production host is documented: give the one that AURA named
/// to you by [`base_url`](crate::AuraBuilder::base_url).
///
/// Source: AURA, *Integration Guidelines*, v1.01, 15 April 2020, "Obtaining API Access",
/// <https://docs.aura.services/integration-guidelines.html>.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Environment {
    /// Where everything is developed and tested: `https://staging-panic.aura.services`.
    Staging,
}

impl Environment {
    /// Scheme and host.
    #[must_use]
    pub const fn base_url(self) -> &'static str {
        match self {
            Self::Staging => "https://staging-panic.aura.services",
        }
    }
}
