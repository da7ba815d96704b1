//! Customers, sites and residents: the administrator's work.

use crate::caremessenger::{control_error::ControlError, controller::Controller, directory::Target};

impl Controller {
    pub(super) fn ensure_exists(&self, target: Target) -> Result<(), ControlError> {
        if self.world.state().has(target) { Ok(()) } else { Err(ControlError::UnknownObject { target }) }
    }

    /// Adds a customer, and returns its identifier.
    pub fn add_customer(&self, name: &str) -> u64 {
        let now = self.world.now();
        self.world.state().add_customer(name, now)
    }

    /// Adds a site of a customer, and returns its identifier.
    ///
    /// # Errors
    ///
    /// The customer is unknown.
    pub fn add_site(&self, customer: u64, name: &str) -> Result<u64, ControlError> {
        self.ensure_exists(Target::Customer(customer))?;
        let now = self.world.now();
        Ok(self.world.state().add_site(customer, name, now))
    }

    /// Adds a resident of a site, and returns the identifier.
    ///
    /// # Errors
    ///
    /// The site is unknown.
    pub fn add_resident(&self, site: u64, name: &str) -> Result<u64, ControlError> {
        self.ensure_exists(Target::Site(site))?;
        let now = self.world.now();
        Ok(self.world.state().add_resident(site, name, now))
    }

    /// Sets or removes a site's latitude and longitude, in degrees.
    ///
    /// # Errors
    ///
    /// The site is unknown.
    pub fn set_position(&self, site: u64, position: Option<(f64, f64)>) -> Result<(), ControlError> {
        let now = self.world.now();
        let mut state = self.world.state();
        let unknown = ControlError::UnknownObject { target: Target::Site(site) };
        let site = state.sites.get_mut(&site).ok_or(unknown)?;
        (site.position, site.record.modified) = (position, now);
        Ok(())
    }

    /// Removes a site's calendar.
    ///
    /// # Errors
    ///
    /// The site is unknown.
    pub fn remove_calendar(&self, site: u64) -> Result<(), ControlError> {
        let unknown = ControlError::UnknownObject { target: Target::Site(site) };
        self.world.state().sites.get_mut(&site).ok_or(unknown)?.calendar = None;
        Ok(())
    }

    /// Removes a customer, site or resident. Its providers stay, with `content_object` null.
    ///
    /// # Errors
    ///
    /// The object is unknown.
    pub fn remove(&self, target: Target) -> Result<(), ControlError> {
        if self.world.state().remove(target) { Ok(()) } else { Err(ControlError::UnknownObject { target }) }
    }
}
