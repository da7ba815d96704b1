use crate::{
    Alarm, AlarmRequestStatus, CallRequest, ServerTime,
    resource::payload,
    wire::{Body, clears, setters},
};
use care_client_core::Link;

/// An alarm request that is to be made or put in place of another: `newfies.alarm_requests().create(..)`.
#[derive(Debug, Clone, PartialEq)]
pub struct NewAlarmRequest {
    body: Body,
}

/// What to change of an alarm request. What isn't named stays as it is.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct AlarmRequestPatch {
    body: Body,
}

impl NewAlarmRequest {
    /// An attempt of this alarm at this time. The dialler leaves one that is more than an hour old.
    pub fn new(alarm: impl Into<Link<Alarm>>, date: impl Into<ServerTime>) -> Self {
        Self { body: Body::default().with("alarm", alarm.into()).with("date", date.into()) }
    }
}

impl AlarmRequestPatch {
    /// Nothing yet.
    pub fn new() -> Self {
        Self::default()
    }
}

setters!([NewAlarmRequest, AlarmRequestPatch] {
    /// Sets where it stands. Default: [`AlarmRequestStatus::Pending`].
    fn status(status: AlarmRequestStatus) => status;
    /// Sets a number that the server never changes. Default: 0.
    fn callstatus(number: i32) => number;
    /// Sets how long the call took, in seconds. Default: 0.
    fn duration(seconds: i32) => seconds;
    /// Sets the call that was made for it: one of a campaign of the caller's, no other is taken.
    fn callrequest(call: impl Into<Link<CallRequest>>) => call.into();
});

setters!([AlarmRequestPatch] {
    /// Gives it to another alarm.
    fn alarm(alarm: impl Into<Link<Alarm>>) => alarm.into();
    /// Sets when it was made.
    fn date(at: impl Into<ServerTime>) => at.into();
});

clears!(AlarmRequestPatch {
    /// Takes the call away from it.
    clear_callrequest => callrequest;
});

payload!(NewAlarmRequest { not_blank: [] });
payload!(AlarmRequestPatch { not_blank: [] });
