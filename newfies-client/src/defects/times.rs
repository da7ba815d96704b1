//! Times.

use super::Defect;

pub(super) const LIST: &[Defect] = &[
    Defect {
        id: "NEWF-21",
        title: "times have five forms and more, two of them without an offset, in a time zone that isn't said",
        place: "Create a new Event",
        quote: "\"start\": \"2013-12-10 12:34:43\"",
        accepts: "all forms; a time without an offset stays one unless the zone is known",
        sends: "points in time in UTC with `Z`",
    },
    Defect {
        id: "NEWF-22",
        title: "what is finer than a millisecond is cut in some answers and not in others",
        place: "Get detailed log from alarm request for a event",
        quote: "\"date\": \"2013-12-18 17:19:23.368534+00:00\",",
        accepts: "either, compared to the millisecond",
        sends: "",
    },
];
