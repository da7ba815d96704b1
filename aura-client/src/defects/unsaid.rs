//! Rules and meanings that are announced or taken for granted, and said nowhere.

use super::Defect;

pub(super) const LIST: &[Defect] = &[
    Defect {
        id: "AURA-44",
        title: "the chart of the statuses' order is missing",
        place: "Callout Status Flow",
        quote: "The flow between these statuses can be seen below:",
        accepts: "any status after any other; only `closed` ends a watch",
        sends: "",
    },
    Defect {
        id: "AURA-45",
        title: "it is not said how a token is sent, nor which of the two each operation takes",
        place: "Differentiating Token Types",
        quote: "",
        accepts: "",
        sends: "`Authorization: Bearer`: the server's to `users`, the user's to `callouts`, either to `classifications`",
    },
    Defect {
        id: "AURA-46",
        title: "RequestTypes are handed out, and no operation takes them",
        place: "Obtaining API Access",
        quote: "RequestTypes (Eg: INTEGRATION & INTEGRATION_TEST)",
        accepts: "",
        sends: "none of them",
    },
    Defect {
        id: "AURA-47",
        title: "distances and durations have no units",
        place: "Responder Dispatched (Tech) API Example Response",
        quote: "\"durationText\": \"3 mins\",\n\"durationValue\": 195,",
        accepts: "metres and seconds, as the texts beside them show; at arrival the texts say more than the values",
        sends: "",
    },
    Defect {
        id: "AURA-48",
        title: "\"all the required information\" of a new callout is not named",
        place: "Creating a Callout",
        quote: "To create a callout you will need to send a request with all the required information to the",
        accepts: "",
        sends: "a person's name, surname and phone number and a position always; the rest if it was given",
    },
    Defect {
        id: "AURA-49",
        title: "fourteen fields are null or absent in all examples, so their types are unknown",
        place: "Created API Example Response",
        quote: "\"lastUpdatedByClientId\": null,\n\"source\": null,",
        accepts: "any JSON value in them",
        sends: "",
    },
    Defect {
        id: "AURA-50",
        title: "of the types of events only one is shown, without its meaning",
        place: "Adding and Polling Callout Events",
        quote: "\"calloutEventTypeId\": 2,",
        accepts: "any type with any content; what is no text of a message is left out",
        sends: "",
    },
];
