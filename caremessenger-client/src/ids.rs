//! The ids of CareMessenger's objects.
//!
//! The same number means another object by its kind: site 5, customer 2, provider 10. Each kind has a type of its own,
//! so that one can't be given for another (defect [`CARE-15`](crate::defects)).

care_client_core::wire::id! {
    /// Identifies an assistance provider: one entry in the dialog on the television.
    ///
    /// Source: CareMessenger, *Assistance Requests*, "Response Format",
    /// <https://docs.caremessenger.co.uk/assistance.html>.
    pub struct ProviderId;

    /// Identifies a customer: the organisation that has the sites.
    ///
    /// Source: CareMessenger, *Assistance Requests*, "Creating an Assistance Provider",
    /// <https://docs.caremessenger.co.uk/assistance.html>.
    pub struct CustomerId;

    /// Identifies a site.
    ///
    /// Source: CareMessenger, *Assistance Requests*, "Creating an Assistance Provider",
    /// <https://docs.caremessenger.co.uk/assistance.html>.
    pub struct SiteId;

    /// Identifies a resident.
    ///
    /// Source: CareMessenger, *Assistance Requests*, "Assistance Providers",
    /// <https://docs.caremessenger.co.uk/assistance.html>.
    pub struct ResidentId;

    /// Identifies an address that a provider mails to.
    ///
    /// Source: CareMessenger, *Assistance Requests*, "Response Format",
    /// <https://docs.caremessenger.co.uk/assistance.html>.
    pub struct EmailNotifierId;

    /// Identifies a URL that a provider posts to. No document shows one: defect [`CARE-12`](crate::defects).
    pub struct WebhookNotifierId;

    /// Identifies a calendar of a site. What that is, no document says: defect [`CARE-16`](crate::defects).
    ///
    /// Source: CareMessenger, *Assistance Requests*, "Response Format",
    /// <https://docs.caremessenger.co.uk/assistance.html>.
    pub struct CalendarId;

    /// Identifies an account that signs in.
    ///
    /// Source: CareMessenger, *Authentication*, <https://docs.caremessenger.co.uk/authentication.html>.
    pub struct UserId;
}
