//! Examples that are not the JSON they mean, and paths, hosts and prefixes that are printed otherwise than they work.

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
        accepts: "`calloutClassificationId` and `responseTypeId` anywhere at the top level, as number or text, null \
                  or absent",
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
    Defect {
        id: "AURA-07",
        title: "the path of comments begins with `callout`, all others with `callouts`",
        place: "Adding and Polling Callout Events",
        quote: "POST /callout/{calloutId}/comments",
        accepts: "",
        sends: "`callout`, as documented, or what `comment_path` says",
    },
    Defect {
        id: "AURA-08",
        title: "the path of the dismissal has no slash at its beginning",
        place: "Cancelling a Callout",
        quote: "(via the callouts/{calloutId}/dismiss",
        accepts: "base URLs and prefixes with or without slashes at their ends",
        sends: "one slash between all parts of a path",
    },
    Defect {
        id: "AURA-09",
        title: "the staging host ends in `.service` instead of `.services`",
        place: "Obtaining API Access",
        quote: "https://staging-panic.aura.service",
        accepts: "any base URL but one in the misspelt domain, which isn't AURA's: `build()` refuses it",
        sends: "everything to `https://staging-panic.aura.services`",
    },
    Defect {
        id: "AURA-10",
        title: "no production host, no path prefix and no version are named",
        place: "Obtaining API Access",
        quote: "",
        accepts: "any `base_url` and any `path_prefix`, also `\"\"`",
        sends: "everything below `/panic-api`, unverified; if all is answered with 404, the error says what to set",
    },
    Defect {
        id: "AURA-11",
        title: "the address printed for events asks for the route",
        place: "Adding and Polling Callout Events",
        quote: "GET /callouts/{calloutId}?shouldIncludeRoute=true\nThis will add a calloutEvents",
        accepts: "",
        sends: "`shouldIncludeEvents=true` for events, `shouldIncludeRoute=true` for the route, both for both",
    },
    Defect {
        id: "AURA-12",
        title: "what follows a dismissal is said to stand in another section than it does",
        place: "Maintaining Callout State",
        quote: "endpoint. NB: Soft cancel has a side effect related to location updates. More info at Callout \
                Location Updates",
        accepts: "",
        sends: "positions and polls after a dismissal too, until the callout is closed",
    },
];
