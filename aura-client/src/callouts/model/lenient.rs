//! The ways in which AURA says "none", and how they are read.

use serde::{Deserialize, Deserializer};

/// Text that says something: neither absent nor empty nor blank. Defect AURA-19.
pub(super) fn said(text: Option<&str>) -> Option<&str> {
    text.map(str::trim).filter(|text| !text.is_empty())
}

/// An object that says something: neither `null` nor `{}`. Defect AURA-16.
pub(super) fn object<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default + PartialEq,
{
    let object = Option::<T>::deserialize(deserializer)?;
    Ok(object.filter(|object| *object != T::default()))
}
