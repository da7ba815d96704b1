/// Which interventions are listed.
///
/// It has nothing to do with [`Intervention::status`](crate::Intervention::status), a label in the language of the account (defect
/// [`ENG-04`](crate::defects)).
///
/// Source: RingCentral, *Engage Digital API*, OpenAPI specification, "Getting all interventions", and *developer guide*, on the
/// search for threads, <https://github.com/ringcentral/engage-digital-api-docs>.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StatusFilter {
    /// Open and not put off.
    Active,
    /// Closed.
    Closed,
    /// Put off until a time.
    Deferred,
    /// Open, put off or not, as the guide uses the word in searches for threads. Whether one that was reopened is among them isn't
    /// documented for this list (defect [`ENG-31`](crate::defects)): to miss none, list without a status and look at
    /// [`closed`](crate::Intervention::closed).
    Opened,
    /// Opened again after they were closed. How it differs from [`Opened`](Self::Opened) isn't documented (defect
    /// [`ENG-31`](crate::defects)).
    Reopened,
}

/// By what interventions are sorted, newest first. The direction isn't documented for
/// [`UpdatedAt`](Self::UpdatedAt): defect [`ENG-20`](crate::defects).
///
/// Source: *InterventionsApi*, "GetAllInterventions",
/// <https://github.com/grokify/go-ringcentral-client/blob/master/engagedigital/v1/client/docs/InterventionsApi.md>.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Sort {
    /// When they were opened.
    CreatedAt,
    /// When they last changed. A change moves a row, so a walk in this order can miss what changes under it:
    /// [`updated_since`](crate::Interventions::updated_since) is made for that.
    UpdatedAt,
}

impl StatusFilter {
    /// The word as it is sent.
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
    /// The word as it is sent.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::CreatedAt => "created_at",
            Self::UpdatedAt => "updated_at",
        }
    }
}
