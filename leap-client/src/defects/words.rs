//! Names and values that are written in several ways.

use super::Defect;

pub(super) const LIST: &[Defect] = &[
    Defect {
        id: "LEAP-10",
        title: "the flag that keeps updates unacknowledged is spelt in two ways, and a missing one acknowledges them",
        place: "Acknowledge changes to a support request",
        quote: "The acknowledgeUpdates flag signifies whether or not to acknowledge updates. If no flag is passed true is assumed.\n\
                <acknowledgements acknowlegdeUpdates=\"true\">",
        accepts: "",
        sends: "`true` as in the example; `false` in both spellings, or as `ack_flag_spelling` says",
    },
    Defect {
        id: "LEAP-11",
        title: "the external identifier of a property has a name of its own",
        place: "Find all support requests classified by topic",
        quote: "external-reference=\"PROP-1234\"/>",
        accepts: "`extid` and `external-reference` on everything that is referred to; `extid` goes first",
        sends: "",
    },
    Defect {
        id: "LEAP-12",
        title: "not everything that is referred to has an address, although each reference is said to have one",
        place: "Find all support requests classified by topic",
        quote: "<purchased-product-offer identifier=\"POF-12345\"/>",
        accepts: "references with an identifier alone",
        sends: "",
    },
    Defect {
        id: "LEAP-13",
        title: "identifiers look like numbers, some with zeros in front, and some are words",
        place: "Find all support requests classified by topic in a nominated state",
        quote: "identifier=\"in-progress-alarm\"",
        accepts: "any text, never trimmed or counted",
        sends: "the text as it is",
    },
    Defect {
        id: "LEAP-14",
        title: "states have other names in the text than in documents, and the path with a state has no example",
        place: "Support Request states",
        quote: "- In Progress - support request has been assigned to an agent and is being actioned",
        accepts: "the words of the documents in any case, and unknown ones as `Other`",
        sends: "`IN_PROGRESS` and its like, in documents and in the path; nothing that isn't listed",
    },
    Defect {
        id: "LEAP-15",
        title: "dates have one form in answers and another in queries, and their offsets vary",
        place: "Find all support requests classified by topic",
        quote: "- last-update-from=2010-04-06T12:43:17.123Z\n<creation-time>2010-08-10T15:30:10.000+1000</creation-time>",
        accepts: "offsets with and without a colon, `Z`, and any fraction of a second",
        sends: "UTC with milliseconds and `Z`, rounded so that nothing is left out of a window",
    },
    Defect {
        id: "LEAP-16",
        title: "no comment is an empty element in an answer, and no element in a request",
        place: "View full details for a support request by LEAP identifier or external identifier",
        quote: "<comment></comment>",
        accepts: "both as none",
        sends: "no element for what isn't said",
    },
    Defect {
        id: "LEAP-17",
        title: "words of the text are misspelt",
        place: "Support Request states",
        quote: "NB. One a request has transitioned to successful or cancelled it cannot be changed back to another state.",
        accepts: "",
        sends: "",
    },
];
