use crate::{
    AmdBehavior, AudioFile, Gateway, SealedSurvey, SmsGateway,
    resource::payload,
    wire::{Body, clears, setters},
};
use care_client_core::Link;

/// A calendar setting that is to be made: `newfies.calendar_settings().create(NewCalendarSetting::new(..))`.
///
/// There is no owner to set: the documents send a `user`, whose path doesn't exist and which the server ignores (defect
/// [`NEWF-03`](crate::defects)).
#[derive(Debug, Clone, PartialEq)]
pub struct NewCalendarSetting {
    body: Body,
}

/// What to change of a calendar setting. What isn't named stays as it is.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CalendarSettingPatch {
    body: Body,
}

impl NewCalendarSetting {
    /// A setting with this label (80 characters at most), whose calls play this sealed survey. The survey must be the caller's,
    /// and the gateway one of the caller's.
    ///
    /// ```
    /// use newfies_client::{GatewayId, NewCalendarSetting, SealedSurveyId, SmsGatewayId};
    ///
    /// let new = NewCalendarSetting::new("surgery", SealedSurveyId::from(1), GatewayId::from(1), SmsGatewayId::from(1))
    ///     .callerid("+12025550100")
    ///     .caller_name("Surgery");
    /// ```
    pub fn new(
        label: impl Into<String>,
        survey: impl Into<Link<SealedSurvey>>,
        gateway: impl Into<Link<Gateway>>,
        sms_gateway: impl Into<Link<SmsGateway>>,
    ) -> Self {
        let body = Body::default()
            .with("label", label.into())
            .with("survey", survey.into())
            .with("aleg_gateway", gateway.into())
            .with("sms_gateway", sms_gateway.into());
        Self { body }
    }
}

impl CalendarSettingPatch {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }
}

setters!([NewCalendarSetting, CalendarSettingPatch] {
    /// Sets the number that calls show, 80 characters at most. Servers of the first generation want one.
    fn callerid(number: impl Into<String>) => number.into();
    /// Sets the name that calls show, 80 characters at most. Default: none.
    fn caller_name(name: impl Into<String>) => name.into();
    /// Sets how long a call rings, in seconds. Default: 60.
    fn call_timeout(seconds: i32) => seconds;
    /// Sets whether a machine that answers is told from a person. Default: no.
    fn voicemail(is_told: bool) => is_told;
    /// Sets what a call does when a machine answers. Default: [`AmdBehavior::Always`].
    fn amd_behavior(behavior: AmdBehavior) => behavior;
    /// Sets what is left with a machine. Default: nothing.
    fn voicemail_audiofile(file: impl Into<Link<AudioFile>>) => file.into();
});

setters!([CalendarSettingPatch] {
    /// Sets the name, 80 characters at most.
    fn label(label: impl Into<String>) => label.into();
    /// Sets what calls play.
    fn survey(survey: impl Into<Link<SealedSurvey>>) => survey.into();
    /// Sets what calls go through.
    fn aleg_gateway(gateway: impl Into<Link<Gateway>>) => gateway.into();
    /// Sets what SMS go through.
    fn sms_gateway(gateway: impl Into<Link<SmsGateway>>) => gateway.into();
});

clears!(CalendarSettingPatch {
    /// Shows no number any more.
    clear_callerid => callerid;
    /// Leaves nothing with a machine any more.
    clear_voicemail_audiofile => voicemail_audiofile;
});

payload!(NewCalendarSetting { not_blank: ["label"] });
payload!(CalendarSettingPatch { not_blank: ["label"] });

impl NewCalendarSetting {
    /// The label, by which a workflow finds it again.
    pub(crate) fn label(&self) -> &str {
        self.body.text("label").unwrap_or_default()
    }
}
