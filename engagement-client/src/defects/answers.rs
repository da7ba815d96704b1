//! Answers that aren't what the page says.

use super::Defect;

pub(super) const LIST: &[Defect] = &[
    Defect {
        id: "ENG-01",
        title: "the answer to a create is typed as a list, and the text and all samples have one intervention",
        place: "CreateIntervention",
        quote: "GetAllInterventionsResponse CreateIntervention(ctx, contentId)\nIn case of success it renders the intervention",
        accepts: "one intervention; or a list, of which the one on that content counts, or else the first",
        sends: "",
    },
    Defect {
        id: "ENG-02",
        title: "a cancel destroys the intervention and answers with it, where other services answer a delete with nothing",
        place: "CancelIntervention",
        quote: "This method cancels (destroys) an intervention. It renders intervention itself.",
        accepts: "the intervention, or an empty body",
        sends: "",
    },
    Defect {
        id: "ENG-03",
        title: "custom fields have one name in the specification and another in what the live service sends",
        place: "RingCentral, OpenAPI specification, \"Intervention\", beside the guide on webhooks",
        quote: "",
        accepts: "`custom_field_values` and `custom_fields`, also both at once; the first goes first",
        sends: "`custom_field_values[key]`",
    },
    Defect {
        id: "ENG-04",
        title: "`status` is a filter with English words in requests, and a label in the language of the account in answers",
        place: "RingCentral, OpenAPI specification, \"Getting all interventions\" and \"Intervention\"",
        quote: "",
        accepts: "any text as label; whether one is closed is read from `closed` alone",
        sends: "the five documented words",
    },
    Defect {
        id: "ENG-05",
        title: "counts and durations are typed with 32 bits, as the generator does by default",
        place: "GetAllInterventions",
        quote: "offset optional.Int32 The record index to start. Default value is 0.",
        accepts: "whole numbers of 64 bits, also as text",
        sends: "",
    },
    Defect {
        id: "ENG-06",
        title: "times have seconds in answers, and milliseconds where the same service calls others",
        place: "RingCentral, developer guide, on dates and on webhooks",
        quote: "",
        accepts: "any fraction of a second, or none",
        sends: "",
    },
    Defect {
        id: "ENG-07",
        title: "ids are texts of 24 hexadecimal digits in samples, and numbers in some",
        place: "RingCentral, developer guide, on webhooks",
        quote: "",
        accepts: "text, and whole numbers as their digits",
        sends: "the text as it is",
    },
];
