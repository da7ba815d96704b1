//! Rules that contradict each other, or are taken for granted.

use super::Defect;

pub(super) const LIST: &[Defect] = &[
    Defect {
        id: "LEAP-31",
        title: "one sentence lets a flag decide whether updates are acknowledged, and the next says that they all are",
        place: "Acknowledge changes to a support request",
        quote: "Performing this POST will clear the unacked-since flag on the support request/s and all its updates.",
        accepts: "updates that keep their flags, and such that lose them",
        sends: "`true`, unless `keep_updates()` is called; the feed never calls it",
    },
    Defect {
        id: "LEAP-32",
        title: "it is not said whether each external system has flags of its own",
        place: "Acknowledge changes to a support request",
        quote: "Allows an external system to acknowledge that it has dealt with the fact that there has been an update",
        accepts: "requests that somebody else has acknowledged meanwhile",
        sends: "no acknowledgement from `sync_window`, so that a second system can use it",
    },
    Defect {
        id: "LEAP-33",
        title: "it is not said whether a system's own comments and changes are flagged for it",
        place: "Post a comment to a request",
        quote: "This method allows a customer visible comment to be added to a support request.",
        accepts: "own updates as changes like all others",
        sends: "",
    },
    Defect {
        id: "LEAP-34",
        title: "it is not said which changes of state are allowed, but that nothing leaves two of them",
        place: "Types",
        quote: "CANCELLED and SUCCESSFUL are terminal states.",
        accepts: "any state after any other, and 409",
        sends: "any listed state; `change_state_checked` sends none to a request that has ended",
    },
    Defect {
        id: "LEAP-35",
        title: "whether the ends of a window count is said in two ways",
        place: "Find all support requests, and the two lists after it",
        quote: "- last-update-from - restricts results to those requests updated after this time.\n\
                - last-update-from - restricts results to those with last updated greater than or equal to this value.",
        accepts: "both",
        sends: "the window of the caller; `sync_window` asks for a millisecond more at both ends",
    },
    Defect {
        id: "LEAP-36",
        title: "it is not said how many requests fit an acknowledgement, nor what becomes of the others if one is unknown",
        place: "Acknowledge changes to a support request",
        quote: "- 404 One of the supplied support request identifier / external identifier does not exist.",
        accepts: "a 404 as no proof of either",
        sends: "all that the caller names; the feed at most 50, and after a 404 halves of them",
    },
    Defect {
        id: "LEAP-37",
        title: "nothing is said of escaping, of line breaks and of characters that XML can't carry",
        place: "Post a comment to a request",
        quote: "",
        accepts: "plain, escaped and CDATA text in one piece, also such characters",
        sends: "escaped text, exactly; none with such characters, and no comment that says nothing",
    },
];
