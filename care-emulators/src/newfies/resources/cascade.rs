//! What goes with a row that is deleted.

use super::super::state::State;

impl State {
    /// The ids of what `is_meant` in a list of rows.
    fn ids<'a, T: 'a>(rows: impl Iterator<Item = &'a T>, is_meant: impl Fn(&T) -> Option<u64>) -> Vec<u64> {
        rows.filter_map(is_meant).collect()
    }

    pub(super) fn remove_alarm(&mut self, id: u64) {
        self.runs.retain(|run| run.alarm != id);
        for request in Self::ids(self.alarm_requests.iter(), |row| (row.alarm == Some(id)).then_some(row.id)) {
            self.alarm_requests.remove(request);
        }
        self.alarms.remove(id);
    }

    pub(super) fn remove_event(&mut self, id: u64) {
        for alarm in Self::ids(self.alarms.iter(), |row| (row.event == id).then_some(row.id)) {
            self.remove_alarm(alarm);
        }
        self.events.remove(id);
        for child in Self::ids(self.events.iter(), |row| (row.parent_event == Some(id)).then_some(row.id)) {
            self.remove_event(child);
        }
    }

    pub(super) fn remove_calendar(&mut self, id: u64) {
        for event in Self::ids(self.events.iter(), |row| (row.calendar == id).then_some(row.id)) {
            self.remove_event(event);
        }
        self.calendars.remove(id);
    }

    pub(super) fn remove_setting(&mut self, id: u64) {
        for profile in Self::ids(self.profiles.iter(), |row| (row.calendar_setting == id).then_some(row.id)) {
            self.profiles.remove(profile);
        }
        self.settings.remove(id);
    }

    pub(super) fn remove_user(&mut self, id: u64) {
        for calendar in Self::ids(self.calendars.iter(), |row| (row.user == Some(id)).then_some(row.id)) {
            self.remove_calendar(calendar);
        }
        for event in Self::ids(self.events.iter(), |row| (row.creator == id).then_some(row.id)) {
            self.remove_event(event);
        }
        for profile in Self::ids(self.profiles.iter(), |row| (row.user == id || row.manager == id).then_some(row.id)) {
            self.profiles.remove(profile);
        }
        for setting in Self::ids(self.settings.iter(), |row| (row.user == id).then_some(row.id)) {
            self.remove_setting(setting);
        }
        self.tokens.retain(|_, holder| *holder != id);
        self.users.remove(id);
    }
}
