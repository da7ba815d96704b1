//! What the handles of all emulators have in common.

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
