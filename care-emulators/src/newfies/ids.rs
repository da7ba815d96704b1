//! What an emulator has from the beginning.

/// The user name that an emulator accepts unless told otherwise.
pub const USERNAME: &str = "manager";

/// The password that an emulator accepts unless told otherwise. It is no secret: it opens emulators only.
pub const PASSWORD: &str = "emulator-password";

/// The token that an emulator accepts in place of user name and password. It is no secret: it opens emulators only.
pub const TOKEN: &str = "e0000000000000000000000000000000000007ee";

/// The gateway for calls that an emulator has from the beginning. The default manager may use it.
pub const GATEWAY_ID: u64 = 1;

/// The gateway for text messages that an emulator has from the beginning.
pub const SMS_GATEWAY_ID: u64 = 1;

/// The sealed survey that an emulator has from the beginning. It is the default manager's.
pub const SURVEY_ID: u64 = 1;
