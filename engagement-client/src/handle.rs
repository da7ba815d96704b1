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
