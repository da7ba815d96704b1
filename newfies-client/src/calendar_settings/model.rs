use crate::{
    codes::AmdBehavior,
    ids::{AudioFile, CalendarSettingId, Gateway, SealedSurvey, SmsGateway},
    payload::{Body, clears, fields, patch, payload},
    resource::{Action, resource, row},
    time::ServerTime,
};
use care_client_core::{
    Link, Personal, RawResponse,
    wire::{link, number},
};
use http::StatusCode;
use serde::{Deserialize, Serialize};

/// Survey, gateways and caller ID used by the alarms of a calendar user.
///
/// Source: Newfies-Dialer, *Appointment Module*, "Create Calendar Setting",
/// <https://github.com/newfies-dialer/newfies-dialer>.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CalendarSetting {
    /// Its link.
    pub url: Link<CalendarSetting>,
    /// The name of its owner, not a link (defect [`NEWF-10`](crate::defects)).
    pub user: Option<Personal<String>>,
    /// Its name.
    pub label: String,
    /// The number that calls show; `None` on some servers only.
    pub callerid: Option<Personal<String>>,
    /// The name that calls show; empty if none was given.
    #[serde(default)]
    pub caller_name: Personal<String>,
    /// How long a call rings, in seconds; 60 unless set.
    #[serde(default, with = "number::option")]
    pub call_timeout: Option<i64>,
    /// The survey that calls play.
    #[serde(default, with = "link::option")]
    pub survey: Option<Link<SealedSurvey>>,
    /// The gateway for calls.
    #[serde(default, with = "link::option")]
    pub aleg_gateway: Option<Link<Gateway>>,
    /// The gateway for SMS; `None` for some settings created in the web interface.
    #[serde(default, with = "link::option")]
    pub sms_gateway: Option<Link<SmsGateway>>,
    /// Whether calls detect answering machines, on servers that can.
    pub voicemail: Option<bool>,
    /// What a call does when a machine answers.
    pub amd_behavior: Option<AmdBehavior>,
    /// The message left on a machine.
    #[serde(default, with = "link::option")]
    pub voicemail_audiofile: Option<Link<AudioFile>>,
    /// When it was created.
    pub created_date: Option<ServerTime>,
    /// When it was last changed.
    pub updated_date: Option<ServerTime>,
}

row!(CalendarSetting { times: [], optional: [created_date, updated_date] });
resource!(linked CalendarSetting(CalendarSettingId) at "calendar-setting", named "calendar_settings" {
    rights: Grantable,
    rows: CalendarSetting by |row| row.url.id(),
    writes: NewCalendarSetting, NewCalendarSetting, CalendarSettingPatch with FIELDS,
    // NEWF-56
    keeps: {
        null: [callerid],
        blank: [caller_name]
    },
    hint: hint,
});

fn hint(action: Action, refusal: &RawResponse) -> Option<&'static str> {
    // NEWF-43
    (action != Action::Delete && refusal.status == StatusCode::INTERNAL_SERVER_ERROR)
        .then_some("the caller has no profile in the web interface, such as a user created on the command line")
}

impl CalendarSetting {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> CalendarSettingId {
        self.url.id()
    }
}

/// A calendar setting to create, or to replace another with:
/// `newfies.calendar_settings().create(NewCalendarSetting::new(..))`.
///
/// It has no owner to set: the documents send a `user`, whose path doesn't exist and which the server ignores (defect
/// [`NEWF-03`](crate::defects)).
#[derive(Debug, Clone, PartialEq)]
pub struct NewCalendarSetting {
    body: Body,
}

/// Changes to a calendar setting. Fields that aren't set stay as they are.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CalendarSettingPatch {
    body: Body,
}

impl NewCalendarSetting {
    /// A setting with this label (at most 80 characters) whose calls play this sealed survey. Survey and gateway must
    /// be the caller's.
    ///
    /// ```
    /// use newfies_client::{GatewayId, NewCalendarSetting, SealedSurveyId, SmsGatewayId};
    ///
    /// let (survey, gateway) = (SealedSurveyId::from(1), GatewayId::from(1));
    /// let new = NewCalendarSetting::new("surgery", survey, gateway, SmsGatewayId::from(1))
    ///     .callerid("+12025550100")
    ///     .caller_name("Surgery");
    /// ```
    pub fn new(
        label: impl Into<String>,
        survey: impl Into<Link<SealedSurvey>>,
        gateway: impl Into<Link<Gateway>>,
        sms_gateway: impl Into<Link<SmsGateway>>,
    ) -> Self {
        Self { body: Body::default() }.label(label).survey(survey).aleg_gateway(gateway).sms_gateway(sms_gateway)
    }

    /// The label, by which a workflow finds it again.
    pub(crate) fn given_label(&self) -> &str {
        self.body.text("label").unwrap_or_default()
    }
}

fields! {
    [NewCalendarSetting, CalendarSettingPatch]: {
        /// Sets the number that calls show, at most 80 characters. Servers of the first generation require it.
        fn callerid(number: impl Into<String>) => number.into();
        /// Sets the name that calls show, at most 80 characters. Default: none.
        fn caller_name(name: impl Into<String>) => name.into();
        /// Sets how long a call rings, in seconds. Default: 60.
        fn call_timeout(seconds: i32) => seconds;
        /// Sets whether calls detect answering machines. Default: no.
        fn voicemail(is_detected: bool) => is_detected;
        /// Sets what a call does when a machine answers. Default: [`AmdBehavior::Always`].
        fn amd_behavior(behavior: AmdBehavior) => behavior;
        /// Sets the message left on a machine. Default: none.
        fn voicemail_audiofile(file: impl Into<Link<AudioFile>>) => file.into();
    }
    [CalendarSettingPatch] given [NewCalendarSetting]: {
        /// Sets the name, at most 80 characters.
        fn label(label: impl Into<String>) => label.into();
        /// Sets the survey that calls play.
        fn survey(survey: impl Into<Link<SealedSurvey>>) => survey.into();
        /// Sets the gateway for calls.
        fn aleg_gateway(gateway: impl Into<Link<Gateway>>) => gateway.into();
        /// Sets the gateway for SMS.
        fn sms_gateway(gateway: impl Into<Link<SmsGateway>>) => gateway.into();
    }
}

clears!(CalendarSettingPatch {
    /// Clears the number that calls show.
    clear_callerid => callerid;
    /// Clears the message left on a machine.
    clear_voicemail_audiofile => voicemail_audiofile;
});

payload!(NewCalendarSetting { not_blank: [label] });
patch!(CalendarSettingPatch { not_blank: [label] });
