//! Who may do what.

use super::Defect;

pub(super) const LIST: &[Defect] = &[
    Defect {
        id: "NEWF-36",
        title: "missing and wrong credentials are answered with 403, as missing rights are, and nothing asks for them",
        place: "Work Flow with API",
        quote: "curl -u username:password --dump-header",
        accepts: "401 and 403, told apart by the server's words as far as they go",
        sends: "credentials with every request",
    },
    Defect {
        id: "NEWF-37",
        title: "to read rules, calendar users, profiles, alarm requests and gateways wants rights that nobody can be granted",
        place: "the server's source, `newfies/apirest/permissions.py`",
        quote: "",
        accepts: "403, which says that only a superuser may",
        sends: "",
    },
    Defect {
        id: "NEWF-38",
        title: "all of calendar users is a superuser's, since their rights are filed elsewhere",
        place: "the server's source, `newfies/user_profile/models.py`",
        quote: "",
        accepts: "403, which says so; users are found in the list of all users",
        sends: "",
    },
    Defect {
        id: "NEWF-39",
        title: "every write makes its caller the owner of a setting and the manager of a profile",
        place: "the server's source, `newfies/apirest/api_appointment/`",
        quote: "",
        accepts: "",
        sends: "nothing to a profile of somebody else's, unless told to take it over",
    },
    Defect {
        id: "NEWF-40",
        title: "a delete of a calendar user reaches every account that is neither staff nor superuser, with all it has",
        place: "the server's source, `view_calendar_user.py`",
        quote: "",
        accepts: "",
        sends: "a delete of an id that the caller gives, and no workflow's",
    },
    Defect {
        id: "NEWF-41",
        title: "what a write links to is looked up among the caller's own, also for a superuser",
        place: "the server's source, `newfies/apirest/api_appointment/`",
        quote: "",
        accepts: "400, which says so",
        sends: "",
    },
    Defect {
        id: "NEWF-42",
        title: "the list of users breaks down at a page with a user who is in a group",
        place: "the server's source, `newfies/apirest/user_serializers.py`",
        quote: "",
        accepts: "500, which names the page",
        sends: "",
    },
    Defect {
        id: "NEWF-43",
        title: "calendar settings break down for a caller without a profile in the web interface",
        place: "the server's source, `calendar_setting_serializers.py`",
        quote: "",
        accepts: "500, which says so; looked for beforehand, it is part of what is told",
        sends: "",
    },
];
