//! What the resources of this server have in common, so that six [endpoints](crate::endpoints) serve all of them.
//!
//! A resource is stated once, in the `resource!` of its own module: its path, the name of its operations, what reading
//! it takes, its rows, its payloads, the operations below its rows, and the hints that only it can give. Its fields are
//! stated once too, by the setters of its payloads (see [`payload`](crate::payload)). To add one: a module with its row
//! type, its `fields!` and its `resource!`, a `handle!`, and a method of [`Newfies`](crate::Newfies).

use crate::{payload::Payload, time::Zone};
use care_client_core::{Operation, RawResponse};
use serde::de::DeserializeOwned;
use std::{borrow::Cow, fmt};

/// Something that the server lists. Implemented by this crate's types only.
pub trait Listed: Explained + 'static {
    /// A row of its list. Lists of some resources give less than [`Get`](crate::Get) does.
    type Row: Row;

    /// What identifies a row of the list when it is read again.
    #[doc(hidden)]
    fn key(row: &Self::Row) -> String;

    /// The path segment below the API, such as `event`.
    #[doc(hidden)]
    const COLLECTION: &'static str;
    #[doc(hidden)]
    const LIST: Operation;
}

/// A kind of rows that this server keeps, such as [`CalendarSetting`](crate::CalendarSetting) or
/// [`Event`](crate::Event). Implemented by this crate's types only.
pub trait Resource: Listed + Row {
    /// What a row is addressed by.
    type Id: fmt::Display + fmt::Debug + Clone + PartialEq + Send + Sync + 'static;

    #[doc(hidden)]
    const GET: Operation;

    /// Whether this row is the one with the id, as far as it says so.
    #[doc(hidden)]
    fn is_about(&self, id: &Self::Id) -> bool;
}

/// A [`Resource`] that the API creates, changes and deletes. Implemented by this crate's types only.
pub trait Writable: Resource {
    /// What a new row is created from.
    type New: Payload;

    /// What a row is replaced by.
    type Replacement: Payload;

    /// What to change of a row.
    type Patch: Payload;

    /// What the server keeps of the former row unless it is sent, and how it is emptied (defect `NEWF-56`).
    #[doc(hidden)]
    #[allow(private_interfaces, reason = "the trait is sealed")]
    const KEPT: &'static [(&'static str, Empty)] = &[];

    #[doc(hidden)]
    const CREATE: Operation;
    #[doc(hidden)]
    const UPDATE: Operation;
    #[doc(hidden)]
    const REPLACE: Operation;
    #[doc(hidden)]
    const DELETE: Operation;
}

/// A row in an answer. Implemented by this crate's types only.
pub trait Row: sealed::Sealed + Clone + fmt::Debug + PartialEq + DeserializeOwned + Send + Sync + 'static {
    /// Turns naive times into points in time, if the zone is known.
    #[doc(hidden)]
    #[allow(private_interfaces, reason = "the trait is sealed")]
    fn place(&mut self, zone: &Zone);
}

/// What the hints of a resource's errors are made from. Implemented by this crate's types only.
pub trait Explained: sealed::Sealed {
    #[doc(hidden)]
    #[allow(private_interfaces, reason = "the trait is sealed")]
    const RIGHTS: Rights = Rights::Grantable;

    /// The fields that can be sent, which hints may name.
    #[doc(hidden)]
    const FIELDS: &'static [&'static str] = &[];

    /// What a refusal means for this resource beyond what its status means for all.
    #[doc(hidden)]
    #[allow(private_interfaces, reason = "the trait is sealed")]
    fn hint(_action: Action, _refusal: &RawResponse) -> Option<Cow<'static, str>> {
        None
    }
}

/// What is done to a resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Action {
    List { page: u64 },
    Get,
    Create,
    Update,
    Replace,
    Delete,
}

/// How a field is emptied: by null, or by an empty text where the column takes no null.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Empty {
    Null,
    Blank,
}

/// Which rights the server asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rights {
    /// Rights that an administrator can grant.
    Grantable,
    /// To read: a right that doesn't exist, so only superusers can (defect `NEWF-37`).
    SuperuserReads,
    /// For everything: rights that are filed elsewhere, so only superusers can (defect `NEWF-38`).
    SuperuserOnly,
}

/// An operation below the path of one row.
#[derive(Debug)]
pub(crate) struct Nested {
    pub(crate) operation: Operation,
    pub(crate) segment: &'static str,
}

pub(crate) mod sealed {
    pub trait Sealed {}
}

/// Makes a type a [`Row`]: `times` are its fields with a time, `optional` those that can be missing.
macro_rules! row {
    ($type:ident { times: [$($time:ident),*], optional: [$($optional:ident),*] }) => {
        impl $crate::resource::sealed::Sealed for $type {}

        impl $crate::resource::Row for $type {
            #[allow(private_interfaces, unused_variables, reason = "the trait is sealed; some rows have no times")]
            fn place(&mut self, zone: &$crate::time::Zone) {
                $(zone.place(&mut self.$time);)*
                $(if let Some(time) = &mut self.$optional { zone.place(time); })*
            }
        }
    };
}
pub(crate) use row;

/// Makes a row type a resource. `linked` also makes [`Link`](care_client_core::Link)s to it.
macro_rules! resource {
    (linked $type:ident($id:ident) at $path:literal, named $name:literal { $($rest:tt)* }) => {
        $crate::ids::linked! { $type: $id = $path; }
        $crate::resource::resource! { $type($id) at $path, named $name { $($rest)* } }
    };
    ($type:ident($id:ident) at $path:literal, named $name:literal {
        rights: $rights:ident,
        rows: $row:ident by $key:expr,
        $(writes: $new:ident, $replacement:ident, $patch:ident with $fields:path,
            $(keeps: { null: [$($null:ident),*], blank: [$($blank:ident),*] },)?)?
        $(nested: { $($(#[$meta:meta])* $const:ident: $safety:ident $verb:literal at $segment:literal,)+ },)?
        $(hint: $hint:path,)?
    }) => {
        impl $crate::resource::Explained for $type {
            #[allow(private_interfaces, reason = "the trait is sealed")]
            const RIGHTS: $crate::resource::Rights = $crate::resource::Rights::$rights;
            $(const FIELDS: &'static [&'static str] = $fields;)?

            $(
                #[allow(private_interfaces, reason = "the trait is sealed")]
                fn hint(
                    action: $crate::resource::Action,
                    refusal: &care_client_core::RawResponse,
                ) -> Option<std::borrow::Cow<'static, str>> {
                    let hint: Option<&'static str> = $hint(action, refusal);
                    hint.map(std::borrow::Cow::Borrowed)
                }
            )?
        }

        impl $crate::resource::Listed for $type {
            type Row = $row;

            fn key(row: &$row) -> String {
                let key: fn(&$row) -> _ = $key;
                key(row).to_string()
            }

            const COLLECTION: &'static str = $path;
            const LIST: care_client_core::Operation =
                $crate::resource::operation!($name, "list", concat!("/", $path, "/"), Read);
        }

        impl $crate::resource::Resource for $type {
            type Id = $id;

            const GET: care_client_core::Operation =
                $crate::resource::operation!($name, "get", concat!("/", $path, "/{id}/"), Read);

            fn is_about(&self, id: &$id) -> bool {
                use std::any::Any;
                // Some rows are listed in another form, and some are listed by something else than their id.
                let Some(row) = (self as &dyn Any).downcast_ref::<$row>() else { return true };
                let key: fn(&$row) -> _ = $key;
                (&key(row) as &dyn Any).downcast_ref::<$id>().is_none_or(|found| found == id)
            }
        }

        $(
            impl $crate::resource::Writable for $type {
                type New = $new;
                type Replacement = $replacement;
                type Patch = $patch;
                $(
                    #[allow(private_interfaces, reason = "the trait is sealed")]
                    const KEPT: &'static [(&'static str, $crate::resource::Empty)] = &[
                        $((stringify!($null), $crate::resource::Empty::Null),)*
                        $((stringify!($blank), $crate::resource::Empty::Blank),)*
                    ];
                )?

                const CREATE: care_client_core::Operation =
                    $crate::resource::operation!($name, "create", concat!("/", $path, "/"), Once);
                const UPDATE: care_client_core::Operation =
                    $crate::resource::operation!($name, "update", concat!("/", $path, "/{id}/"), Idempotent);
                // It creates a row where there is none, so a repeat isn't the same as one.
                const REPLACE: care_client_core::Operation =
                    $crate::resource::operation!($name, "replace", concat!("/", $path, "/{id}/"), Once);
                const DELETE: care_client_core::Operation =
                    $crate::resource::operation!($name, "delete", concat!("/", $path, "/{id}/"), Idempotent);
            }
        )?

        $(
            impl $type {
                $(
                    $(#[$meta])*
                    pub(crate) const $const: $crate::resource::Nested = $crate::resource::Nested {
                        operation: $crate::resource::operation!(
                            $name, $verb, concat!("/", $path, "/{id}/", $segment, "/"), $safety
                        ),
                        segment: $segment,
                    };
                )+
            }
        )?
    };
}
pub(crate) use resource;

macro_rules! operation {
    ($name:literal, $verb:literal, $path:expr, $safety:ident) => {
        care_client_core::Operation::new(
            concat!("newfies.", $name, ".", $verb),
            $path,
            care_client_core::Safety::$safety,
            $crate::defects::DOCUMENT,
        )
    };
}
pub(crate) use operation;
