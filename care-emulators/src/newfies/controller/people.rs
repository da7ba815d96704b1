//! Users, their permissions and gateways: the administrator's work.

use crate::newfies::{
    control_error::ControlError,
    controller::Controller,
    resources::{Resource, static_resources::Gateways},
    rows::{
        calendar::CalendarUserProfile,
        user::{NewUser, User, permission_exists},
    },
    world::State,
};

impl State {
    /// Adds a user with a profile that has all gateways.
    pub(in crate::newfies) fn add_user(&mut self, new: NewUser) -> u64 {
        let (hash, gateways) = (self.random.hash(), self.gateways.iter().map(|gateway| gateway.id).collect());
        self.users.add(|id| new.user(id, hash, gateways))
    }

    /// The ids of a manager and of their first calendar setting.
    fn manager(&self, username: &str) -> Result<(u64, u64), ControlError> {
        let unknown = || ControlError::UnknownUser { username: username.to_owned() };
        let none = || ControlError::NoSetting { username: username.to_owned() };
        let manager = self.user_named(username).ok_or_else(unknown)?.id;
        Ok((manager, self.first_setting_of(manager).ok_or_else(none)?))
    }
}

impl Controller {
    /// Adds a user, and returns the user's id.
    ///
    /// # Errors
    ///
    /// The user name is empty or taken.
    pub fn add_user(&self, user: NewUser) -> Result<u64, ControlError> {
        let mut state = self.world.state();
        if user.username.is_empty() || state.user_named(&user.username).is_some() {
            return Err(ControlError::UsernameTaken { username: user.username });
        }
        Ok(state.add_user(user))
    }

    /// Adds a calendar user of a manager as the web pages do, with a profile that has the manager's first calendar
    /// setting, and returns the calendar user's id.
    ///
    /// # Errors
    ///
    /// The manager is unknown or has no calendar setting, or the user name is empty or taken.
    pub fn add_calendar_user(&self, manager: &str, username: &str, password: &str) -> Result<u64, ControlError> {
        let (now, mut state) = self.world.state_now();
        let (manager, setting) = state.manager(manager)?;
        if username.is_empty() || state.user_named(username).is_some() {
            return Err(ControlError::UsernameTaken { username: username.to_owned() });
        }
        let user = state.add_user(NewUser::new(username, password).without_profile());
        state.profiles.add(|id| CalendarUserProfile::new(id, user, manager, setting, now));
        Ok(user)
    }

    /// Adds the missing profile of a calendar user as the web pages do, with the manager's first calendar setting, and
    /// returns the calendar user's id.
    ///
    /// # Errors
    ///
    /// The manager is unknown or has no calendar setting, or the calendar user is unknown or already has a profile.
    pub fn give_profile(&self, manager: &str, username: &str) -> Result<u64, ControlError> {
        let (now, mut state) = self.world.state_now();
        let (manager, setting) = state.manager(manager)?;
        let unknown = || ControlError::UnknownUser { username: username.to_owned() };
        let user = state.user_named(username).ok_or_else(unknown)?.id;
        if state.profile_of(user).is_some() {
            return Err(ControlError::HasProfile { username: username.to_owned() });
        }
        state.profiles.add(|id| CalendarUserProfile::new(id, user, manager, setting, now));
        Ok(user)
    }

    /// Issues a token of a user. Earlier tokens stay valid.
    ///
    /// # Errors
    ///
    /// The user is unknown.
    pub fn issue_token(&self, username: &str) -> Result<String, ControlError> {
        let mut state = self.world.state();
        let unknown = || ControlError::UnknownUser { username: username.to_owned() };
        let id = state.user_named(username).ok_or_else(unknown)?.id;
        let token = format!("e0{:038x}", state.tokens.len());
        state.tokens.insert(token.clone(), id);
        Ok(token)
    }

    fn change<T>(
        &self,
        username: &str,
        act: impl FnOnce(&mut User) -> Result<T, ControlError>,
    ) -> Result<T, ControlError> {
        let mut state = self.world.state();
        let unknown = || ControlError::UnknownUser { username: username.to_owned() };
        let id = state.user_named(username).ok_or_else(unknown)?.id;
        state.users.get_mut(id).ok_or_else(unknown).and_then(act)
    }

    /// Grants a user a permission, such as `add_event`.
    ///
    /// # Errors
    ///
    /// The user or the permission is unknown.
    pub fn grant(&self, username: &str, permission: &str) -> Result<(), ControlError> {
        if !permission_exists(permission) {
            return Err(ControlError::UnknownPermission { permission: permission.to_owned() });
        }
        self.change(username, |user| {
            user.permissions.insert(permission.to_owned());
            Ok(())
        })
    }

    /// Withdraws a user's permission. It has no effect on a superuser.
    ///
    /// # Errors
    ///
    /// The user is unknown.
    pub fn revoke(&self, username: &str, permission: &str) -> Result<(), ControlError> {
        self.change(username, |user| {
            user.permissions.remove(permission);
            Ok(())
        })
    }

    /// Sets whether a user is a superuser.
    ///
    /// # Errors
    ///
    /// The user is unknown.
    pub fn set_superuser(&self, username: &str, is_superuser: bool) -> Result<(), ControlError> {
        self.change(username, |user| {
            user.is_superuser = is_superuser;
            Ok(())
        })
    }

    /// Sets whether a user may log in.
    ///
    /// # Errors
    ///
    /// The user is unknown.
    pub fn set_active(&self, username: &str, is_active: bool) -> Result<(), ControlError> {
        self.change(username, |user| {
            user.is_active = is_active;
            Ok(())
        })
    }

    /// Adds a user to a group. From then on the server crashes when it lists them under `users`.
    ///
    /// # Errors
    ///
    /// The user is unknown.
    pub fn add_to_group(&self, username: &str, group: &str) -> Result<(), ControlError> {
        self.change(username, |user| {
            user.groups.push(group.to_owned());
            Ok(())
        })
    }

    /// Allows a user to use a gateway, through their user profile.
    ///
    /// # Errors
    ///
    /// The user or the gateway is unknown, or the user has no user profile.
    pub fn allow_gateway(&self, username: &str, gateway: u64) -> Result<(), ControlError> {
        self.set_gateway(username, gateway, true)
    }

    /// Withdraws a user's permission to use a gateway.
    ///
    /// # Errors
    ///
    /// The same as [`allow_gateway`](Self::allow_gateway).
    pub fn deny_gateway(&self, username: &str, gateway: u64) -> Result<(), ControlError> {
        self.set_gateway(username, gateway, false)
    }

    fn set_gateway(&self, username: &str, gateway: u64, may: bool) -> Result<(), ControlError> {
        if !self.world.state().gateways.has(gateway) {
            return Err(ControlError::UnknownRow { resource: Gateways::PATH, id: gateway });
        }
        self.change(username, |user| {
            let none = || ControlError::NoProfile { username: username.to_owned() };
            let gateways = user.gateways.as_mut().ok_or_else(none)?;
            if may {
                gateways.insert(gateway);
            } else {
                gateways.remove(&gateway);
            }
            Ok(())
        })
    }
}
