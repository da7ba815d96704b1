//! Rules that contradict each other or are left unsaid, and what goes wrong when two systems act at the same time.

use crate::defects::Defect;

pub(super) const LIST: &[Defect] = &[
    Defect {
        id: "LEAP-31",
        title: "one sentence lets a flag decide whether updates are acknowledged, and the next says that they \
                always are",
        place: "Acknowledge changes to a support request",
        quote: "Performing this POST will clear the unacked-since flag on the support request/s and all its updates.",
        accepts: "updates that keep their flags, and updates that lose them",
        sends: "`true`, unless `keep_updates()` is set; the feed never sets it",
    },
    Defect {
        id: "LEAP-32",
        title: "it is not documented whether each external system has flags of its own",
        place: "Acknowledge changes to a support request",
        quote: "Allows an external system to acknowledge that it has dealt with the fact that there has been an update",
        accepts: "requests that another system has acknowledged meanwhile",
        sends: "no acknowledgement from `sync_window`, so that a second system can use it",
    },
    Defect {
        id: "LEAP-33",
        title: "it is not documented whether a system's own comments and changes are flagged for it",
        place: "Post a comment to a request",
        quote: "This method allows a customer visible comment to be added to a support request.",
        accepts: "own updates as changes like all others",
        sends: "",
    },
    Defect {
        id: "LEAP-34",
        title: "the allowed transitions between states are not documented, except that two states are terminal",
        place: "Types",
        quote: "CANCELLED and SUCCESSFUL are terminal states.",
        accepts: "any state after any other, and 409",
        sends: "any documented state; `change_state_checked` sends none to a request in a terminal state",
    },
    Defect {
        id: "LEAP-35",
        title: "whether the ends of a window are inclusive is documented in two ways",
        place: "Find all support requests, and the two lists after it",
        quote: "- last-update-from - restricts results to those requests updated after this time.\n\
                - last-update-from - restricts results to those with last updated greater than or equal to this value.",
        accepts: "both",
        sends: "the caller's window; `sync_window` adds a millisecond at both ends",
    },
    Defect {
        id: "LEAP-36",
        title: "neither the maximum size of an acknowledgement nor its effect if one request is unknown is documented",
        place: "Acknowledge changes to a support request",
        quote: "- 404 One of the supplied support request identifier / external identifier does not exist.",
        accepts: "a 404 as proof of neither",
        sends: "all identifiers of the caller; the feed at most 50, and after a 404 halves of them",
    },
    Defect {
        id: "LEAP-37",
        title: "escaping, line breaks and characters that XML can't represent are not documented",
        place: "Post a comment to a request",
        quote: "",
        accepts: "plain, escaped and CDATA text, joined, even with such characters",
        sends: "escaped text, exactly; no text with such characters, and no blank comment",
    },
    Defect {
        id: "LEAP-38",
        title: "an acknowledgement names no version, so it also covers changes that nobody has seen",
        place: "Acknowledge changes to a support request",
        quote: "",
        accepts: "changes that came in between, which the feed finds by reading again and delivers",
        sends: "an acknowledgement once; again only if the server can't have received it, or nothing has changed",
    },
    Defect {
        id: "LEAP-39",
        title: "a comment or change of state that is sent twice is made twice",
        place: "Post a status change",
        quote: "",
        accepts: "the history as proof of what was posted",
        sends: "a comment and a change of state once; again only if the server can't have received it",
    },
    Defect {
        id: "LEAP-40",
        title: "updates have no identifiers and no order, and two in the example have the same time",
        place: "View full details for a support request by LEAP identifier or external identifier",
        quote: "<update> <type>STATE_CHANGED</type> <state>IN_PROGRESS</state>",
        accepts: "updates in any order, compared by all their values; equal ones are counted",
        sends: "",
    },
    Defect {
        id: "LEAP-41",
        title: "lists have no order, and an offset counts rows of a list that moves",
        place: "Find all support requests",
        quote: "- offset - number of results to skip. Used to page through results.",
        accepts: "pages that overlap, and rows that occur twice",
        sends: "offsets that overlap; none from `sync_window`, which splits windows instead",
    },
];
