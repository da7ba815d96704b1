//! Ids, and the things that only links lead to.
//!
//! Every id is a type of its own, so that an alarm's can't be passed for an event's. Where the server wants a
//! hyperlink, an id converts to a [`Link`](care_client_core::Link), and a link to the id of its target.

use care_client_core::wire::id;

id! {
    /// The number of an [`Alarm`](crate::Alarm).
    pub struct AlarmId;
    /// The number of an [`AlarmRequest`](crate::AlarmRequest).
    pub struct AlarmRequestId;
    /// The number of an audio file.
    pub struct AudioFileId;
    /// The number of a [`Calendar`](crate::Calendar).
    pub struct CalendarId;
    /// The number of a [`CalendarSetting`](crate::CalendarSetting).
    pub struct CalendarSettingId;
    /// The number of a [`CalendarUser`](crate::CalendarUser). It also addresses the user's
    /// [profile](crate::CalendarUserProfile).
    pub struct CalendarUserId;
    /// The number of a [`CalendarUserProfile`](crate::CalendarUserProfile) itself, which addresses nothing (defect
    /// [`NEWF-12`](crate::defects)).
    pub struct CalendarUserProfileId;
    /// The number of a call request: one call by the dialler.
    pub struct CallRequestId;
    /// The number of an [`Event`](crate::Event).
    pub struct EventId;
    /// The number of a voice gateway.
    pub struct GatewayId;
    /// The number of a mail template.
    pub struct MailTemplateId;
    /// The number of a [`Rule`](crate::Rule).
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

/// The path segment below which the whole API lies.
pub(crate) const API: &str = "rest-api";

/// Makes links to types by the path segments of their collections.
// NEWF-20, NEWF-44: a link is read from its path alone, and written as one.
macro_rules! linked {
    ($($type:ident: $id:ident = $collection:literal;)+) => {$(
        impl care_client_core::Linked for $type {
            type Id = $id;
            const API: &'static str = $crate::ids::API;
            const COLLECTION: &'static str = $collection;
        }

        /// Lets an id be passed where a link is expected.
        impl From<$id> for care_client_core::Link<$type> {
            fn from(id: $id) -> Self {
                Self::to(id)
            }
        }

        /// The id of the link's target.
        impl From<care_client_core::Link<$type>> for $id {
            fn from(link: care_client_core::Link<$type>) -> Self {
                link.id()
            }
        }
    )+};
}
pub(crate) use linked;

macro_rules! only_linked {
    ($($(#[$meta:meta])* $name:ident($id:ident) at $collection:literal;)+) => {$(
        $(#[$meta])*
        ///
        /// It appears in [`Link`](crate::Link)s only: this crate has no operations on it, and it is created in the web
        /// interface.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum $name {}

        linked! { $name: $id = $collection; }
    )+};
}

only_linked! {
    /// A voice file.
    AudioFile(AudioFileId) at "audio-files";
    /// One past or future call by the dialler.
    CallRequest(CallRequestId) at "callrequest";
    /// A route to a telephone network.
    Gateway(GatewayId) at "gateway";
    /// A template of the mails that alarms send.
    MailTemplate(MailTemplateId) at "mail-template";
    /// An IVR application that can no longer change, as calls require it.
    #[doc(alias = "ivr")]
    SealedSurvey(SealedSurveyId) at "sealed-survey";
    /// A service that sends SMS.
    SmsGateway(SmsGatewayId) at "sms-gateway";
    /// A template of the SMS that alarms send.
    SmsTemplate(SmsTemplateId) at "sms-template";
    /// A user of the web interface.
    User(UserId) at "users";
}
