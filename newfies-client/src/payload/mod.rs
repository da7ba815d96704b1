//! What writes send: the payload types of the resources, and their setters.
//!
//! The fields of a resource are stated once, by `fields!`: each setter is named after the field that it sets, and
//! [`Explained::FIELDS`](crate::resource::Explained::FIELDS) is the list of these names.

mod body;

pub(crate) use body::{Body, Field};

use crate::resource::sealed::Sealed;
use care_client_core::Error;
use std::fmt;

/// What a write sends. Implemented by this crate's types only.
pub trait Payload: Sealed + Clone + fmt::Debug + PartialEq + Send + Sync + 'static {
    #[doc(hidden)]
    #[allow(private_interfaces, reason = "the trait is sealed")]
    fn body(&self) -> &Body;

    /// Refuses what the server would refuse, or accept and misunderstand.
    ///
    /// # Errors
    ///
    /// [`Kind::Request`](crate::Kind::Request), which says what to change.
    #[doc(hidden)]
    fn check(&self) -> Result<(), Error>;
}

/// States the fields of a resource as setters of its payloads: public ones of the types in the first list, and private
/// ones of those that are `given` a field by their constructor alone. It also makes the constant `FIELDS`.
macro_rules! fields {
    ($([$($type:ident),*] $(given [$($new:ident),+])?: $setters:tt)+) => {
        pub(super) const FIELDS: &[&str] = $crate::payload::names!($($setters)+);
        $(
            $($crate::payload::setters! { pub $type $setters })*
            $($($crate::payload::setters! { $new $setters })+)?
        )+
    };
}
pub(crate) use fields;

macro_rules! names {
    ($({ $($(#[$meta:meta])* fn $name:ident($value:ident: $arg:ty) => $field:expr;)+ })+) => {
        &[$($(stringify!($name)),+),+]
    };
}
pub(crate) use names;

macro_rules! setters {
    ($vis:vis $type:ident { $($(#[$meta:meta])* fn $name:ident($value:ident: $arg:ty) => $field:expr;)+ }) => {
        impl $type {
            $(
                $(#[$meta])*
                #[must_use]
                $vis fn $name(mut self, $value: $arg) -> Self {
                    self.body.set(stringify!($name), $field);
                    self
                }
            )+
        }
    };
}
pub(crate) use setters;

/// Gives a patch setters that empty a field.
macro_rules! clears {
    ($type:ident { $($(#[$meta:meta])* $setter:ident => $name:ident;)+ }) => {
        impl $type {
            $(
                $(#[$meta])*
                #[must_use]
                pub fn $setter(mut self) -> Self {
                    self.body.set(stringify!($name), $crate::payload::Field::Null);
                    self
                }
            )+
        }
    };
}
pub(crate) use clears;

/// Makes a type with a `body` a [`Payload`]: the texts that must not be blank, and what else is checked.
macro_rules! payload {
    ($type:ident { not_blank: [$($name:ident),*] $(, check: $check:expr)? }) => {
        impl $crate::resource::sealed::Sealed for $type {}

        impl $crate::payload::Payload for $type {
            #[allow(private_interfaces, reason = "the trait is sealed")]
            fn body(&self) -> &$crate::payload::Body {
                &self.body
            }

            fn check(&self) -> Result<(), care_client_core::Error> {
                $(self.body.not_blank(stringify!($name))?;)*
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

/// The same for a patch, which begins empty.
macro_rules! patch {
    ($type:ident $rules:tt) => {
        impl $type {
            /// A patch that changes nothing yet.
            pub fn new() -> Self {
                Self::default()
            }
        }

        $crate::payload::payload! { $type $rules }
    };
}
pub(crate) use patch;
