//! Macros for what the handles and builders of all emulators have in common.
//!
//! A builder has a `bind_address` and `settings`; each of its options is one entry:
//!
//! ```text
//! impl EmulatorBuilder {
//!     options! {
//!         /// The id of the first callout.
//!         pub fn callout_id(first: u64) { first_callout = first }
//!
//!         /// Lets server tokens use callouts.
//!         pub fn allow_server_callouts() { server_callouts = true }
//!     }
//! }
//! ```

/// Defines an emulator's `Emulator` over a `World`, with its `EmulatorBuilder` and its `Controller`. Doc lines become
/// the type's.
macro_rules! emulator {
    ($(#[$doc:meta])*) => {
        $(#[$doc])*
        #[derive(Debug)]
        pub struct Emulator {
            pub(super) harness: $crate::harness::Harness,
            pub(super) world: $crate::secrets::Redacted<std::sync::Arc<World>>,
        }

        impl std::ops::Deref for Emulator {
            type Target = $crate::harness::Harness;

            fn deref(&self) -> &$crate::harness::Harness {
                &self.harness
            }
        }

        impl Emulator {
            /// Starts an emulator with the defaults of [`EmulatorBuilder`] on a free port of 127.0.0.1.
            ///
            /// Must be called within a tokio runtime.
            ///
            /// # Errors
            ///
            /// The system has no free port.
            pub async fn start() -> std::io::Result<Self> {
                Self::builder().start().await
            }

            /// Returns a builder with the defaults.
            pub fn builder() -> EmulatorBuilder {
                EmulatorBuilder::new()
            }

            /// Returns the handle that drives this emulator's world.
            #[must_use]
            pub fn controller(&self) -> Controller {
                Controller::new(self.world.0.clone())
            }
        }
    };
}
pub(crate) use emulator;

/// The methods of an `Emulator` whose settings have a user name and a password.
macro_rules! account_methods {
    () => {
        /// The accepted user name.
        #[must_use]
        pub fn username(&self) -> &str {
            &self.world.settings.username
        }

        /// The accepted password.
        #[must_use]
        pub fn password(&self) -> &str {
            &self.world.settings.password
        }
    };
}
pub(crate) use account_methods;

/// Defines setters of a builder. The braces of each hold assignments to fields of the builder's `settings`.
macro_rules! options {
    ($(
        $(#[$doc:meta])*
        pub fn $name:ident($($argument:ident: $kind:ty),*) { $($($field:ident).+ = $value:expr);+ }
    )*) => {
        $(
            $(#[$doc])*
            pub fn $name(mut self $(, $argument: $kind)*) -> Self {
                $(self.settings.$($field).+ = $value;)+
                self
            }
        )*
    };
}
pub(crate) use options;

/// Defines the setters of a builder's `bind_address`. Doc lines are appended to those of `path_prefix`.
macro_rules! bind_address_options {
    ($(#[$prefix:meta])*) => {
        /// The loopback address to listen on. Port 0 takes a free port.
        pub fn address(mut self, address: std::net::SocketAddr) -> Self {
            self.bind_address.socket = address;
            self
        }

        /// The prefix of every path: `""`, or a path that starts with a slash and doesn't end with one.
        $(#[$prefix])*
        pub fn path_prefix(mut self, prefix: impl Into<String>) -> Self {
            self.bind_address.path_prefix = prefix.into();
            self
        }
    };
}
pub(crate) use bind_address_options;
