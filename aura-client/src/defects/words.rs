//! Misspelt words, and keys at odd places.

use super::Defect;

pub(super) const LIST: &[Defect] = &[
    Defect {
        id: "AURA-27",
        title: "three keys of a type of emergency are cut short",
        place: "Responder Completed API Example Response",
        quote: "\"descript\": \"Test Callout\",",
        accepts: "`descript`, `createdA` and `updatedA` as printed, in full, and both at once",
        sends: "",
    },
    Defect {
        id: "AURA-28",
        title: "a position holds how long a responder needs to it, once there is an estimate",
        place: "Responder Dispatched (Tech) API Example Response",
        quote: "\"durationText\": \"3 mins\"",
        accepts: "`durationText` in a position, null or absent",
        sends: "",
    },
    Defect {
        id: "AURA-29",
        title: "after a cancellation the estimates of the responder who no longer comes stay in the answer",
        place: "Responder Cancelled API Example Response",
        quote: "",
        accepts: "them in their fields; `Callout::eta` is `None`",
        sends: "",
    },
    Defect {
        id: "AURA-30",
        title: "the company that was dispatched is not among the suppliers in range",
        place: "Responder Dispatched (Manual) API Example Response",
        quote: "",
        accepts: "any list; `Callout::dispatch` and `Callout::company` don't look at it",
        sends: "",
    },
    Defect {
        id: "AURA-31",
        title: "words of the prose are misspelt",
        place: "Obtaining API Access",
        quote: "envirnonment",
        accepts: "",
        sends: "",
    },
];
