//! Reading values in the forms that only this server writes.

mod collapsed;
mod lenient;

pub(crate) use collapsed::{Collapsed, refuse_error};
pub(crate) use lenient::{none_number, none_text, time_of_day};
