//! What the handle and the builder of every emulator have alike.

/// Defines an emulator's `Emulator` over a `World`, with its `EmulatorBuilder` and its `Controller`. Doc lines become the type's.
macro_rules! emulator {
    ($(#[$doc:meta])*) => {
        $(#[$doc])*
        #[derive(Debug)]
        pub struct Emulator {
            pub(super) ground: $crate::ground::Ground,
            pub(super) world: $crate::unseen::Unseen<std::sync::Arc<World>>,
        }

        impl std::ops::Deref for Emulator {
            type Target = $crate::ground::Ground;

            fn deref(&self) -> &$crate::ground::Ground {
                &self.ground
            }
        }

        impl Emulator {
            /// Starts one with the defaults of [`EmulatorBuilder`], on a free port of 127.0.0.1. Must be called within a tokio runtime.
            ///
            /// # Errors
            ///
            /// The system gives no port.
            pub async fn start() -> std::io::Result<Self> {
                Self::builder().start().await
            }

            /// A builder, to start one that differs from the defaults.
            pub fn builder() -> EmulatorBuilder {
                EmulatorBuilder::new()
            }

            /// What moves its world.
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
        /// The user name that it accepts.
        #[must_use]
        pub fn username(&self) -> &str {
            &self.world.settings.username
        }

        /// The password that it accepts.
        #[must_use]
        pub fn password(&self) -> &str {
            &self.world.settings.password
        }
    };
}
pub(crate) use account_methods;

/// The methods of a builder that has a `site`. Doc lines are added to the prefix's.
macro_rules! site_methods {
    ($(#[$prefix:meta])*) => {
        /// Where it listens; a loopback address. Port 0 takes a free one.
        pub fn address(mut self, address: std::net::SocketAddr) -> Self {
            self.site.address = address;
            self
        }

        /// What stands before every path: `""`, or a path that begins with a slash and doesn't end in one.
        $(#[$prefix])*
        pub fn path_prefix(mut self, prefix: impl Into<String>) -> Self {
            self.site.path_prefix = prefix.into();
            self
        }
    };
}
pub(crate) use site_methods;
