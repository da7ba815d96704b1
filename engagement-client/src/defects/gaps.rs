//! What isn't documented, or not there.

use super::Defect;

pub(super) const LIST: &[Defect] = &[
    Defect {
        id: "ENG-21",
        title: "the page lacks the filter by status, the update of custom fields and impersonation, which later documents have",
        place: "InterventionsApi",
        quote: "",
        accepts: "",
        sends: "all three, as the later specification and the guide have them",
    },
    Defect {
        id: "ENG-22",
        title: "no body of an error is shown; by the guide it is JSON, but for a few errors",
        place: "all operations",
        quote: "In case of success it renders the intervention, otherwise, it renders an error (422 HTTP code).",
        accepts: "`error`, `message`, `status` and `errors`, or a plain text, or nothing",
        sends: "",
    },
    Defect {
        id: "ENG-23",
        title: "500 requests a minute are allowed, and no header says how long to wait after more",
        place: "RingCentral, developer guide, on responses",
        quote: "",
        accepts: "429 with and without `Retry-After`; without, the policy's own waits",
        sends: "no more than 500 requests a minute, with `rate_limited()`",
    },
    Defect {
        id: "ENG-24",
        title: "nothing defers an intervention, searches by date, changes a status, or destroys one that was answered",
        place: "InterventionsApi",
        quote: "This method creates a new intervention or reopen it.",
        accepts: "",
        sends: "",
    },
    Defect {
        id: "ENG-25",
        title: "a filter's name is misspelt in the text",
        place: "GetAllInterventions",
        quote: "This will return interventions associated to any identity in the indentity_group.",
        accepts: "",
        sends: "",
    },
    Defect {
        id: "ENG-26",
        title: "durations have no unit",
        place: "RingCentral, OpenAPI specification, \"Intervention\"",
        quote: "",
        accepts: "whole numbers, as they come: seconds in all samples",
        sends: "",
    },
    Defect {
        id: "ENG-27",
        title: "whoever's token it is does what is done, and newer accounts give all tokens to one administrator",
        place: "CreateIntervention",
        quote: "This method opens intervention as access token's user.",
        accepts: "",
        sends: "`impersonated_user_id` with every request of a client that acts as somebody else",
    },
    Defect {
        id: "ENG-28",
        title: "a refusal doesn't tell whose doing it is: a close is refused while anybody closes, and after it was closed",
        place: "CloseIntervention",
        quote: "If the intervention is already being closed, it will return a 409 error.",
        accepts: "what reading the intervention shows, as the only proof",
        sends: "a close and a cancel once; again only if nothing can have been received",
    },
    Defect {
        id: "ENG-29",
        title: "what a limit above the maximum does isn't said, nor that a server keeps to the limit it is asked for",
        place: "GetAllInterventions",
        quote: "limit optional.Int32 The max number of records to return. Default value is 30, max value is 150.",
        accepts: "pages that are shorter than asked for, as long as the count says that more follows",
        sends: "a limit of 1 to 150, always",
    },
];
