//! What the objects of this service have in common, so that a few [endpoints](crate::endpoints) serve all of them.
//!
//! An object is stated once, in the `resource!` of its own module: its path, its noun in error texts, and the
//! operations that the service has for it, each with its name and what repeating it would do. A verb on one object,
//! such as closing a thread, is an [`Action`].
//!
//! ```text
//! resource! {
//!     Category(CategoryId) at "categories", called "the category", named "categories" {
//!         list, get, update, delete
//!     }
//! }
//! creatable! { Category at "categories", named "categories", needs ["name"] }
//! ```
//!
//! Objects below others, such as a user's capacities, have paths with the ids of both: those operations are endpoints
//! of their own on the same helpers.

use crate::ids::ObjectId;
use care_client_core::{DecodeError, Operation, RawResponse};
use http::{Method, StatusCode};
use serde::de::DeserializeOwned;
use std::{borrow::Cow, fmt};

/// A kind of objects that the service keeps, such as [`Thread`](crate::Thread). Implemented by this crate's types only.
pub trait Resource: sealed::Sealed + Clone + fmt::Debug + PartialEq + DeserializeOwned + Send + Sync + 'static {
    /// What an object is addressed by.
    type Id: ObjectId;

    /// The path below the API, such as `categories`.
    #[doc(hidden)]
    const PATH: &'static str;

    /// What error texts call one, such as `the category`.
    #[doc(hidden)]
    const NOUN: &'static str;

    /// The object's own id.
    #[doc(hidden)]
    fn id(&self) -> &Self::Id;

    /// What a refusal means for these objects beyond what its status means for all.
    #[doc(hidden)]
    fn hint(_refusal: StatusCode) -> Option<Cow<'static, str>> {
        None
    }
}

/// A [`Resource`] whose objects can be listed. Implemented by this crate's types only.
pub trait Listed: Resource {
    #[doc(hidden)]
    const LIST: Operation;
}

/// A [`Resource`] of which one object can be read. Implemented by this crate's types only.
pub trait Readable: Resource {
    #[doc(hidden)]
    const GET: Operation;
}

/// A [`Resource`] that can be created. Implemented by this crate's types only.
pub trait Creatable: Resource {
    #[doc(hidden)]
    const CREATE: Operation;

    /// The parameters without which the service refuses, by their keys.
    #[doc(hidden)]
    const REQUIRED: &'static [&'static str] = &[];

    /// Whether the parameters always go into a form body: long texts, secrets, or those of people.
    #[doc(hidden)]
    const FORM: bool = false;
}

/// A [`Resource`] that can be changed. Implemented by this crate's types only.
pub trait Updatable: Resource {
    #[doc(hidden)]
    const UPDATE: Operation;

    /// Whether the parameters always go into a form body: long texts, secrets, or those of people.
    #[doc(hidden)]
    const FORM: bool = false;
}

/// A [`Resource`] that can be deleted. Implemented by this crate's types only.
pub trait Deletable: Resource {
    #[doc(hidden)]
    const DELETE: Operation;
}

/// A verb on one object: `PUT /content_threads/{threadId}/close`. Implemented by this crate's types only.
pub trait Action: Clone + fmt::Debug + PartialEq + Send + Sync + 'static {
    /// What it acts on.
    type Target: Resource;
    /// What the service answers with.
    type Output: Send;

    #[doc(hidden)]
    const OPERATION: Operation;
    /// The last segment of the path.
    #[doc(hidden)]
    const VERB: &'static str;
    #[doc(hidden)]
    const METHOD: Method = Method::PUT;
    /// Whether the parameters always go into a form body.
    #[doc(hidden)]
    const FORM: bool = false;
    /// What a 403 can mean here besides a missing permission.
    #[doc(hidden)]
    const FORBIDDEN: Option<&'static str> = None;

    /// Reads the answer; the object's id is the one that was asked for.
    #[doc(hidden)]
    fn decode(id: &<Self::Target as Resource>::Id, response: &RawResponse) -> Result<Self::Output, DecodeError>;
}

pub(crate) mod sealed {
    pub trait Sealed {}
}

/// Makes a type a [`Resource`] with the operations that the service has for it.
macro_rules! resource {
    ($type:ident($id:ident) at $path:literal, called $noun:literal, named $name:literal { $($operation:ident),+ $(,)? }
        $(hint $hint:expr)?
    ) => {
        impl $crate::resource::sealed::Sealed for $type {}

        impl $crate::resource::Resource for $type {
            type Id = $id;
            const PATH: &'static str = $path;
            const NOUN: &'static str = $noun;

            fn id(&self) -> &$id {
                &self.id
            }
            $(
                fn hint(refusal: http::StatusCode) -> Option<std::borrow::Cow<'static, str>> {
                    #[allow(clippy::redundant_closure_call, reason = "the closure names the argument")]
                    ($hint)(refusal)
                }
            )?
        }

        $($crate::resource::resource! { @$operation $type $path $name })+
    };
    (@list $type:ident $path:literal $name:literal) => {
        impl $crate::resource::Listed for $type {
            const LIST: care_client_core::Operation = $crate::resource::operation!($name, "list", Read, $path, "");
        }
    };
    (@get $type:ident $path:literal $name:literal) => {
        impl $crate::resource::Readable for $type {
            const GET: care_client_core::Operation = $crate::resource::operation!($name, "get", Read, $path, "/{id}");
        }
    };
    (@update $type:ident $path:literal $name:literal) => {
        impl $crate::resource::Updatable for $type {
            const UPDATE: care_client_core::Operation =
                $crate::resource::operation!($name, "update", Idempotent, $path, "/{id}");
        }
    };
    (@delete $type:ident $path:literal $name:literal) => {
        impl $crate::resource::Deletable for $type {
            const DELETE: care_client_core::Operation =
                $crate::resource::operation!($name, "delete", Idempotent, $path, "/{id}");
        }
    };
}
pub(crate) use resource;

/// The facts of one operation: names, safety and path.
macro_rules! operation {
    ($group:literal, $verb:literal, $safety:ident, $path:literal $(, $end:literal)*) => {
        care_client_core::Operation::new(
            concat!("engagement.", $group, ".", $verb),
            concat!("/", $path $(, $end)*),
            care_client_core::Safety::$safety,
            $crate::defects::VENDOR,
        )
    };
}
pub(crate) use operation;

/// Makes a type [`Creatable`], with the parameters that the service requires.
macro_rules! creatable {
    ($type:ident at $path:literal, named $name:literal, needs [$($key:literal),*]) => {
        impl $crate::resource::Creatable for $type {
            const CREATE: care_client_core::Operation = $crate::resource::operation!($name, "create", Once, $path, "");
            const REQUIRED: &'static [&'static str] = &[$($key),*];
        }
    };
}
pub(crate) use creatable;

/// Makes a verb on one object: a type without values, and its [`Action`] that answers with the object itself.
macro_rules! action {
    (
        $(#[$meta:meta])*
        $type:ident on $target:ident:
            $method:ident $path:literal / $verb:literal, named $group:literal $name:literal, $safety:ident
        $(, forbidden $forbidden:expr)? $(, as $form:ident)? $(, answers $output:ty, $decode:expr)?
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum $type {}

        impl $crate::resource::Action for $type {
            type Target = $target;
            type Output = $crate::resource::action!(@output $target $($output)?);
            const OPERATION: care_client_core::Operation =
                $crate::resource::operation!($group, $name, $safety, $path, "/{id}/" , $verb);
            const VERB: &'static str = $verb;
            const METHOD: http::Method = http::Method::$method;
            $(const FORBIDDEN: Option<&'static str> = Some($forbidden);)?
            $($crate::resource::action! { @$form })?

            fn decode(
                id: &<$target as $crate::resource::Resource>::Id,
                response: &care_client_core::RawResponse,
            ) -> Result<Self::Output, care_client_core::DecodeError> {
                $crate::resource::action!(@decode id response $($decode)?)
            }
        }
    };
    (@form) => { const FORM: bool = true; };
    (@output $target:ident) => { $target };
    (@output $target:ident $output:ty) => { $output };
    (@decode $id:ident $response:ident) => { $crate::endpoints::same_object($response, $id) };
    (@decode $id:ident $response:ident $decode:expr) => { ($decode)($response, $id) };
}
pub(crate) use action;
