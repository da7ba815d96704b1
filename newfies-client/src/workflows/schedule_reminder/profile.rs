//! The calendar setting of a reminder, and the profile that has it.

use crate::{
    calendar_settings::{CalendarSetting, NewCalendarSetting},
    calendar_user_profiles::{CalendarUserProfile, CalendarUserProfilePatch, NewCalendarUserProfile},
    calendar_users::{CalendarUser, CalendarUserRef},
    client::Newfies,
    endpoints::{Create, Get, Update},
    fault::Denial,
    ids::{CalendarSettingId, CalendarUserId},
    workflows::{
        failure::WorkflowFailure,
        find,
        schedule_reminder::{Created, ProfileState, create, refused, reminder::Reminder},
    },
};
use care_client_core::{Error, Outcome};

/// Finds or creates the caller's setting with this label.
pub(super) async fn ensure_setting(
    newfies: &Newfies,
    new: &NewCalendarSetting,
    created: &mut Vec<Created>,
) -> Result<CalendarSetting, Error> {
    if let Some(setting) = labelled(newfies, new.given_label()).await? {
        return Ok(setting);
    }
    let setting = create(newfies, new.clone(), || labelled(newfies, new.given_label())).await?;
    created.push(Created::Setting(setting.id()));
    Ok(setting)
}

async fn labelled(newfies: &Newfies, label: &str) -> Result<Option<CalendarSetting>, Error> {
    find::first::<CalendarSetting>(newfies, |row| row.label == label && owns(newfies, row), |row| row.id().get()).await
}

/// Whether the caller owns the setting; assumed if the caller's name is unknown. A superuser sees those of others, too.
fn owns(newfies: &Newfies, setting: &CalendarSetting) -> bool {
    match (&newfies.user, &setting.user) {
        (Some(caller), Some(owner)) => caller == owner,
        _ => true,
    }
}

/// Whether the caller has any setting.
pub(super) async fn has_setting(newfies: &Newfies) -> Result<bool, Error> {
    Ok(!find::all::<CalendarSetting>(newfies, |row| owns(newfies, row)).await?.is_empty())
}

/// The state of a profile, and its setting if that could be read.
pub(super) struct Ensured {
    pub(super) state: ProfileState,
    pub(super) setting: Option<CalendarSettingId>,
}

/// Makes the user's alarms use the setting.
pub(super) async fn ensure(
    newfies: &Newfies,
    reminder: &Reminder,
    user: CalendarUserId,
    setting: Option<&CalendarSetting>,
    created: &mut Vec<Created>,
) -> Result<Ensured, Error> {
    let wanted = setting.map(CalendarSetting::id);
    let profile = match newfies.call(get(newfies, user)).await {
        Ok(profile) => profile,
        Err(error) if error.is_not_found() => return create_profile(newfies, reminder, user, wanted, created).await,
        // NEWF-37: only a superuser may read it. A write would take the user over unnoticed.
        Err(error) if Denial::is_lack_of_rights(&error) => {
            return match (reminder.take_over, wanted) {
                (true, Some(setting)) => update(newfies, user, setting).await,
                (true, None) => Err(refused::<CalendarUserProfile>(WorkflowFailure::UnreadProfile { user }, created)),
                (false, _) => Ok(Ensured { state: ProfileState::Unread, setting: None }),
            };
        }
        Err(error) => return Err(error),
    };
    // NEWF-39
    let is_own = if created.contains(&Created::User(user)) { Some(true) } else { is_own(newfies, &profile) };
    if is_own == Some(false) && !reminder.take_over {
        return Err(refused::<CalendarUserProfile>(WorkflowFailure::ManagedByAnother { user }, created));
    }
    let target = wanted.unwrap_or(profile.calendar_setting);
    let may_stay = is_own == Some(true) || (is_own.is_none() && !reminder.take_over);
    if may_stay && target == profile.calendar_setting {
        return Ok(Ensured { state: ProfileState::Unchanged, setting: Some(target) });
    }
    if is_own.is_none() && !reminder.take_over {
        return Err(refused::<CalendarUserProfile>(WorkflowFailure::UnknownCaller { user }, created));
    }
    update(newfies, user, target).await
}

/// Gives the profile the setting, which makes the caller the manager.
async fn update(newfies: &Newfies, user: CalendarUserId, setting: CalendarSettingId) -> Result<Ensured, Error> {
    let patch = CalendarUserProfilePatch::new().calendar_setting(setting);
    newfies.call(Update::<CalendarUserProfile>::new(user, patch, newfies.zone.clone())).await?;
    Ok(Ensured { state: ProfileState::Updated, setting: Some(setting) })
}

/// Whether the caller manages the user; `None` if the caller's name is unknown.
fn is_own(newfies: &Newfies, profile: &CalendarUserProfile) -> Option<bool> {
    match (&newfies.user, &profile.manager) {
        (Some(caller), Some(manager)) => Some(caller == manager),
        _ => None,
    }
}

fn get(newfies: &Newfies, user: CalendarUserId) -> Get<CalendarUserProfile> {
    Get::new(user, newfies.zone.clone())
}

/// Creates a missing profile, for example after the server failed while it created the user.
async fn create_profile(
    newfies: &Newfies,
    reminder: &Reminder,
    user: CalendarUserId,
    setting: Option<CalendarSettingId>,
    created: &mut Vec<Created>,
) -> Result<Ensured, Error> {
    match newfies.call(Get::<CalendarUser>::new(user, newfies.zone.clone())).await {
        Ok(_) => {}
        Err(error) if error.is_not_found() => {
            let failure = match reminder.user {
                CalendarUserRef::Existing(user) => WorkflowFailure::UnknownUser { user },
                _ => WorkflowFailure::NotACalendarUser,
            };
            return Err(refused::<CalendarUserProfile>(failure, created));
        }
        Err(error) => return Err(error),
    }
    // NEWF-58: a profile would make a manager of the web interface the caller's calendar user.
    if !matches!(reminder.user, CalendarUserRef::New(_)) && !reminder.take_over {
        return Err(refused::<CalendarUserProfile>(WorkflowFailure::NotACalendarUser, created));
    }
    let Some(setting) = setting else {
        return Err(refused::<CalendarUserProfile>(WorkflowFailure::NoProfile { user }, created));
    };
    let new = NewCalendarUserProfile::new(user, setting);
    let result = newfies.call(Create::<CalendarUserProfile>::new(new, newfies.zone.clone())).await;
    match result {
        Ok(_) => {}
        // NEWF-13
        Err(error) if error.outcome() >= Outcome::Unknown => match newfies.call(get(newfies, user)).await {
            Ok(_) => {}
            Err(look) if look.is_not_found() && error.status().is_some_and(|status| status.as_u16() == 500) => {
                return Err(error.with_source(WorkflowFailure::NoProfile { user }));
            }
            Err(_) => return Err(error),
        },
        Err(error) => return Err(error),
    }
    created.push(Created::Profile(user));
    Ok(Ensured { state: ProfileState::Created, setting: Some(setting) })
}
