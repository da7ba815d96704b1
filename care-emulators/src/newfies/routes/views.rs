//! The views of all emulated resources.

use crate::newfies::{
    request_context::{ViewRequest, ViewResult},
    resources::{
        Editable, Resource,
        alarm::Alarms,
        alarm_request::AlarmRequests,
        calendar::{CalendarSettings, Calendars},
        calendar_user::CalendarUsers,
        calendar_user_profile::Profiles,
        event::Events,
        read_only::{CallRequests, Rules},
        static_resources::{Gateways, MailTemplates, SealedSurveys, SmsGateways, SmsTemplates, SurveyTemplates, Users},
    },
    response::ErrorResponse,
    routes::crud,
};
use serde_json::Value;

type Handler = fn(&mut ViewRequest<'_>) -> ViewResult;

/// The handlers of a resource.
pub(super) struct View {
    pub(super) path: &'static str,
    pub(super) model: Option<&'static str>,
    pub(super) list: Handler,
    pub(super) retrieve: Handler,
    pub(super) edit: Option<EditHandlers>,
}

impl View {
    /// Its name in `OPTIONS`: the path in words.
    pub(super) fn title(&self) -> String {
        let word =
            |word: &str| word.get(..1).map(str::to_uppercase).unwrap_or_default() + word.get(1..).unwrap_or_default();
        self.path.split('-').map(word).collect::<Vec<_>>().join(" ")
    }
}

/// The handlers that change a resource.
pub(super) struct EditHandlers {
    pub(super) create: Handler,
    pub(super) replace: Handler,
    pub(super) update: Handler,
    pub(super) destroy: Handler,
    pub(super) describe: fn(&ViewRequest<'_>) -> Result<Value, ErrorResponse>,
}

const fn read_only<R: Resource>() -> View {
    View { path: R::PATH, model: R::MODEL, list: crud::list::<R>, retrieve: crud::retrieve::<R>, edit: None }
}

const fn editable<R: Editable>() -> View {
    let edit = EditHandlers {
        create: crud::create::<R>,
        replace: crud::replace::<R>,
        update: crud::update::<R>,
        destroy: crud::destroy::<R>,
        describe: crud::describe::<R>,
    };
    View { edit: Some(edit), ..read_only::<R>() }
}

/// The paths of the server's resources that aren't emulated.
pub(super) const NOT_EMULATED: [&str; 11] = [
    "campaigns",
    "sms-campaigns",
    "audio-files",
    "dnc-list",
    "dnc-contact",
    "content-type",
    "phonebook",
    "contact",
    "subscriber-list",
    "section-template",
    "branching-template",
];

/// The paths of all resources of the server.
pub(in crate::newfies) fn resource_paths() -> impl Iterator<Item = &'static str> {
    VIEWS.iter().map(|view| view.path).chain(NOT_EMULATED)
}

pub(super) static VIEWS: [View; 16] = [
    editable::<CalendarSettings>(),
    editable::<CalendarUsers>(),
    editable::<Profiles>(),
    editable::<Calendars>(),
    editable::<Events>(),
    editable::<Alarms>(),
    editable::<AlarmRequests>(),
    read_only::<Rules>(),
    read_only::<Users>(),
    read_only::<Gateways>(),
    read_only::<SmsGateways>(),
    read_only::<SealedSurveys>(),
    read_only::<SurveyTemplates>(),
    read_only::<MailTemplates>(),
    read_only::<SmsTemplates>(),
    read_only::<CallRequests>(),
];
