//! The setters that emulator builders share, and the macro in which each builder lists its own.
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
