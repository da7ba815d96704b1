//! The fixed facts of an operation: name, path, safety and source. The safety alone decides whether a call is repeated.

use std::fmt;

/// What repeating an operation would do on the server.
///
/// Every operation declares its safety, and the safety alone decides whether a call is repeated after a failure:
/// never the HTTP method, which vendors use as they like.
///
/// | | after a failure that proves nothing happened | after a failure that proves nothing |
/// |---|---|---|
/// | [`Read`](Safety::Read), [`Idempotent`](Safety::Idempotent) | repeated | repeated |
/// | [`Once`](Safety::Once) | repeated | **not** repeated: outcome [`Unknown`](crate::Outcome::Unknown) |
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Safety {
    /// Changes nothing on the server.
    Read,
    /// Changes something, and leaves the same state behind when it is done twice.
    Idempotent,
    /// Has a new effect each time: a second ambulance, a second message.
    Once,
}

impl fmt::Display for Safety {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Read => "read",
            Self::Idempotent => "idempotent",
            Self::Once => "once",
        })
    }
}

/// The fixed facts of one operation of a service: a constant that stands beside its endpoint.
///
/// ```
/// use care_client_core::{Operation, Safety};
///
/// const GET: Operation = Operation::new(
///     "aura.callouts.get",
///     "/callouts/{calloutId}",
///     Safety::Read,
///     "https://docs.aura.services",
/// );
/// assert_eq!(GET.name(), "aura.callouts.get");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Operation {
    name: &'static str,
    path: &'static str,
    safety: Safety,
    document: &'static str,
}

impl Operation {
    /// Makes the facts of an operation: its dotted name, its path as the vendor writes it (placeholders in braces),
    /// what a repeat would do, and the address of the vendor's page.
    #[must_use]
    pub const fn new(name: &'static str, path: &'static str, safety: Safety, document: &'static str) -> Self {
        Self { name, path, safety, document }
    }

    /// The name used in errors, spans and journals, such as `aura.callouts.create`.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The path as a template, such as `/callouts/{calloutId}`: safe to log, since it holds no ids.
    #[must_use]
    pub const fn path(&self) -> &'static str {
        self.path
    }

    /// What a repeat would do, unless the call says otherwise.
    #[must_use]
    pub const fn safety(&self) -> Safety {
        self.safety
    }

    /// The address of the vendor's page that documents the operation.
    #[must_use]
    pub const fn document(&self) -> &'static str {
        self.document
    }
}
