//! Rules that contradict each other, and words that say something else.

use super::Defect;

pub(super) const LIST: &[Defect] = &[
    Defect {
        id: "ENG-15",
        title: "the rules for cancelling are introduced as those for closing",
        place: "CancelIntervention",
        quote: "To be able to close an intervention, it must meet the following criteria otherwise a 403 will be raised\n\
                Intervention MUST NOT have agent replies",
        accepts: "",
        sends: "",
    },
    Defect {
        id: "ENG-16",
        title: "closing wants a permission to edit permissions, where that to edit interventions is meant",
        place: "CloseIntervention",
        quote: "Access-Token agent MUST be the owner of the intervention or have the permission to edit permissions",
        accepts: "",
        sends: "",
    },
    Defect {
        id: "ENG-17",
        title: "a missing right to read the source is 404 in one sentence and 403 in the next, and looks like other refusals",
        place: "CancelIntervention",
        quote: "If token's user does not have \"read\" on intervention's source a 404 HTTP response will be returned.\n\
                Access-Token agent MUST have read access on the source",
        accepts: "both, and no reason is guessed from them",
        sends: "",
    },
    Defect {
        id: "ENG-18",
        title: "closing needs a reply and cancelling none, so each of the two works exactly where the other doesn't",
        place: "CloseIntervention",
        quote: "Intervention MUST have agent replies",
        accepts: "",
        sends: "what the number of replies allows, from `close_or_cancel`",
    },
    Defect {
        id: "ENG-19",
        title: "to categorize puts a whole list in place of another, and its page calls that an update",
        place: "CategorizeIntervention",
        quote: "This method updates the categories of an intervention.",
        accepts: "",
        sends: "the whole list, which `add_categories` and `remove_categories` read first",
    },
    Defect {
        id: "ENG-20",
        title: "the newest come first, so a list grows under its reader, and for one of two orders no direction is given",
        place: "GetAllInterventions",
        quote: "This method renders interventions ordered by creation date (descending).\n\
                The value can be \"created_at\" or \"updated_at\".",
        accepts: "pages that overlap, rows that come twice, and changes in either order",
        sends: "offsets that overlap by one row",
    },
];
