//! The settings of the account.

mod model;

pub use model::Settings;

use crate::{
    endpoints::status_hint,
    handle::handle,
    params::{Params, setters},
    resource::operation,
};
use care_client_core::{Call, DecodeError, Endpoint, Error, Operation, RawResponse, RequestParts};
use std::borrow::Cow;

/// Reads the settings. Made by [`AccountSettings::get`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GetSettings;

/// Changes settings: `engagement.settings().update(..)`. What isn't set stays as it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[must_use = "give it to engagement.settings().update(..)"]
pub struct SettingsPatch {
    params: Params,
}

impl SettingsPatch {
    /// A change of nothing yet.
    pub fn new() -> Self {
        Self::default()
    }
}

setters! {
    impl SettingsPatch {
        /// Sets after how many seconds without activity an agent counts as away.
        value activity_presence_threshold("activity_presence_threshold"): i64;
        /// Sets whether the activity of agents is recorded.
        flag activity_tracking("activity_tracking");
        /// Sets the first day of the week.
        text beginning_of_week("beginning_of_week");
        /// Sets whether messages are categorized.
        flag category_tagging("category_tagging");
        /// Sets the languages that messages can have.
        texts content_languages("content_languages[]");
        /// Sets whether there is a dashboard.
        flag dashboard("dashboard");
        /// Sets whether the interface can't be shown in a frame of another page.
        flag deny_iframe_integration("deny_iframe_integration");
        /// Sets whether browsers are told not to fill in the password.
        flag disable_password_autocomplete("disable_password_autocomplete");
        /// Sets after how many seconds a password expires.
        value expire_password_after("expire_password_after"): i64;
        /// Sets whether conversations scroll down by themselves.
        flag enable_auto_scroll_down("enable_auto_scroll_down");
        /// Sets whether passwords expire.
        flag expire_password_enabled("expire_password_enabled");
        /// Sets whether exports give durations in seconds.
        flag export_in_seconds("export_in_seconds");
        /// Sets whether messages of no use are folded.
        flag fold_useless_contents("fold_useless_contents");
        /// Sets the seconds of a full working day.
        value fte_duration("fte_duration"): i64;
        /// Sets whether identities can be merged.
        flag identity_merge("identity_merge");
        /// Sets for how many seconds an intervention can be deferred.
        values intervention_defer_rates("intervention_defer_rates[]"): i64;
        /// Sets for how many seconds at most an intervention is deferred.
        value intervention_defer_threshold("intervention_defer_threshold"): i64;
        /// Sets the satisfaction grades of interventions.
        values intervention_rates("intervention_rates[]"): i64;
        /// Sets the language of the account.
        text locale("locale");
        /// Sets whether messages have languages.
        flag multi_lang("multi_lang");
        /// Sets the name of the account.
        text name("name");
        /// Sets whether former passwords are refused.
        flag password_archivable_enabled("password_archivable_enabled");
        /// Sets how many former passwords are refused.
        value password_archivable_size("password_archivable_size"): i64;
        /// Sets how long a password is at least.
        value password_min_length("password_min_length"): i64;
        /// Sets whether a password needs a character that is neither a letter nor a digit.
        flag password_non_word("password_non_word");
        /// Sets whether a password needs a digit.
        flag password_numbers("password_numbers");
        /// Sets whether a lost password can't be replaced by its owner.
        flag password_recovery_disabled("password_recovery_disabled");
        /// Sets whether messages are pushed to agents.
        flag push_enabled("push_enabled");
        /// Sets whether agents can write as any identity.
        flag reply_as_any_identity("reply_as_any_identity");
        /// Sets whether text can run from right to left.
        flag rtl_support("rtl_support");
        /// Sets whether one's own messages need an approval.
        flag self_approval_required("self_approval_required");
        /// Sets after how many seconds a session ends.
        value session_timeout("session_timeout"): i64;
        /// Sets whether the spelling is checked.
        flag spellchecking("spellchecking");
        /// Sets the style of the interface.
        text style("style");
        /// Sets whether services of third parties are off.
        flag third_party_services_disabled("third_party_services_disabled");
        /// Sets the time zone of the account.
        text timezone("timezone");
        /// Sets whether errors of the interface are recorded.
        flag track_js("track_js");
        /// Sets the kind of the account: `demo`, `production` or `archived`.
        text kind("type");
        /// Sets from which priority on a task is urgent.
        value urgent_task_threshold("urgent_task_threshold"): i64;
        /// Sets whether the interface uses the system's font.
        flag use_system_font("use_system_font");
    }
}

impl Endpoint for GetSettings {
    type Output = Settings;

    const OPERATION: &'static Operation = &operation!("settings", "get", Read, "settings");

    fn parts(&self) -> Result<RequestParts, Error> {
        Ok(RequestParts::get(["settings"]))
    }

    fn decode(&self, response: &RawResponse) -> Result<Settings, DecodeError> {
        response.json()
    }

    fn hint(&self, refusal: &RawResponse) -> Option<Cow<'static, str>> {
        status_hint(refusal.status, "the account")
    }
}

impl Endpoint for SettingsPatch {
    type Output = Settings;

    const OPERATION: &'static Operation = &operation!("settings", "update", Idempotent, "settings");

    fn parts(&self) -> Result<RequestParts, Error> {
        if self.params.is_empty() {
            return Err(Error::request("nothing to change: set at least one setting"));
        }
        self.params.apply(RequestParts::put(["settings"]))
    }

    fn decode(&self, response: &RawResponse) -> Result<Settings, DecodeError> {
        response.json()
    }

    fn hint(&self, refusal: &RawResponse) -> Option<Cow<'static, str>> {
        status_hint(refusal.status, "the account")
    }
}

handle! {
    /// The settings of the account. Changes need the permission `update_settings`.
    /// Returned by [`Engagement::settings`](crate::Engagement::settings).
    AccountSettings
}

impl AccountSettings<'_> {
    /// Gets the settings: `GET /settings`.
    pub fn get(self) -> Call<GetSettings> {
        self.pipeline.call(GetSettings)
    }

    /// Changes settings: `PUT /settings`.
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request) if nothing is set. 422 if a value is refused.
    pub fn update(self, patch: SettingsPatch) -> Call<SettingsPatch> {
        self.pipeline.call(patch)
    }
}
