//! Rules that contradict each other, and rules that the documents leave out.

use crate::defects::Defect;

pub(super) const LIST: &[Defect] = &[
    Defect {
        id: "ENG-15",
        title: "the rules for cancelling are introduced as those for closing",
        place: "CancelIntervention",
        quote: "To be able to close an intervention, it must meet the following criteria otherwise a 403 will be \
                raised\n\
                Intervention MUST NOT have agent replies",
        accepts: "",
        sends: "",
    },
    Defect {
        id: "ENG-16",
        title: "closing is said to need a permission to edit permissions, where the one to edit interventions is meant",
        place: "CloseIntervention",
        quote: "Access-Token agent MUST be the owner of the intervention or have the permission to edit permissions",
        accepts: "",
        sends: "",
    },
    Defect {
        id: "ENG-17",
        title: "missing read permission on the source is 404 in one sentence and 403 in the next, like other refusals",
        place: "CancelIntervention",
        quote: "If token's user does not have \"read\" on intervention's source a 404 HTTP response will be returned.\n\
                Access-Token agent MUST have read access on the source",
        accepts: "both; no reason is inferred from them",
        sends: "",
    },
    Defect {
        id: "ENG-18",
        title: "closing requires a reply and cancelling requires none, so each works exactly where the other doesn't",
        place: "CloseIntervention",
        quote: "Intervention MUST have agent replies",
        accepts: "",
        sends: "what the number of replies allows, from `close_or_cancel`",
    },
    Defect {
        id: "ENG-19",
        title: "categorizing replaces the whole list, while its page calls that an update",
        place: "CategorizeIntervention",
        quote: "This method updates the categories of an intervention.",
        accepts: "",
        sends: "the whole list, which `add_categories` and `remove_categories` read first",
    },
    Defect {
        id: "ENG-20",
        title: "newest first: a list grows while it is read; and for one of two orders no direction is given",
        place: "GetAllInterventions",
        quote: "This method renders interventions ordered by creation date (descending).\n\
                The value can be \"created_at\" or \"updated_at\".",
        accepts: "overlapping pages, repeated rows, and changes in either order",
        sends: "offsets that overlap by one row",
    },
    Defect {
        id: "ENG-21",
        title: "the page lacks the status filter, the update of custom fields and impersonation, which later \
                documents have",
        place: "InterventionsApi",
        quote: "",
        accepts: "",
        sends: "all three, as in the later specification and the guide",
    },
    Defect {
        id: "ENG-22",
        title: "no error body is shown; by the guide it is JSON, except for a few errors",
        place: "all operations",
        quote: "In case of success it renders the intervention, otherwise, it renders an error (422 HTTP code).",
        accepts: "`error`, `message`, `status` and `errors`, or plain text, or nothing",
        sends: "",
    },
    Defect {
        id: "ENG-23",
        title: "500 requests a minute are allowed, and no header says how long to wait after a 429",
        place: "RingCentral, developer guide, on responses",
        quote: "",
        accepts: "429 with and without `Retry-After`; without it, the policy's own backoff",
        sends: "at most 500 requests a minute, with `rate_limited()`",
    },
    Defect {
        id: "ENG-24",
        title: "no operation defers an intervention, searches by date, sets a status, or destroys an answered one",
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
        accepts: "integers unchanged: seconds in all samples",
        sends: "",
    },
    Defect {
        id: "ENG-27",
        title: "actions are those of the token's user, and newer accounts create all tokens for one administrator",
        place: "CreateIntervention",
        quote: "This method opens intervention as access token's user.",
        accepts: "",
        sends: "`impersonated_user_id` with every request of a client that impersonates a user",
    },
    Defect {
        id: "ENG-28",
        title: "a refusal doesn't say who caused it: a close is refused while anybody is closing, and after it was \
                closed",
        place: "CloseIntervention",
        quote: "If the intervention is already being closed, it will return a 409 error.",
        accepts: "only what reading the intervention shows counts as proof",
        sends: "a close and a cancel once; again only if nothing can have been received",
    },
    Defect {
        id: "ENG-29",
        title: "the effect of a limit above the maximum isn't documented, nor that the server honours the limit",
        place: "GetAllInterventions",
        quote: "limit optional.Int32 The max number of records to return. Default value is 30, max value is 150.",
        accepts: "pages shorter than requested: a walk ends where the count is reached, or nothing follows",
        sends: "a limit of 1 to 150, always",
    },
    Defect {
        id: "ENG-30",
        title: "which content a reopened intervention shows isn't documented: the new one, or the first",
        place: "CreateIntervention",
        quote: "This method creates a new intervention or reopen it.",
        accepts: "either: after a lost answer, an open one on that content, otherwise any open one of the conversation",
        sends: "",
    },
    Defect {
        id: "ENG-31",
        title: "whether the filter `opened` includes reopened ones isn't documented, nor that lists honour the \
                requested order",
        place: "RingCentral, OpenAPI specification, \"Getting all interventions\"",
        quote: "",
        accepts: "rows in any order, as far as the pages show it",
        sends: "the five documented words, as the caller chooses",
    },
];
