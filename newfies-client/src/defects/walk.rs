//! The walk through the API, and how alarms behave.

use crate::defects::Defect;

pub(super) const LIST: &[Defect] = &[
    Defect {
        id: "NEWF-01",
        title: "the sample of the nested alarm requests isn't JSON: a comma follows the last one of an alarm",
        place: "Get detailed log from alarm request for a event",
        quote: "\"callstatus\": \"0\"\n},",
        accepts: "",
        sends: "",
    },
    Defect {
        id: "NEWF-02",
        title: "the walk through the API creates no alarm, so it notifies nobody",
        place: "Work Flow with API",
        quote: "We will describe an example of work flow with APIs.",
        accepts: "",
        sends: "an alarm for each notice of a reminder, which must have one",
    },
    Defect {
        id: "NEWF-03",
        title: "a setting is sent with a `user` whose path doesn't exist, and the server ignores it",
        place: "Create Calendar Setting",
        quote: "\"user\": \"http://127.0.0.1:8000/rest-api/user/2/\"",
        accepts: "",
        sends: "no `user`",
    },
    Defect {
        id: "NEWF-04",
        title: "names, ids and dates of the examples differ from step to step and lie in the past",
        place: "Work Flow with API",
        quote: "We will call the new calendar \"myCalendar\"",
        accepts: "",
        sends: "",
    },
    Defect {
        id: "NEWF-05",
        title: "daily start, daily stop and advance notice are described as effective; the server ignores them",
        place: "Settings of Alarms",
        quote: "Advance Notice : How much time before the alarm occur to you want to start the notification",
        accepts: "",
        sends: "the time of an alarm as computed by the reminder",
    },
    Defect {
        id: "NEWF-06",
        title: "pausing the last child doesn't stop its alarm, only the creation of the next child",
        place: "Update the last child event status to Paused",
        quote: "In some scenario you might want to pause an alarm of being trigged",
        accepts: "",
        sends: "deletes of the pending alarms, when a series is cancelled",
    },
    Defect {
        id: "NEWF-07",
        title: "the nested alarm requests take an event's id and omit the event's own alarms",
        place: "Get detailed log from alarm request for a event",
        quote: "retrieve information from our AlarmRequest for a given event",
        accepts: "",
        sends: "an event's id, by its type; a summary also reads the event's own alarms",
    },
    Defect {
        id: "NEWF-08",
        title: "a call plays the alarm's own survey, not the setting's, and fails without one",
        place: "the server's source, `lua/libs/database.lua`",
        quote: "",
        accepts: "",
        sends: "a survey with every call: the setting's unless another is set",
    },
    Defect {
        id: "NEWF-09",
        title: "comments of the server's code show older shapes: events as text, other paths, other statuses",
        place: "the server's source, `newfies/apirest/`",
        quote: "",
        accepts: "links; a row with something else is unreadable, and hides no other row of its page",
        sends: "",
    },
];
