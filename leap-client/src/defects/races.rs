//! What goes wrong when two do something at once, or an answer is lost.

use super::Defect;

pub(super) const LIST: &[Defect] = &[
    Defect {
        id: "LEAP-38",
        title: "an acknowledgement names no version, so it covers changes that nobody has seen",
        place: "Acknowledge changes to a support request",
        quote: "",
        accepts: "changes that came in between, which the feed finds by reading again and delivers",
        sends: "an acknowledgement once; again only if nothing can have been received, or nothing has changed",
    },
    Defect {
        id: "LEAP-39",
        title: "a comment or change of state that is sent twice is made twice",
        place: "Post a status change",
        quote: "",
        accepts: "the history as proof of what was posted",
        sends: "a comment and a change of state once; again only if nothing can have been received",
    },
    Defect {
        id: "LEAP-40",
        title: "updates have no identifiers and no order, and two of the example have the same time",
        place: "View full details for a support request by LEAP identifier or external identifier",
        quote: "<update> <type>STATE_CHANGED</type> <state>IN_PROGRESS</state>",
        accepts: "updates in any order, told apart by all that they say, equal ones by their number",
        sends: "",
    },
    Defect {
        id: "LEAP-41",
        title: "lists have no order, and an offset counts rows of a list that moves",
        place: "Find all support requests",
        quote: "- offset - number of results to skip. Used to page through results.",
        accepts: "pages that overlap, and rows that come twice",
        sends: "offsets that overlap; none from `sync_window`, which cuts windows instead",
    },
];
