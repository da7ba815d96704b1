//! Paths, hosts and parameters.

use super::Defect;

pub(super) const LIST: &[Defect] = &[
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
        quote: "endpoint. NB: Soft cancel has a side effect related to location updates. More info at Callout Location Updates",
        accepts: "",
        sends: "positions and polls after a dismissal too, until the callout is closed",
    },
];
