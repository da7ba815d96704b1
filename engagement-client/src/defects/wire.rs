//! Requests and answers that differ from the documents: types, names, addresses and parameters.

use crate::defects::Defect;

pub(super) const LIST: &[Defect] = &[
    Defect {
        id: "ENG-01",
        title: "a create's answer is declared as a list, while the text and all samples show one intervention",
        place: "CreateIntervention",
        quote: "GetAllInterventionsResponse CreateIntervention(ctx, contentId)\n\
                In case of success it renders the intervention",
        accepts: "one intervention; or a list, from which the one on that content is taken, otherwise the first",
        sends: "",
    },
    Defect {
        id: "ENG-02",
        title: "a cancel destroys the intervention and answers with it, where other services answer a delete with an \
                empty body",
        place: "CancelIntervention",
        quote: "This method cancels (destroys) an intervention. It renders intervention itself.",
        accepts: "the intervention, or an empty body",
        sends: "",
    },
    Defect {
        id: "ENG-03",
        title: "custom fields have one name in the specification and another in answers of the live service",
        place: "RingCentral, OpenAPI specification, \"Intervention\", beside the guide on webhooks",
        quote: "",
        accepts: "`custom_field_values` and `custom_fields`, also both at once; the first takes precedence",
        sends: "`custom_field_values[key]`",
    },
    Defect {
        id: "ENG-04",
        title: "`status` is a filter with English words in requests, and a label in the account's language in answers",
        place: "RingCentral, OpenAPI specification, \"Getting all interventions\" and \"Intervention\"",
        quote: "",
        accepts: "any text as a label; whether it is closed is read only from `closed`",
        sends: "the five documented words",
    },
    Defect {
        id: "ENG-05",
        title: "counts and durations are declared with 32 bits, the generator's default",
        place: "GetAllInterventions",
        quote: "offset optional.Int32 The record index to start. Default value is 0.",
        accepts: "integers of 64 bits, also as text",
        sends: "",
    },
    Defect {
        id: "ENG-06",
        title: "times have whole seconds in answers, and milliseconds in webhooks of the same service",
        place: "RingCentral, developer guide, on dates and on webhooks",
        quote: "",
        accepts: "any fraction of a second, or none",
        sends: "",
    },
    Defect {
        id: "ENG-07",
        title: "ids are texts of 24 hexadecimal digits in some samples, and numbers in others",
        place: "RingCentral, developer guide, on webhooks",
        quote: "",
        accepts: "text, and integers as their digits",
        sends: "the text unchanged",
    },
    Defect {
        id: "ENG-08",
        title: "every operation is said to need no authorization, while the service answers nothing without a token",
        place: "all operations",
        quote: "No authorization required",
        accepts: "",
        sends: "`Authorization: Bearer` with every request; nothing without a token",
    },
    Defect {
        id: "ENG-09",
        title: "the server's name contains a placeholder, and one of the two platforms is missing",
        place: "InterventionsApi",
        quote: "All URIs are relative to https://DOMAIN.api.engagement.dimelo.com/1.0",
        accepts: "",
        sends: "to the account's own host on either platform; the placeholder and the web application's host are \
                rejected",
    },
    Defect {
        id: "ENG-10",
        title: "a filter by several identities is written in three ways in three documents",
        place: "GetAllInterventions",
        quote: "identityId optional.Interface of []string To filter interventions on given identity_id(s).\n\
                Can be a single value or an array.",
        accepts: "",
        sends: "`identity_id` for one, a repeated `identity_id[]` for several",
    },
    Defect {
        id: "ENG-11",
        title: "the key of an array ends in brackets, which the page omits, and no document says how to empty a list",
        place: "CategorizeIntervention",
        quote: "categoryIds []string",
        accepts: "",
        sends: "`category_ids[]` for each category; one empty value for none; joined ids are rejected",
    },
    Defect {
        id: "ENG-12",
        title: "parameters are in the query by the specification, and in a form body in examples of the guide",
        place: "HTTP request headers",
        quote: "Content-Type: Not defined",
        accepts: "",
        sends: "parameters in the query; in a form body if they are longer than 4,000 bytes",
    },
    Defect {
        id: "ENG-13",
        title: "a PUT has no documented body, and nothing says whether one is expected",
        place: "CloseIntervention",
        quote: "Content-Type: Not defined",
        accepts: "",
        sends: "no body, no content type, and a content length of 0",
    },
    Defect {
        id: "ENG-14",
        title: "`offset` counts records, and is easily mistaken for a number of pages",
        place: "GetAllInterventions",
        quote: "offset optional.Int32 The record index to start. Default value is 0.",
        accepts: "",
        sends: "the number of rows to skip",
    },
];
