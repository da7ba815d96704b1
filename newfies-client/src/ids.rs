use crate::{
    Alarm, AlarmRequest, AudioFile, Calendar, CalendarSetting, CalendarUser, CallRequest, Event, Gateway, MailTemplate,
    Rule, SealedSurvey, SmsGateway, SmsTemplate, User,
};
use care_client_core::{Link, Linked, wire::id};

id! {
    /// The number of an [`Alarm`].
    pub struct AlarmId;
    /// The number of an [`AlarmRequest`].
    pub struct AlarmRequestId;
    /// The number of an audio file.
    pub struct AudioFileId;
    /// The number of a [`Calendar`].
    pub struct CalendarId;
    /// The number of a [`CalendarSetting`].
    pub struct CalendarSettingId;
    /// The number of a [`CalendarUser`]; its [profile](crate::CalendarUserProfile) is addressed by it, too.
    pub struct CalendarUserId;
    /// The number of a [`CalendarUserProfile`](crate::CalendarUserProfile) itself, which addresses nothing (defect
    /// [`NEWF-12`](crate::defects)).
    pub struct CalendarUserProfileId;
    /// The number of a call request: one call that the dialler makes.
    pub struct CallRequestId;
    /// The number of an [`Event`].
    pub struct EventId;
    /// The number of a voice gateway.
    pub struct GatewayId;
    /// The number of a mail template.
    pub struct MailTemplateId;
    /// The number of a [`Rule`].
    pub struct RuleId;
    /// The number of a sealed survey.
    pub struct SealedSurveyId;
    /// The number of an SMS gateway.
    pub struct SmsGatewayId;
    /// The number of an SMS template.
    pub struct SmsTemplateId;
    /// The number of a user of the web interface. A calendar user is one of them, with the same number.
    pub struct UserId;
}

/// The segment of paths below which the whole API lies.
pub(crate) const API: &str = "rest-api";

// NEWF-20, NEWF-44: what a link leads to is read from its path alone, and it is written as one.
macro_rules! linked {
    ($($type:ident: $id:ident = $collection:literal;)+) => {$(
        impl Linked for $type {
            type Id = $id;
            const API: &'static str = API;
            const COLLECTION: &'static str = $collection;
        }

        /// So that an id goes where a link is asked for.
        impl From<$id> for Link<$type> {
            fn from(id: $id) -> Self {
                Self::to(id)
            }
        }

        /// The id of what the link leads to.
        impl From<Link<$type>> for $id {
            fn from(link: Link<$type>) -> Self {
                link.id()
            }
        }
    )+};
}

linked! {
    Alarm: AlarmId = "alarm";
    AlarmRequest: AlarmRequestId = "alarm-request";
    AudioFile: AudioFileId = "audio-files";
    Calendar: CalendarId = "calendar";
    CalendarSetting: CalendarSettingId = "calendar-setting";
    CalendarUser: CalendarUserId = "calendar-user";
    CallRequest: CallRequestId = "callrequest";
    Event: EventId = "event";
    Gateway: GatewayId = "gateway";
    MailTemplate: MailTemplateId = "mail-template";
    Rule: RuleId = "rule";
    SealedSurvey: SealedSurveyId = "sealed-survey";
    SmsGateway: SmsGatewayId = "sms-gateway";
    SmsTemplate: SmsTemplateId = "sms-template";
    User: UserId = "users";
}
