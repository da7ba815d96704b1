//! What the documents leave open.

use super::Defect;

/// What is not said of providers and of deliveries.
pub(super) const OF_PROVIDERS_AND_DELIVERIES: &[Defect] = &[
    Defect {
        id: "CARE-22",
        title: "no success status of a create is documented",
        place: "Creating an Assistance Provider",
        quote: "",
        accepts: "any 2xx whose body is a provider",
        sends: "",
    },
    Defect {
        id: "CARE-23",
        title: "it is not said which attributes are required, nor how long or how many they may be",
        place: "Creating an Assistance Provider",
        quote: "",
        accepts: "",
        sends: "anything that can be meant; a list without notifiers not at all, or as `[]` if so told",
    },
    Defect {
        id: "CARE-24",
        title: "nothing keeps the same provider from being created twice",
        place: "Creating an Assistance Provider",
        quote: "",
        accepts: "",
        sends: "a create once; again only if nothing can have been received. `ensure` looks first",
    },
    Defect {
        id: "CARE-25",
        title: "an update is mentioned, without a method, a path or a body",
        place: "Response Format",
        quote: "After creating or updating an assitance provider, the response format will look similar to the \
                following",
        accepts: "",
        sends: "only from the module `undocumented`, by the method that the caller names",
    },
    Defect {
        id: "CARE-26",
        title: "that providers can be listed and read is documented by name, without a path",
        place: "Viewing the Schema",
        quote: "",
        accepts: "",
        sends: "`GET /v2/assistance-provider`, and the id as one more segment",
    },
    Defect {
        id: "CARE-27",
        title: "it is not said whether a provider can be deleted",
        place: "Creating an Assistance Provider",
        quote: "",
        accepts: "",
        sends: "only from the module `undocumented`, by `DELETE`",
    },
    Defect {
        id: "CARE-28",
        title: "the body, the headers and the content type of a delivery are not documented",
        place: "Webhook Notifier Attributes",
        quote: "a HTTP POST will be made to the URL specified.",
        accepts: "any bytes, which are stored as they came, and read as JSON if they can be",
        sends: "",
    },
    Defect {
        id: "CARE-29",
        title: "nothing proves that a delivery is the vendor's",
        place: "Webhook Notifier Attributes",
        quote: "",
        accepts: "a secret as the last segment of the URL, compared in constant time; several at once",
        sends: "",
    },
    Defect {
        id: "CARE-30",
        title: "a delivery has no documented id, attempt number or order, so a repetition looks like a second call \
                for help",
        place: "Webhook Notifier Attributes",
        quote: "If you do not respond the webhook will be retried with exponential backoff for the next 5 minutes.",
        accepts: "everything, with a mark on what was stored before; nothing is dropped unless so told",
        sends: "",
    },
    Defect {
        id: "CARE-31",
        title: "it is not said how long a receiver may take, nor how long the pauses between repetitions are",
        place: "Webhook Notifier Attributes",
        quote: "If no respone has been received within that period, retries will be stopped.",
        accepts: "repetitions at any time, several at once too; 503 after 10 s without a success of the sink",
        sends: "",
    },
    Defect {
        id: "CARE-32",
        title: "it is not said what any answer but 200 and 201 does",
        place: "Webhook Notifier Attributes",
        quote: "it should respond with a ``200`` or ``201`` response code.",
        accepts: "",
        sends: "exactly 200, or 201 if so told, after the sink's success; 503 otherwise; no redirect",
    },
    Defect {
        id: "CARE-33",
        title: "nothing in a delivery says which notifier it is for, nor what becomes of several on one provider",
        place: "Webhook Notifier Attributes",
        quote: "",
        accepts: "the secret's own name as the notifier",
        sends: "each URL as it was given, and none twice",
    },
];

/// What the vendor's other pages leave open.
pub(super) const OF_OTHER_PAGES: &[Defect] = &[
    Defect {
        id: "CARE-34",
        title: "signing in lies outside of `/v2`, and ends in a slash where nothing else does",
        place: "Authentication",
        quote: "",
        accepts: "",
        sends: "`/api-token-auth/` as documented, and no slash behind anything else",
    },
    Defect {
        id: "CARE-35",
        title: "a token expires, and no document says how to renew one",
        place: "Authentication",
        quote: "",
        accepts: "a token of any form; its own expiry as a hint",
        sends: "name and password once more, before the token expires or after a 401",
    },
    Defect {
        id: "CARE-36",
        title: "no error is documented, and no body of one",
        place: "Creating an Assistance Provider",
        quote: "",
        accepts: "every status, and the two forms of the framework as `ApiFault`",
        sends: "",
    },
    Defect {
        id: "CARE-37",
        title: "addresses in answers begin with plain http and a private host",
        place: "Viewing the Schema",
        quote: "",
        accepts: "links to further pages, of which only the query is used",
        sends: "everything to the server that the client was given",
    },
    Defect {
        id: "CARE-38",
        title: "a list is shown for another resource, without a parameter, and with a count that its rows don't have",
        place: "Serialization Formats",
        quote: "",
        accepts: "the envelope, or a bare list as one page; any count; rows that can't be read among others",
        sends: "no parameter of its own",
    },
];
