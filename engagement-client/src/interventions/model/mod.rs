mod custom_fields;
mod intervention;

pub use custom_fields::CustomFields;
pub use intervention::Intervention;
