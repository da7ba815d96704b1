//! Custom fields: the fields that an account adds to interventions and identity groups.

use crate::{
    endpoints::{List, New, Patch},
    handle::{handle, operations},
    ids::CustomFieldId,
    params::setters,
    resource::{creatable, resource},
};
use care_client_core::wire::{number, open_enum, timestamp};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

open_enum! {
    /// The type of a custom field's values.
    pub enum CustomFieldType {
        /// A short text.
        String = "string",
        /// True or false.
        Boolean = "boolean",
        /// A long text.
        Text = "text",
        /// A whole number.
        Integer = "integer",
        /// A number.
        Float = "float",
        /// One of several choices.
        SingleChoice = "single_choice",
        /// Any of several choices.
        MultipleChoice = "multiple_choice",
    }
}

open_enum! {
    /// What a custom field belongs to.
    pub enum CustomFieldOwner {
        /// Identity groups.
        IdentityGroup = "IdentityGroup",
        /// Interventions.
        Intervention = "Intervention",
    }
}

/// The definition of a custom field. Its [key](Self::key) names the field in [`CustomFields`](crate::CustomFields).
///
/// Source: RingCentral, *Engage Digital API*, OpenAPI specification, "CustomField",
/// <https://github.com/ringcentral/engage-digital-api-docs>.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CustomField {
    /// Its id.
    pub id: CustomFieldId,
    /// Its label for people.
    pub label: String,
    /// The key of its values.
    pub key: Option<String>,
    /// What it belongs to.
    pub associated_type_name: Option<CustomFieldOwner>,
    /// The type of its values.
    #[serde(rename = "type")]
    pub kind: Option<CustomFieldType>,
    /// The choices of a field of choices.
    pub choices: Option<Vec<String>>,
    /// Whether it holds several values; without effect for choices and booleans.
    pub multiple: Option<bool>,
    /// Its position; -1 is the end.
    #[serde(default, with = "number::option")]
    pub position: Option<i64>,
    /// Whether agents can't change its values.
    pub read_only: Option<bool>,
    /// When it was created.
    #[serde(default, with = "timestamp::option")]
    pub created_at: Option<DateTime<Utc>>,
    /// When it was changed last.
    #[serde(default, with = "timestamp::option")]
    pub updated_at: Option<DateTime<Utc>>,
}

resource! {
    CustomField(CustomFieldId) at "custom_fields", called "the custom field",
    named "custom_fields" { list, get, update, delete }
}

/// A list of custom fields, with its filters.
pub type ListCustomFields = List<CustomField>;
creatable! { CustomField at "custom_fields", named "custom_fields", needs ["associated_type_name", "label"] }

/// A new custom field. Made by [`NewCustomField::of`].
pub type NewCustomField = New<CustomField>;
/// A change of a custom field.
pub type CustomFieldPatch = Patch<CustomField>;

impl New<CustomField> {
    /// A custom field of interventions or identity groups, with this label.
    pub fn of(owner: CustomFieldOwner, label: impl Into<String>) -> Self {
        let mut new = Self::empty();
        new.params.set("associated_type_name", owner.as_str().to_owned());
        new.params.set("label", label.into());
        new
    }
}

setters! {
    impl New<CustomField> {
        /// Sets the key of its values. Default: made from the label by the service.
        text key("key");
        /// Sets the type of its values.
        value kind("type"): CustomFieldType;
        /// Sets whether it holds several values; without effect for choices and booleans.
        flag multiple("multiple");
        /// Sets the choices of a field of choices.
        texts choices("choices[]");
        /// Sets its position; -1 is the end.
        value position("position"): i32;
        /// Sets whether agents can't change its values.
        flag read_only("read_only");
    }
}
setters! {
    impl Patch<CustomField> {
        /// Sets its label.
        text label("label");
        /// Sets the choices of a field of choices.
        texts choices("choices[]");
        /// Sets its position; -1 is the end.
        value position("position"): i32;
        /// Sets whether agents can't change its values.
        flag read_only("read_only");
    }
}

handle! {
    /// The operations on the definitions of custom fields. Changes need the permission `manage_custom_fields`.
    /// Returned by [`Engagement::custom_fields`](crate::Engagement::custom_fields).
    CustomFieldDefinitions
}

operations! {
    CustomFieldDefinitions of CustomField(CustomFieldId) at "custom_fields", called "custom field", "custom fields";
    /// By position.
    list,
    get,
    create,
    /// Only label, choices, position and `read_only` can be changed.
    update,
    delete
}
