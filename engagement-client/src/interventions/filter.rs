/// The status that a list is filtered by.
///
/// It is unrelated to [`Intervention::status`](crate::Intervention::status), which is a label in the language of the
/// account (defect [`ENG-04`](crate::defects)).
///
/// Source: RingCentral, *Engage Digital API*, OpenAPI specification, "Getting all interventions", and *developer
/// guide*, on the search for threads, <https://github.com/ringcentral/engage-digital-api-docs>.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StatusFilter {
    /// Open and not deferred.
    Active,
    /// Closed.
    Closed,
    /// Deferred until a certain time.
    Deferred,
    /// Open, whether deferred or not, as the guide uses the word in searches for threads. Whether this includes
    /// reopened interventions isn't documented (defect [`ENG-31`](crate::defects)): to miss none, list without a status
    /// and check [`closed`](crate::Intervention::closed).
    Opened,
    /// Reopened after being closed. How it differs from [`Opened`](Self::Opened) isn't documented (defect
    /// [`ENG-31`](crate::defects)).
    Reopened,
}

/// The order of a list, newest first. The direction isn't documented for [`UpdatedAt`](Self::UpdatedAt) (defect
/// [`ENG-20`](crate::defects)).
///
/// Source: *InterventionsApi*, "GetAllInterventions",
/// <https://github.com/grokify/go-ringcentral-client/blob/master/engagedigital/v1/client/docs/InterventionsApi.md>.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Sort {
    /// By the time of opening.
    CreatedAt,
    /// By the time of the last change. A change moves a row, so reading all pages in this order can miss rows that
    /// change meanwhile; [`updated_since`](crate::Interventions::updated_since) handles that.
    UpdatedAt,
}

impl StatusFilter {
    /// The value that is sent.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Closed => "closed",
            Self::Deferred => "deferred",
            Self::Opened => "opened",
            Self::Reopened => "reopened",
        }
    }
}

impl Sort {
    /// The value that is sent.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::CreatedAt => "created_at",
            Self::UpdatedAt => "updated_at",
        }
    }
}
