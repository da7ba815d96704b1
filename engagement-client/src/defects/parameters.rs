//! Where requests go, and how parameters are written.

use super::Defect;

pub(super) const LIST: &[Defect] = &[
    Defect {
        id: "ENG-08",
        title: "every operation is said to need no authorization, and the service answers nobody without a token",
        place: "all operations",
        quote: "No authorization required",
        accepts: "",
        sends: "`Authorization: Bearer` with every request; nothing without a token",
    },
    Defect {
        id: "ENG-09",
        title: "the server's name has a placeholder in it, and one of the two platforms is missing",
        place: "InterventionsApi",
        quote: "All URIs are relative to https://DOMAIN.api.engagement.dimelo.com/1.0",
        accepts: "",
        sends: "to the account's own host on either platform; the placeholder and the application's host are refused",
    },
    Defect {
        id: "ENG-10",
        title: "a filter by several identities is written in three ways in three documents",
        place: "GetAllInterventions",
        quote: "identityId optional.Interface of []string To filter interventions on given identity_id(s).\n\
                Can be a single value or an array.",
        accepts: "",
        sends: "`identity_id` for one, `identity_id[]` again and again for several",
    },
    Defect {
        id: "ENG-11",
        title: "the key of an array ends in brackets, which the page hides, and no document says how to empty a list",
        place: "CategorizeIntervention",
        quote: "categoryIds []string",
        accepts: "",
        sends: "`category_ids[]` for each category; one empty value for none; joined ids are refused",
    },
    Defect {
        id: "ENG-12",
        title: "parameters stand in the query by the specification, and in a form body by examples of the guide",
        place: "HTTP request headers",
        quote: "Content-Type: Not defined",
        accepts: "",
        sends: "parameters in the query; in a form body where they have more than 4,000 bytes",
    },
    Defect {
        id: "ENG-13",
        title: "a PUT has no body, and nothing says whether one is wanted",
        place: "CloseIntervention",
        quote: "Content-Type: Not defined",
        accepts: "",
        sends: "no body and no content type, and a length of 0",
    },
    Defect {
        id: "ENG-14",
        title: "`offset` counts records, and is easily taken for a number of pages",
        place: "GetAllInterventions",
        quote: "offset optional.Int32 The record index to start. Default value is 0.",
        accepts: "",
        sends: "how many rows are skipped",
    },
];
