//! What is wrong in the examples and words of the documents.

use super::Defect;

/// Examples that are not what they are labelled as.
pub(super) const SYNTAX: &[Defect] = &[
    Defect {
        id: "CARE-01",
        title: "in the first request, a comment and no comma follow the label",
        place: "Creating an Assistance Provider",
        quote: "\"label\": \"Acme Support\" // The label as would appear on the set top box \
                \"content_type\": \"customer\",",
        accepts: "",
        sends: "the attributes as strict JSON, without comments",
    },
    Defect {
        id: "CARE-02",
        title: "in the first request, a comment follows the id of the customer",
        place: "Creating an Assistance Provider",
        quote: "\"object_id\": 2, // id of the customer",
        accepts: "",
        sends: "the id as a number alone",
    },
    Defect {
        id: "CARE-03",
        title: "in the second request, a comment and no comma follow the label",
        place: "Creating an Assistance Provider",
        quote: "\"label\": \"Duty Manager\" // The label as would appear on the set top box \
                \"content_type\": \"site\",",
        accepts: "",
        sends: "the attributes as strict JSON, without comments",
    },
    Defect {
        id: "CARE-04",
        title: "in the second request, a comment follows the id of the site",
        place: "Creating an Assistance Provider",
        quote: "\"object_id\": 5, // id of the site",
        accepts: "",
        sends: "the id as a number alone",
    },
    Defect {
        id: "CARE-05",
        title: "in the answer, a comment stands within the object that the provider hangs on",
        place: "Response Format",
        quote: "\"content_object\": { // the JSON representation of the object associated with e.g. site",
        accepts: "strict JSON alone; an answer with comments is an error that says where",
        sends: "",
    },
    Defect {
        id: "CARE-06",
        title: "the marks of the comments stand in addresses, too, so that nothing can be repaired by leaving out \
                what follows them",
        place: "Creating an Assistance Provider",
        quote: "\"url\": \"https://acme.com/webhooks/assistance-requests\"",
        accepts: "addresses as they come",
        sends: "addresses as they were given",
    },
];

/// What the one documented answer shows, and what it leaves open.
pub(super) const SHAPES: &[Defect] = &[
    Defect {
        id: "CARE-07",
        title: "the kind of the object is `content_type` in a request and `type` in an answer",
        place: "Response Format",
        quote: "\"type\": \"site\",",
        accepts: "`type` alone, with any word",
        sends: "`content_type` alone",
    },
    Defect {
        id: "CARE-08",
        title: "the object is an id in a request and the whole object in an answer, under another name",
        place: "Response Format",
        quote: "\"content_object\": {",
        accepts: "`content_object` with an `id` in it; no `object_id`",
        sends: "`object_id` alone",
    },
    Defect {
        id: "CARE-09",
        title: "only the form of a site is shown, of the three kinds of object",
        place: "Response Format",
        quote: "// the JSON representation of the object associated with e.g. site",
        accepts: "organisations and residents with an `id` and anything else; sites of another form, too; an id or a \
                  link in the object's place",
        sends: "",
    },
    Defect {
        id: "CARE-10",
        title: "it is not said what stands for an object that is gone",
        place: "Response Format",
        quote: "",
        accepts: "null and no key, as a state of its own",
        sends: "",
    },
    Defect {
        id: "CARE-11",
        title: "the answer shows no webhooks, and the request that it belongs to asked for none",
        place: "Response Format",
        quote: "",
        accepts: "no key as not known, an empty list as none",
        sends: "",
    },
    Defect {
        id: "CARE-12",
        title: "it is not shown whether a webhook has an id in an answer",
        place: "Webhook Notifier Attributes",
        quote: "",
        accepts: "webhooks with an id and without",
        sends: "",
    },
    Defect {
        id: "CARE-13",
        title: "latitude and longitude are shown as null alone",
        place: "Response Format",
        quote: "\"lat\": null,\n\"lon\": null,",
        accepts: "numbers, numbers as text, and null; the digits are kept",
        sends: "",
    },
    Defect {
        id: "CARE-14",
        title: "created and modified differ by milliseconds where nothing was modified",
        place: "Response Format",
        quote: "\"created\": \"2013-11-08T17:00:04.734597Z\",\n\"modified\": \"2013-11-08T17:00:04.737940Z\",",
        accepts: "any fraction of a second or none, and any offset; both times as they are",
        sends: "",
    },
    Defect {
        id: "CARE-15",
        title: "objects of different kinds are told apart by nothing but the place of their number",
        place: "Creating an Assistance Provider",
        quote: "\"object_id\": 5, // id of the site",
        accepts: "each id as a type of its own",
        sends: "the kind with the id, from one value",
    },
    Defect {
        id: "CARE-16",
        title: "a site has a calendar, and no document says what that is",
        place: "Response Format",
        quote: "\"calendar\": 1",
        accepts: "a number, null, and no key",
        sends: "",
    },
];

/// Words that are misspelt, and features that are half there.
pub(super) const WORDS: &[Defect] = &[
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
        quote: "`resident` When registered with a ``resident`` object, visibility will be to just the given \
                resident.\n.. warning:: Not yet implemented",
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
