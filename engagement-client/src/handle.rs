//! Handles: a borrowed pipeline with the operations on one kind of objects.

/// Defines a handle, which borrows the client and has the operations on one kind of objects.
macro_rules! handle {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Clone, Copy)]
        pub struct $name<'c> {
            pub(crate) pipeline: &'c care_client_core::Pipeline,
        }

        impl std::fmt::Debug for $name<'_> {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(stringify!($name)).finish_non_exhaustive()
            }
        }
    };
}
pub(crate) use handle;

/// Writes the operations that a handle has for its objects in the way that is the same for all: each is named, and says
/// what is particular to it.
///
/// ```text
/// operations! {
///     Tags of Tag(TagId) at "tags", called "tag", "tags";
///     /// By name.
///     list,
///     get,
///     create
/// }
/// ```
macro_rules! operations {
    ($handle:ident of $type:ident($id:ident) at $path:literal, called $noun:literal, $plural:literal;
        $($(#[$meta:meta])* $operation:ident),+
    ) => {
        impl $handle<'_> {$(
            $crate::handle::operations! { @$operation $type $id $path $noun $plural $(#[$meta])* }
        )+}
    };
    (@list $type:ident $id:ident $path:literal $noun:literal $plural:literal $(#[$meta:meta])*) => {
        #[doc = concat!("Lists ", $plural, ": `GET /", $path, "`.")]
        $(#[$meta])*
        pub fn list(self, list: $crate::List<$type>) -> care_client_core::Call<$crate::List<$type>> {
            self.pipeline.call(list)
        }
    };
    (@get $type:ident $id:ident $path:literal $noun:literal $plural:literal $(#[$meta:meta])*) => {
        #[doc = concat!("Gets one ", $noun, ": `GET /", $path, "/{id}`.")]
        $(#[$meta])*
        ///
        /// # Errors
        ///
        /// [`Kind::Request`](crate::Kind::Request) if the id is invalid. 404 if there is none with this id.
        pub fn get(self, id: impl Into<$id>) -> care_client_core::Call<$crate::Get<$type>> {
            self.pipeline.call($crate::Get::new(id.into()))
        }
    };
    (@create $type:ident $id:ident $path:literal $noun:literal $plural:literal $(#[$meta:meta])*) => {
        #[doc = concat!("Creates one ", $noun, ": `POST /", $path, "`.")]
        $(#[$meta])*
        ///
        /// # Errors
        ///
        /// 422 if a parameter is refused: [`ApiFault`](crate::ApiFault) names it.
        pub fn create(self, new: $crate::New<$type>) -> care_client_core::Call<$crate::New<$type>> {
            self.pipeline.call(new)
        }
    };
    (@update $type:ident $id:ident $path:literal $noun:literal $plural:literal $(#[$meta:meta])*) => {
        #[doc = concat!("Changes one ", $noun, ": `PUT /", $path, "/{id}`.")]
        $(#[$meta])*
        ///
        /// # Errors
        ///
        /// Those of [`get`](Self::get); [`Kind::Request`](crate::Kind::Request) if nothing is set. 422 if a parameter
        /// is refused.
        pub fn update(
            self,
            id: impl Into<$id>,
            patch: $crate::Patch<$type>,
        ) -> care_client_core::Call<$crate::Update<$type>> {
            self.pipeline.call($crate::Update::new(id.into(), patch))
        }
    };
    (@delete $type:ident $id:ident $path:literal $noun:literal $plural:literal $(#[$meta:meta])*) => {
        #[doc = concat!("Deletes one ", $noun, ": `DELETE /", $path, "/{id}`.")]
        $(#[$meta])*
        ///
        /// # Errors
        ///
        /// Those of [`get`](Self::get).
        pub fn delete(self, id: impl Into<$id>) -> care_client_core::Call<$crate::Delete<$type>> {
            self.pipeline.call($crate::Delete::new(id.into()))
        }
    };
}
pub(crate) use operations;
