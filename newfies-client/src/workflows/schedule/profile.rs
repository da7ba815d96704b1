use super::{Created, ProfileState, refused};
use crate::{
    CalendarSetting, CalendarSettingId, CalendarUser, CalendarUserId, CalendarUserProfile, CalendarUserProfilePatch,
    Create, Denial, Get, NewCalendarUserProfile, Newfies, Update,
    fault::ApiFault,
    workflows::{Refusal, Reminder},
};
use care_client_core::{Error, Outcome};

/// How a profile stands, and which setting it has, if that could be read.
pub(super) struct Ensured {
    pub(super) state: ProfileState,
    pub(super) setting: Option<CalendarSettingId>,
}

/// Makes sure that the user's alarms go off with the setting.
pub(super) async fn ensure(
    newfies: &Newfies,
    reminder: &Reminder,
    user: CalendarUserId,
    setting: Option<&CalendarSetting>,
    made: &mut Vec<Created>,
) -> Result<Ensured, Error> {
    let wanted = setting.map(CalendarSetting::id);
    let profile = match newfies.call(get(newfies, user)).await {
        Ok(profile) => profile,
        Err(error) if error.is_not_found() => return make(newfies, user, wanted, made).await,
        // NEWF-37: only a superuser may read it, and a write would take it over unseen.
        Err(error) if error.is_forbidden() && denial(&error) != Some(Denial::Credentials) => {
            return match (reminder.take_over, wanted) {
                (true, Some(setting)) => update(newfies, user, setting).await,
                (true, None) => Err(refused::<CalendarUserProfile>(Refusal::UnreadProfile { user }, made)),
                (false, _) => Ok(Ensured { state: ProfileState::Unread, setting: None }),
            };
        }
        Err(error) => return Err(error),
    };
    // NEWF-39
    let is_own = if made.contains(&Created::User(user)) { Some(true) } else { is_own(newfies, &profile) };
    if is_own == Some(false) && !reminder.take_over {
        return Err(refused::<CalendarUserProfile>(Refusal::ManagedByAnother { user }, made));
    }
    let target = wanted.unwrap_or(profile.calendar_setting);
    let may_stay = is_own == Some(true) || (is_own.is_none() && !reminder.take_over);
    if may_stay && target == profile.calendar_setting {
        return Ok(Ensured { state: ProfileState::Unchanged, setting: Some(target) });
    }
    if is_own.is_none() && !reminder.take_over {
        return Err(refused::<CalendarUserProfile>(Refusal::UnknownCaller { user }, made));
    }
    update(newfies, user, target).await
}

/// Gives the profile the setting, which makes the caller the manager.
async fn update(newfies: &Newfies, user: CalendarUserId, setting: CalendarSettingId) -> Result<Ensured, Error> {
    let patch = CalendarUserProfilePatch::new().calendar_setting(setting);
    newfies.call(Update::<CalendarUserProfile>::new(user, patch, newfies.zone.clone())).await?;
    Ok(Ensured { state: ProfileState::Updated, setting: Some(setting) })
}

/// Whether the caller manages it; `None` if nobody knows the caller's name.
fn is_own(newfies: &Newfies, profile: &CalendarUserProfile) -> Option<bool> {
    match (&newfies.user, &profile.manager) {
        (Some(caller), Some(manager)) => Some(caller == manager),
        _ => None,
    }
}

fn get(newfies: &Newfies, user: CalendarUserId) -> Get<CalendarUserProfile> {
    Get::new(user, newfies.zone.clone())
}

fn denial(error: &Error) -> Option<Denial> {
    error.fault::<ApiFault>().and_then(|fault| fault.denial)
}

/// Makes a profile where there is none, as after a server that broke down when it made the user.
async fn make(
    newfies: &Newfies,
    user: CalendarUserId,
    setting: Option<CalendarSettingId>,
    made: &mut Vec<Created>,
) -> Result<Ensured, Error> {
    match newfies.call(Get::<CalendarUser>::new(user, newfies.zone.clone())).await {
        Ok(_) => {}
        Err(error) if error.is_not_found() => {
            return Err(refused::<CalendarUserProfile>(Refusal::NotACalendarUser, made));
        }
        Err(error) => return Err(error),
    }
    let Some(setting) = setting else {
        return Err(refused::<CalendarUserProfile>(Refusal::NoProfile { user }, made));
    };
    let new = NewCalendarUserProfile::new(user, setting);
    let created = newfies.call(Create::<CalendarUserProfile>::new(new, newfies.zone.clone())).await;
    match created {
        Ok(_) => {}
        // NEWF-13
        Err(error) if error.outcome() >= Outcome::Unknown => match newfies.call(get(newfies, user)).await {
            Ok(_) => {}
            Err(look) if look.is_not_found() && error.status().is_some_and(|status| status.as_u16() == 500) => {
                return Err(error.with_source(Refusal::NoProfile { user }));
            }
            Err(_) => return Err(error),
        },
        Err(error) => return Err(error),
    }
    made.push(Created::Profile(user));
    Ok(Ensured { state: ProfileState::Created, setting: Some(setting) })
}
