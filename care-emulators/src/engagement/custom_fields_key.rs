//! The key of custom fields, for which the vendor has two names.

/// Under which key an intervention shows its custom fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum CustomFieldsKey {
    /// `custom_field_values`, as the service and its webhooks have it.
    Live,
    /// `custom_fields`, as the vendor's specification has it.
    Spec,
    /// Both.
    Both,
}

impl CustomFieldsKey {
    pub(super) fn has_live(self) -> bool {
        matches!(self, Self::Live | Self::Both)
    }

    pub(super) fn has_spec(self) -> bool {
        matches!(self, Self::Spec | Self::Both)
    }
}
