//! The walk through the API, and what alarms do.

use super::Defect;

pub(super) const LIST: &[Defect] = &[
    Defect {
        id: "NEWF-01",
        title: "the sample of the nested alarm requests is no JSON: a comma follows the last one of an alarm",
        place: "Get detailed log from alarm request for a event",
        quote: "\"callstatus\": \"0\"\n},",
        accepts: "",
        sends: "",
    },
    Defect {
        id: "NEWF-02",
        title: "the walk through the API makes no alarm, so its steps notify nobody",
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
        title: "names, ids and dates of the examples differ from step to step, and lie in the past",
        place: "Work Flow with API",
        quote: "We will call the new calendar \"myCalendar\"",
        accepts: "",
        sends: "",
    },
    Defect {
        id: "NEWF-05",
        title: "daily start, daily stop and advance notice are said to govern when an alarm goes off; the server stores and ignores them",
        place: "Settings of Alarms",
        quote: "Advance Notice : How much time before the alarm occur to you want to start the notification",
        accepts: "",
        sends: "the time at which an alarm goes off, worked out by the reminder",
    },
    Defect {
        id: "NEWF-06",
        title: "pausing the last child is said to keep its alarm from going off; it only keeps the next child from being made",
        place: "Update the last child event status to Paused",
        quote: "In some scenario you might want to pause an alarm of being trigged",
        accepts: "",
        sends: "deletes of the alarms that wait, where a series is cancelled",
    },
    Defect {
        id: "NEWF-07",
        title: "the id in the path of the nested alarm requests is an event's, and the event's own alarms aren't among them",
        place: "Get detailed log from alarm request for a event",
        quote: "retrieve information from our AlarmRequest for a given event",
        accepts: "",
        sends: "an event's id, by its type; a summary reads the event's own alarms besides",
    },
    Defect {
        id: "NEWF-08",
        title: "what a call plays is the alarm's own survey, not that of the setting, and without one it fails",
        place: "the server's source, `lua/libs/database.lua`",
        quote: "",
        accepts: "",
        sends: "a survey with every call: the setting's unless told otherwise",
    },
    Defect {
        id: "NEWF-09",
        title: "comments of the server's code show older shapes: events as text, other paths, other statuses",
        place: "the server's source, `newfies/apirest/`",
        quote: "",
        accepts: "links; a row with something else can't be read, and hides no other of its page",
        sends: "",
    },
];
