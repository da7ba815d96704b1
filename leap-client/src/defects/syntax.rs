//! Examples that aren't the XML they mean.

use super::Defect;

pub(super) const LIST: &[Defect] = &[
    Defect {
        id: "LEAP-01",
        title: "two attributes of an example lack their closing quotes",
        place: "View full details for a support request by LEAP identifier or external identifier",
        quote: "<topic identifier=\"Parking\" extid=\"1/> <sub-topic identifier=\"Stolen Spot\" extid=\"2/>",
        accepts: "attributes with both quotes; malformed XML is refused, and never repaired",
        sends: "",
    },
    Defect {
        id: "LEAP-02",
        title: "an ellipsis stands between the elements of each list",
        place: "Find all support requests, and the two lists after it",
        quote: "</support-request> ... </support-requests>",
        accepts: "text between elements, which is skipped",
        sends: "",
    },
    Defect {
        id: "LEAP-03",
        title: "answers declare a namespace, lists even twice, and the documents that are sent to LEAP have none",
        place: "Post a comment to a request",
        quote: "<support-request-update> <comment>adding a comment without state change</comment> </support-request-update>",
        accepts: "elements in the API's namespace or in none, whatever their prefix",
        sends: "no namespace, as printed; the API's with `request_namespace(true)`",
    },
    Defect {
        id: "LEAP-04",
        title: "the examples have lost their line breaks, so that sentences run into each other",
        place: "View full details for a support request by LEAP identifier or external identifier",
        quote: "as there were no other parking spots available at the time.Could you please resolve as soon as possible!",
        accepts: "text exactly as it comes, with its line breaks and blanks",
        sends: "",
    },
];
