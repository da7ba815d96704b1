//! What the resources of this server have in common, so that six endpoints serve all of them.

use crate::{time::Zone, wire::Body};
use care_client_core::{Error, Operation};
use serde::de::DeserializeOwned;
use std::fmt;

/// A kind of rows that this server keeps: a [`CalendarSetting`](crate::CalendarSetting), an [`Event`](crate::Event).
///
/// It names what the endpoints [`List`](crate::List), [`Get`](crate::Get) and their like read. It is implemented by this
/// crate's types only.
pub trait Resource: Row + sealed::Sealed {
    /// What a row is addressed by.
    type Id: fmt::Display + fmt::Debug + Clone + PartialEq + Send + Sync + 'static;

    /// What a list has of each row. Where it isn't the row itself, the server gives less.
    type Row: Row;

    /// What makes a row of a list the same one when it is read again.
    #[doc(hidden)]
    fn key(row: &Self::Row) -> String;

    #[doc(hidden)]
    const COLLECTION: &'static str;
    #[doc(hidden)]
    const LIST: Operation;
    #[doc(hidden)]
    const GET: Operation;
    /// Whether reading needs a superuser, whatever rights are granted.
    #[doc(hidden)]
    const SUPERUSER: bool;
}

/// A [`Resource`] that the API makes, changes and deletes.
pub trait Writable: Resource {
    /// What a new row is made of.
    type New: Payload;

    /// What is put in place of a row.
    type Replacement: Payload;

    /// What of a row is changed.
    type Patch: Payload;

    #[doc(hidden)]
    const CREATE: Operation;
    #[doc(hidden)]
    const UPDATE: Operation;
    #[doc(hidden)]
    const REPLACE: Operation;
    #[doc(hidden)]
    const DELETE: Operation;
}

/// What comes in an answer. It is implemented by this crate's types only.
pub trait Row: sealed::Place + Clone + fmt::Debug + PartialEq + DeserializeOwned + Send + Sync + 'static {}

/// What goes out in a body. It is implemented by this crate's types only.
pub trait Payload: sealed::HasBody + Clone + fmt::Debug + PartialEq + Send + Sync + 'static {}

pub(crate) mod sealed {
    use super::{Body, Error, Zone};

    pub trait Sealed {}

    pub trait Place {
        /// Makes points in time of naive times.
        #[allow(private_interfaces, reason = "nobody else can name this trait")]
        fn place(&mut self, zone: &Zone);
    }

    pub trait HasBody {
        #[allow(private_interfaces, reason = "nobody else can name this trait")]
        fn body(&self) -> &Body;

        /// Refuses what the server would refuse, or take and misunderstand.
        fn check(&self) -> Result<(), Error>;
    }
}

/// Makes a row of a type: its times are the fields that are named, `optional` those that may be missing.
macro_rules! row {
    ($type:ident { times: [$($time:ident),*], optional: [$($optional:ident),*] }) => {
        impl $crate::resource::Row for $type {}

        impl $crate::resource::sealed::Place for $type {
            #[allow(private_interfaces, unused_variables, reason = "the trait is sealed; some rows have no times")]
            fn place(&mut self, zone: &$crate::time::Zone) {
                $(zone.place(&mut self.$time);)*
                $(if let Some(time) = &mut self.$optional { zone.place(time); })*
            }
        }
    };
}
pub(crate) use row;

/// Makes a resource of a row: its id, its path, the name of its operations, and whether reading it needs a superuser.
macro_rules! resource {
    ($type:ident($id:ident) = $path:literal as $name:literal, superuser: $superuser:literal, row: $row:ident, key: $key:expr) => {
        impl $crate::resource::sealed::Sealed for $type {}

        impl $crate::resource::Resource for $type {
            type Id = $id;
            type Row = $row;

            fn key(row: &$row) -> String {
                let key: fn(&$row) -> _ = $key;
                key(row).to_string()
            }

            const COLLECTION: &'static str = $path;
            const LIST: care_client_core::Operation =
                $crate::resource::operation!($name, "list", concat!("/", $path, "/"), Read);
            const GET: care_client_core::Operation =
                $crate::resource::operation!($name, "get", concat!("/", $path, "/{id}/"), Read);
            const SUPERUSER: bool = $superuser;
        }
    };
}
pub(crate) use resource;

/// Makes a resource writable: with what it is created, replaced and changed.
macro_rules! writable {
    ($type:ident = $path:literal as $name:literal: $new:ident, $replacement:ident, $patch:ident) => {
        impl $crate::resource::Writable for $type {
            type New = $new;
            type Replacement = $replacement;
            type Patch = $patch;
            const CREATE: care_client_core::Operation =
                $crate::resource::operation!($name, "create", concat!("/", $path, "/"), Once);
            const UPDATE: care_client_core::Operation =
                $crate::resource::operation!($name, "update", concat!("/", $path, "/{id}/"), Idempotent);
            // It makes a row where there is none, so a second time isn't the same as once.
            const REPLACE: care_client_core::Operation =
                $crate::resource::operation!($name, "replace", concat!("/", $path, "/{id}/"), Once);
            const DELETE: care_client_core::Operation =
                $crate::resource::operation!($name, "delete", concat!("/", $path, "/{id}/"), Idempotent);
        }
    };
}
pub(crate) use writable;

macro_rules! operation {
    ($name:literal, $verb:literal, $path:expr, $safety:ident) => {
        care_client_core::Operation::new(
            concat!("newfies.", $name, ".", $verb),
            $path,
            care_client_core::Safety::$safety,
            $crate::DOCUMENT,
        )
    };
}
pub(crate) use operation;

/// Makes a payload of a type with a `body`: the texts that mustn't be blank, and what else is checked.
macro_rules! payload {
    ($type:ident { not_blank: [$($name:literal),*] $(, check: $check:expr)? }) => {
        impl $crate::resource::Payload for $type {}

        impl $crate::resource::sealed::HasBody for $type {
            #[allow(private_interfaces, reason = "the trait is sealed")]
            fn body(&self) -> &$crate::wire::Body {
                &self.body
            }

            fn check(&self) -> Result<(), care_client_core::Error> {
                $(self.body.not_blank($name)?;)*
                $(
                    let check: fn(&$type) -> Result<(), care_client_core::Error> = $check;
                    check(self)?;
                )?
                Ok(())
            }
        }
    };
}
pub(crate) use payload;
