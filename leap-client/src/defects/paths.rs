//! Addresses.

use super::Defect;

pub(super) const LIST: &[Defect] = &[
    Defect {
        id: "LEAP-05",
        title: "the base address ends in `requests`, and every operation begins with it again",
        place: "BASE URL",
        quote: "https://{your_company_name}.leapcities.com/api/v1/requests",
        accepts: "",
        sends: "the segment once: `/api/v1/requests/…`",
    },
    Defect {
        id: "LEAP-06",
        title: "some paths begin with a slash, one ends in one, and a placeholder is spelt in two ways",
        place: "Find all support requests classified by topic in a nominated state",
        quote: "/requests/by-topic/topic_identifier/in-state/state\n\
                Where topic-identifier is the identifier for the required topic and state is the required state.",
        accepts: "",
        sends: "`/requests/` for the list of all, as printed; no other path ends in a slash",
    },
    Defect {
        id: "LEAP-07",
        title: "one path says `external` where all others say `extid`, and its section calls identifiers references",
        place: "Acknowledge changes to a support request",
        quote: "requests/external/acked - Identifies that acknowlegements will use the external reference for the support request",
        accepts: "",
        sends: "`requests/external/acked`, as printed, with external identifiers",
    },
    Defect {
        id: "LEAP-08",
        title: "identifiers share their place in the path with words of the service, and nothing says what they may hold",
        place: "View full details for a support request by LEAP identifier or external identifier",
        quote: "Where identifier or external-identifier are the values for the required support request.",
        accepts: "a refusal of an encoded slash, which the error names as the likely cause",
        sends: "any name as one encoded segment, but none that is blank, `.`, `..`, or one of those words as an identifier",
    },
    Defect {
        id: "LEAP-09",
        title: "the addresses in answers begin with http, in an API that is reached by https",
        place: "Find all support requests classified by topic",
        quote: "ref=\"http://company.leapcities.com/api/v1/properties/PP-01\"",
        accepts: "the address as text; a redirect is an error",
        sends: "everything to the root that the client was given, over https",
    },
];
