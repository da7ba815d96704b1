//! Languages and time zones: lists that come whole.

use crate::{
    endpoints::{Collection, ListAll},
    handle::handle,
    resource::operation,
};
use care_client_core::{Call, Operation, wire::number};
use serde::{Deserialize, Serialize};

/// A language that texts can be in.
///
/// Source: RingCentral, *Engage Digital API*, OpenAPI specification, "Locale",
/// <https://github.com/ringcentral/engage-digital-api-docs>.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Locale {
    /// Its code, such as `en`.
    pub code: Option<String>,
    /// Its name.
    pub name: Option<String>,
    /// Whether the web interface is available in it.
    pub interface: Option<bool>,
}

/// A language of the web interface.
///
/// Source: RingCentral, *Engage Digital API*, OpenAPI specification, "UiLocale",
/// <https://github.com/ringcentral/engage-digital-api-docs>.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct InterfaceLocale {
    /// Its code, such as `en`.
    pub code: Option<String>,
    /// Its name.
    pub name: Option<String>,
}

/// A time zone.
///
/// Source: RingCentral, *Engage Digital API*, OpenAPI specification, "Timezone",
/// <https://github.com/ringcentral/engage-digital-api-docs>.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Timezone {
    /// Its name, as users and time sheets name it.
    pub name: Option<String>,
    /// Its offset from UTC in seconds, if the service says so as a number.
    #[serde(default, with = "number::option")]
    pub utc_offset: Option<i64>,
}

impl Collection for Locale {
    const ALL: Operation = operation!("locales", "list", Read, "locales");
    const PATH: &'static [&'static str] = &["locales"];
}

impl Collection for InterfaceLocale {
    const ALL: Operation = operation!("locales", "interface", Read, "interface_locales");
    const PATH: &'static [&'static str] = &["interface_locales"];
}

impl Collection for Timezone {
    const ALL: Operation = operation!("locales", "timezones", Read, "timezones");
    const PATH: &'static [&'static str] = &["timezones"];
}

handle! {
    /// Languages and time zones.
    /// Returned by [`Engagement::locales`](crate::Engagement::locales).
    Locales
}

impl Locales<'_> {
    /// Lists the languages that texts can be in: `GET /locales`.
    pub fn list(self) -> Call<ListAll<Locale>> {
        self.pipeline.call(ListAll::new())
    }

    /// Lists the languages of the web interface: `GET /interface_locales`.
    pub fn interface(self) -> Call<ListAll<InterfaceLocale>> {
        self.pipeline.call(ListAll::new())
    }

    /// Lists the time zones: `GET /timezones`.
    pub fn timezones(self) -> Call<ListAll<Timezone>> {
        self.pipeline.call(ListAll::new())
    }
}
