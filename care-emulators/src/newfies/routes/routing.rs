//! Routing: from a path to a view.

use crate::newfies::{
    resources::{Resource, alarm_request::AlarmRequests, event::Events},
    routes::views::{NOT_EMULATED, VIEWS, View},
    settings::Generation,
};

/// The target of a request. Ids are unparsed.
#[derive(Clone, Copy)]
pub(super) enum Target<'a> {
    /// The API root.
    Root,
    List(&'static View),
    Detail(&'static View, &'a str),
    Children(&'a str),
    LastChildStatus(&'a str),
    AlarmsOf(&'a str),
    /// The tries of all alarms of an event's children.
    Nested(&'a str),
    /// The server has it and the emulator doesn't.
    NotEmulated,
}

/// The result of routing.
pub(super) enum Route<'a> {
    /// A target; the flag is whether the path has the suffix `.json`.
    To(Target<'a>, bool),
    /// A target, but without the trailing slash.
    MissingSlash,
    /// An unknown path.
    Unknown,
}

impl<'a> Route<'a> {
    /// Routes a path below `prefix`.
    pub(super) fn find(path: &'a str, prefix: &str, generation: Generation) -> Self {
        let Some(rest) = path.strip_prefix(prefix) else { return Self::Unknown };
        let Some(rest) = rest.strip_prefix('/') else {
            return if rest.is_empty() { Self::MissingSlash } else { Self::Unknown };
        };
        let (rest, has_suffix) = match rest.strip_suffix(".json") {
            Some(rest) if rest.is_empty() || rest.ends_with('/') => (rest, true),
            _ => (rest, false),
        };
        if rest.is_empty() {
            return Self::To(Target::Root, has_suffix);
        }
        let segments = rest.strip_suffix('/');
        match Target::find(segments.unwrap_or(rest), generation) {
            Some(target) if segments.is_some() => Self::To(target, has_suffix),
            Some(_) => Self::MissingSlash,
            None => Self::Unknown,
        }
    }
}

impl<'a> Target<'a> {
    fn find(path: &'a str, generation: Generation) -> Option<Self> {
        let mut segments = path.split('/');
        let (resource, id, action) = (segments.next()?, segments.next(), segments.next());
        if segments.next().is_some() || id == Some("") {
            return None;
        }
        let view = VIEWS.iter().find(|view| view.path == resource);
        Some(match (resource, id, action) {
            (_, None, _) if view.is_some() => Self::List(view?),
            (_, Some(id), None) if view.is_some() => Self::Detail(view?, id),
            (Events::PATH, Some(id), Some("get_list_child")) => Self::Children(id),
            (Events::PATH, Some(id), Some("update_last_child_status")) => Self::LastChildStatus(id),
            (Events::PATH, Some(id), Some("get_list_alarm")) if generation.lists_alarms() => Self::AlarmsOf(id),
            (AlarmRequests::PATH, Some(id), Some("get_nested_alarm_request")) => Self::Nested(id),
            (_, _, None) if NOT_EMULATED.contains(&resource) => Self::NotEmulated,
            ("subcampaign" | "surveyaggregate" | "bulkcontact" | "subscriber", ..) => Self::NotEmulated,
            _ => return None,
        })
    }

    /// The model whose permissions are needed; `None` if authentication is enough.
    pub(super) fn model(&self) -> Option<&'static str> {
        match self {
            Self::Root | Self::NotEmulated => None,
            Self::List(view) | Self::Detail(view, _) => view.model,
            Self::Children(_) | Self::LastChildStatus(_) | Self::AlarmsOf(_) => Events::MODEL,
            Self::Nested(_) => AlarmRequests::MODEL,
        }
    }

    /// The value of the header `Allow`.
    pub(super) fn allow(&self) -> &'static str {
        match self {
            Self::List(View { edit: Some(_), .. }) => "GET, POST, HEAD, OPTIONS",
            Self::Detail(View { edit: Some(_), .. }, _) => "GET, PUT, PATCH, DELETE, HEAD, OPTIONS",
            Self::LastChildStatus(_) => "PATCH, OPTIONS",
            _ => "GET, HEAD, OPTIONS",
        }
    }

    pub(super) fn id(&self) -> Option<&'a str> {
        match self {
            Self::Root | Self::List(_) | Self::NotEmulated => None,
            Self::Detail(_, id)
            | Self::Children(id)
            | Self::LastChildStatus(id)
            | Self::AlarmsOf(id)
            | Self::Nested(id) => Some(id),
        }
    }
}
