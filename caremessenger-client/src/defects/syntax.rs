//! Examples that are not what they are labelled as.

use super::Defect;

pub(super) const LIST: &[Defect] = &[
    Defect {
        id: "CARE-01",
        title: "in the first request, a comment and no comma follow the label",
        place: "Creating an Assistance Provider",
        quote: "\"label\": \"Acme Support\" // The label as would appear on the set top box \"content_type\": \"customer\",",
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
        quote: "\"label\": \"Duty Manager\" // The label as would appear on the set top box \"content_type\": \"site\",",
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
        title: "the marks of the comments stand in addresses, too, so that nothing can be repaired by leaving out what follows them",
        place: "Creating an Assistance Provider",
        quote: "\"url\": \"https://acme.com/webhooks/assistance-requests\"",
        accepts: "addresses as they come",
        sends: "addresses as they were given",
    },
];
