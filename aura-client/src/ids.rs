//! The ids of AURA's objects.
//!
//! Ids that an operation takes, or by which one object names another, are types of their own. Ids of rows that nothing
//! names are plain numbers.

care_client_core::wire::id! {
    /// Identifies a callout; the answer to its creation has it, and every later operation takes it.
    ///
    /// Keep it where a restart finds it: the API lists no callouts, so a lost id is a lost callout.
    ///
    /// Source: AURA, *Integration Guidelines*, v1.01, 15 April 2020,
    /// <https://docs.aura.services/integration-guidelines.html>, "Creating a Callout".
    pub struct CalloutId;

    /// Identifies a message or another event of a callout.
    ///
    /// Source: AURA, *Integration Guidelines*, v1.01, 15 April 2020,
    /// <https://docs.aura.services/integration-guidelines.html>, "Adding and Polling Callout Events".
    pub struct CalloutEventId;

    /// Identifies a position of the customer within a callout.
    ///
    /// Source: AURA, *Integration Guidelines*, v1.01, 15 April 2020,
    /// <https://docs.aura.services/integration-guidelines.html>, the examples of responses.
    pub struct CalloutLocationId;

    /// Identifies a classification of callouts: `REAL` or `TEST`.
    ///
    /// The numbers are AURA's to choose: list the classifications instead of writing a number into a program. They
    /// change rarely and may be kept.
    ///
    /// Source: AURA, *Integration Guidelines*, v1.01, 15 April 2020,
    /// <https://docs.aura.services/integration-guidelines.html>, "Creating a Callout".
    pub struct ClassificationId;

    /// Identifies the person who needs help.
    ///
    /// Source: AURA, *Integration Guidelines*, v1.01, 15 April 2020,
    /// <https://docs.aura.services/integration-guidelines.html>, the examples of responses.
    pub struct CustomerId;

    /// Identifies the integration that a customer came from.
    ///
    /// Source: AURA, *Integration Guidelines*, v1.01, 15 April 2020,
    /// <https://docs.aura.services/integration-guidelines.html>, the examples of responses.
    pub struct CustomerSourceId;

    /// Identifies a category that a controller files a finished callout under.
    ///
    /// Source: AURA, *Integration Guidelines*, v1.01, 15 April 2020,
    /// <https://docs.aura.services/integration-guidelines.html>, "Responder Completed API Example Response".
    pub struct IncidentCategoryId;

    /// Identifies the incident detail of a callout.
    ///
    /// It is not the callout's id, though in one of the documented callouts both have the same number.
    ///
    /// Source: AURA, *Integration Guidelines*, v1.01, 15 April 2020,
    /// <https://docs.aura.services/integration-guidelines.html>, "Responder Dispatched (Manual) API Example Response",
    /// where they differ.
    pub struct IncidentDetailId;

    /// Identifies a responder: the person in the vehicle.
    ///
    /// Source: AURA, *Integration Guidelines*, v1.01, 15 April 2020,
    /// <https://docs.aura.services/integration-guidelines.html>, the examples of responses.
    pub struct ResponderId;

    /// Identifies a position of a responder.
    ///
    /// Source: AURA, *Integration Guidelines*, v1.01, 15 April 2020,
    /// <https://docs.aura.services/integration-guidelines.html>, the examples of responses.
    pub struct ResponderLocationId;

    /// Identifies a kind of response: Security, Medical or Demo. It decides which vehicles are called.
    ///
    /// The numbers are not documented and come from AURA with an integration. Without one a callout is for Security.
    ///
    /// Source: AURA, *Integration Guidelines*, v1.01, 15 April 2020,
    /// <https://docs.aura.services/integration-guidelines.html>, "Creating a Callout".
    pub struct ResponseTypeId;

    /// Identifies a supplier: the company that responds.
    ///
    /// Source: AURA, *Integration Guidelines*, v1.01, 15 April 2020,
    /// <https://docs.aura.services/integration-guidelines.html>, the examples of responses.
    pub struct SupplierId;

    /// Identifies a type of emergency, which groups incident categories.
    ///
    /// Source: AURA, *Integration Guidelines*, v1.01, 15 April 2020,
    /// <https://docs.aura.services/integration-guidelines.html>, "Responder Completed API Example Response".
    pub struct TypeOfEmergencyId;
}
