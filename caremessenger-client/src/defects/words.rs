//! Words that are misspelt, and features that are half there.

use super::Defect;

pub(super) const LIST: &[Defect] = &[
    Defect {
        id: "CARE-17",
        title: "words of the text are misspelt, and none of the keys",
        place: "Assistance Providers",
        quote: "This is often used to have notiifcations send to an individual site/scheme manager.",
        accepts: "",
        sends: "",
    },
    Defect {
        id: "CARE-18",
        title: "a value of an example is misspelt",
        place: "Creating an Assistance Provider",
        quote: "\"name\": \"Acme Remote Montitoring Centre\",",
        accepts: "",
        sends: "",
    },
    Defect {
        id: "CARE-19",
        title: "residents are listed among the objects of a provider, and warned of as not yet implemented",
        place: "Assistance Providers",
        quote: "`resident` When registered with a ``resident`` object, visibility will be to just the given resident.\n.. warning:: Not yet implemented",
        accepts: "providers of residents",
        sends: "those of residents only through `for_resident_not_yet_implemented`",
    },
    Defect {
        id: "CARE-20",
        title: "push notifications are listed among the methods, and no attribute registers one",
        place: "Notification Methods",
        quote: "`push_notification` Push notification to a mobile device .. warning:: Not yet implemented",
        accepts: "",
        sends: "nothing for it",
    },
    Defect {
        id: "CARE-21",
        title: "the dialog on the television is an image, so its order and its limits are not said",
        place: "Notification Methods",
        quote: ".. image:: ./_static/request_assistance.jpg",
        accepts: "any number of providers, in the order of the list",
        sends: "",
    },
];
