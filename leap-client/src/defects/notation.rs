//! How documents, addresses, names and values are written: examples that aren't the XML they mean, and several ways to
//! write one thing.

use crate::defects::Defect;

pub(super) const LIST: &[Defect] = &[
    Defect {
        id: "LEAP-01",
        title: "two attributes in an example lack their closing quotes",
        place: "View full details for a support request by LEAP identifier or external identifier",
        quote: "<topic identifier=\"Parking\" extid=\"1/> <sub-topic identifier=\"Stolen Spot\" extid=\"2/>",
        accepts: "attributes with both quotes; malformed XML is rejected, never repaired",
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
        title: "answers declare a namespace, lists even twice, but the documented requests declare none",
        place: "Post a comment to a request",
        quote: "<support-request-update> <comment>adding a comment without state change</comment> \
                </support-request-update>",
        accepts: "elements in the API's namespace or in none, with any prefix",
        sends: "no namespace, as documented; the API's with `request_namespace(true)`",
    },
    Defect {
        id: "LEAP-04",
        title: "the examples have lost their line breaks, so sentences run into each other",
        place: "View full details for a support request by LEAP identifier or external identifier",
        quote: "as there were no other parking spots available at the time.Could you please resolve as soon as \
                possible!",
        accepts: "text exactly as received, with its line breaks and blanks",
        sends: "",
    },
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
        title: "some paths begin with a slash, one ends in a slash, and a placeholder is spelt in two ways",
        place: "Find all support requests classified by topic in a nominated state",
        quote: "/requests/by-topic/topic_identifier/in-state/state\n\
                Where topic-identifier is the identifier for the required topic and state is the required state.",
        accepts: "",
        sends: "`/requests/` for the list of all, as documented; no other path ends in a slash",
    },
    Defect {
        id: "LEAP-07",
        title: "one path has `external` where all others have `extid`, and its section calls identifiers references",
        place: "Acknowledge changes to a support request",
        quote: "requests/external/acked - Identifies that acknowlegements will use the external reference for the \
                support request",
        accepts: "",
        sends: "`requests/external/acked`, as documented, with external identifiers",
    },
    Defect {
        id: "LEAP-08",
        title: "identifiers share a path position with reserved words, and their characters are not documented",
        place: "View full details for a support request by LEAP identifier or external identifier",
        quote: "Where identifier or external-identifier are the values for the required support request.",
        accepts: "a refusal of an encoded slash, which the error names as the likely cause",
        sends: "any identifier as one encoded segment, except blank ones, `.`, `..` and, for LEAP's own, reserved \
                words",
    },
    Defect {
        id: "LEAP-09",
        title: "the addresses in answers begin with http, although the API requires https",
        place: "Find all support requests classified by topic",
        quote: "ref=\"http://company.leapcities.com/api/v1/properties/PP-01\"",
        accepts: "the address as text; a redirect is an error",
        sends: "everything to the configured base URL, over https",
    },
    Defect {
        id: "LEAP-10",
        title: "the flag that keeps updates unacknowledged is spelt in two ways, and a missing flag acknowledges them",
        place: "Acknowledge changes to a support request",
        quote: "The acknowledgeUpdates flag signifies whether or not to acknowledge updates. If no flag is passed \
                true is assumed.\n\
                <acknowledgements acknowlegdeUpdates=\"true\">",
        accepts: "",
        sends: "`true` as in the example; `false` in both spellings, or as `ack_flag_spelling` says",
    },
    Defect {
        id: "LEAP-11",
        title: "the external identifier of a property has a name of its own",
        place: "Find all support requests classified by topic",
        quote: "external-reference=\"PROP-1234\"/>",
        accepts: "`extid` and `external-reference` on every reference; `extid` takes precedence",
        sends: "",
    },
    Defect {
        id: "LEAP-12",
        title: "some references have no address, although each is said to have one",
        place: "Find all support requests classified by topic",
        quote: "<purchased-product-offer identifier=\"POF-12345\"/>",
        accepts: "references with an identifier alone",
        sends: "",
    },
    Defect {
        id: "LEAP-13",
        title: "identifiers look like numbers, some with leading zeros, but some are words",
        place: "Find all support requests classified by topic in a nominated state",
        quote: "identifier=\"in-progress-alarm\"",
        accepts: "any text, never trimmed or parsed",
        sends: "the text unchanged",
    },
    Defect {
        id: "LEAP-14",
        title: "states have other names in the text than in documents, and the path with a state has no example",
        place: "Support Request states",
        quote: "- In Progress - support request has been assigned to an agent and is being actioned",
        accepts: "the documented words in any case, and unknown ones as `Other`",
        sends: "`IN_PROGRESS` and the like, in documents and in the path; no undocumented state",
    },
    Defect {
        id: "LEAP-15",
        title: "dates have one form in answers and another in queries, and their offsets vary",
        place: "Find all support requests classified by topic",
        quote: "- \
                last-update-from=2010-04-06T12:43:17.123Z\n<creation-time>2010-08-10T15:30:10.000+1000</creation-time>",
        accepts: "offsets with and without a colon, `Z`, and any fraction of a second",
        sends: "UTC with milliseconds and `Z`, rounded so that the window loses nothing",
    },
    Defect {
        id: "LEAP-16",
        title: "a missing comment is an empty element in an answer, and no element in a request",
        place: "View full details for a support request by LEAP identifier or external identifier",
        quote: "<comment></comment>",
        accepts: "both as no comment",
        sends: "no element for a missing comment",
    },
    Defect {
        id: "LEAP-17",
        title: "words of the text are misspelt",
        place: "Support Request states",
        quote: "NB. One a request has transitioned to successful or cancelled it cannot be changed back to another \
                state.",
        accepts: "",
        sends: "",
    },
];
