//! Examples that aren't the JSON they mean.

use super::Defect;

pub(super) const LIST: &[Defect] = &[
    Defect {
        id: "AURA-01",
        title: "a key of all seven examples lacks its closing quote",
        place: "Created API Example Response, and the six examples after it",
        quote: "\"calloutClassificationId: 2,",
        accepts: "the key with both quotes, or none; broken JSON is refused",
        sends: "the key with both quotes",
    },
    Defect {
        id: "AURA-02",
        title: "a key of the example request has no quotes",
        place: "Creating a Callout",
        quote: "responseTypeId: 1",
        accepts: "",
        sends: "the key with both quotes",
    },
    Defect {
        id: "AURA-03",
        title: "two keys of the examples were put in by hand, so nothing proves their place and type in real answers",
        place: "Created API Example Response, and the six examples after it",
        quote: "\"responseTypeId\" : 1,",
        accepts: "`calloutClassificationId` and `responseTypeId` anywhere at the top level, as number or text, null or absent",
        sends: "",
    },
    Defect {
        id: "AURA-04",
        title: "the events of a callout are called an object, and are a fragment with an array",
        place: "Adding and Polling Callout Events",
        quote: "This will add a calloutEvents\nobject to the response - see example below:",
        accepts: "`calloutEvents` as an array in the callout or beside it in a wrapper, null or absent",
        sends: "",
    },
    Defect {
        id: "AURA-05",
        title: "method, path and body of the comment stand between back-ticks in one example",
        place: "Adding and Polling Callout Events",
        quote: "``` POST /callout/{calloutId}/comments\nBody: { \"message\": \"This is an example message\" } ```",
        accepts: "",
        sends: "an object with `message` alone",
    },
    Defect {
        id: "AURA-06",
        title: "the examples have no indentation, so that it doesn't show what belongs to what",
        place: "Created API Example Response, and the six examples after it",
        quote: "",
        accepts: "",
        sends: "",
    },
];
