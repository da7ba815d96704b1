//! Values as this server writes them, where no other does.

mod body;
mod code;
mod collapsed;
mod lenient;
pub(crate) mod time_of_day;

pub(crate) use body::{Body, Field, clears, setters};
pub(crate) use code::codes;
pub(crate) use collapsed::{Collapsed, refuse_error};
pub(crate) use lenient::{none_number, none_text};
