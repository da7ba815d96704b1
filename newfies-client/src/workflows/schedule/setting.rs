use super::{Created, make};
use crate::{CalendarSetting, NewCalendarSetting, Newfies, workflows::find};
use care_client_core::Error;

/// The caller's setting with this label.
pub(super) async fn ensure(
    newfies: &Newfies,
    new: &NewCalendarSetting,
    made: &mut Vec<Created>,
) -> Result<CalendarSetting, Error> {
    if let Some(setting) = labelled(newfies, new.label()).await? {
        return Ok(setting);
    }
    let setting = make(newfies, new.clone(), || labelled(newfies, new.label())).await?;
    made.push(Created::Setting(setting.id()));
    Ok(setting)
}

async fn labelled(newfies: &Newfies, label: &str) -> Result<Option<CalendarSetting>, Error> {
    find::first::<CalendarSetting>(newfies, |row| row.label == label && is_own(newfies, row), |row| row.id().get())
        .await
}

/// Whether it is the caller's, as far as the caller's name is known: a superuser sees all.
fn is_own(newfies: &Newfies, setting: &CalendarSetting) -> bool {
    match (&newfies.user, &setting.user) {
        (Some(caller), Some(owner)) => caller == owner,
        _ => true,
    }
}

/// Whether the caller has any.
pub(super) async fn is_any(newfies: &Newfies) -> Result<bool, Error> {
    Ok(!find::all::<CalendarSetting>(newfies, |row| is_own(newfies, row)).await?.is_empty())
}
