//! What the programs for CareMessenger share.

mod describe;
mod live;
mod notifiers;

pub use self::{
    describe::{describe_call, describe_lint, describe_provider},
    live::{CareMessengerVariables, LiveCareMessenger, client},
    notifiers::{Notifiers, random_secret},
};
