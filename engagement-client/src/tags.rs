//! Tags: words that identity groups are marked with.

use crate::{
    endpoints::{List, New, Patch},
    handle::{handle, operations},
    ids::TagId,
    params::setters,
    resource::{creatable, resource},
};
use care_client_core::wire::timestamp;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A tag: a word that identity groups are marked with.
///
/// Source: RingCentral, *Engage Digital API*, OpenAPI specification, "Tag",
/// <https://github.com/ringcentral/engage-digital-api-docs>.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Tag {
    /// Its id.
    pub id: TagId,
    /// Its name.
    pub name: String,
    /// When it was created.
    #[serde(default, with = "timestamp::option")]
    pub created_at: Option<DateTime<Utc>>,
    /// When it was changed last.
    #[serde(default, with = "timestamp::option")]
    pub updated_at: Option<DateTime<Utc>>,
}

resource! { Tag(TagId) at "tags", called "the tag", named "tags" { list, get, update, delete } }

/// A list of tags, with its filters.
pub type ListTags = List<Tag>;
creatable! { Tag at "tags", named "tags", needs ["name"] }

/// A new tag. Made by [`NewTag::named`].
pub type NewTag = New<Tag>;
/// A change of a tag.
pub type TagPatch = Patch<Tag>;

setters! {
    impl List<Tag> {
        /// Lists only the tags with these ids.
        joined ids("ids"): TagId;
    }
}

impl New<Tag> {
    /// A tag with this name.
    pub fn named(name: impl Into<String>) -> Self {
        let mut new = Self::empty();
        new.params.set("name", name.into());
        new
    }
}

setters! {
    impl Patch<Tag> {
        /// Sets its name.
        text name("name");
    }
}

handle! {
    /// The operations on tags. Changes need the permission `manage_tags`.
    /// Returned by [`Engagement::tags`](crate::Engagement::tags).
    Tags
}

operations! {
    Tags of Tag(TagId) at "tags", called "tag", "tags";
    /// By name.
    list,
    get,
    create,
    update,
    delete
}
