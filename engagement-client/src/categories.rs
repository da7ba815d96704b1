//! Categories: the tree of subjects that threads and interventions are sorted into.

use crate::{
    endpoints::{Delete, List, New, Patch, Update},
    handle::{handle, operations},
    ids::{CategoryId, SourceId},
    params::setters,
    resource::{creatable, resource},
};
use care_client_core::{
    Call,
    wire::{number, timestamp},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A category: a subject that threads and interventions are sorted into. Categories form a tree; those at its root
/// group the ones below them.
///
/// Source: RingCentral, *Engage Digital API*, OpenAPI specification, "Category",
/// <https://github.com/ringcentral/engage-digital-api-docs>.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Category {
    /// The category's id.
    pub id: CategoryId,
    /// Its name.
    pub name: Option<String>,
    /// The category above it; `None` for one at the root.
    pub parent_id: Option<CategoryId>,
    /// Its colour, 0 to 6.
    #[serde(default, with = "number::option")]
    pub color: Option<u32>,
    /// At the root only: whether a message must have one of its categories before it can be answered.
    pub mandatory: Option<bool>,
    /// At the root only: whether a thread can have several of its categories.
    pub multiple: Option<bool>,
    /// At the root only: whether agents are asked for it after their work.
    pub post_qualification: Option<bool>,
    /// At the root only: whether it can't be chosen itself.
    pub unselectable: Option<bool>,
    /// At the root only: the sources that it is for; empty for all.
    pub source_ids: Option<Vec<SourceId>>,
    /// Whether no task is routed by it. In no document; seen in answers.
    pub non_routable: Option<bool>,
    /// Whether it is for bots. In no document; seen in answers.
    pub bot: Option<bool>,
    /// When it was created.
    #[serde(default, with = "timestamp::option")]
    pub created_at: Option<DateTime<Utc>>,
    /// When it was changed last.
    #[serde(default, with = "timestamp::option")]
    pub updated_at: Option<DateTime<Utc>>,
}

resource! {
    Category(CategoryId) at "categories", called "the category",
    named "categories" { list, get, update, delete }
}

/// A list of categories, with its filters.
pub type ListCategories = List<Category>;
creatable! { Category at "categories", named "categories", needs ["name"] }

/// A new category. Made by [`NewCategory::named`].
pub type NewCategory = New<Category>;
/// A change of a category.
pub type CategoryPatch = Patch<Category>;

setters! {
    impl List<Category> {
        /// Lists only the categories with these ids.
        joined ids("ids"): CategoryId;
        /// Lists only the categories directly below this one.
        id parent("parent_id"): CategoryId;
    }
}

impl New<Category> {
    /// A category with this name, at the root unless [`parent`](Self::parent) is set.
    pub fn named(name: impl Into<String>) -> Self {
        let mut new = Self::empty();
        new.params.set("name", name.into());
        new
    }
}

/// The parameters that a new category and a change have in common.
macro_rules! category_fields {
    ($type:ty) => {
        setters! {
            impl $type {
                /// Places it below this category.
                id parent("parent_id"): CategoryId;
                /// Sets its colour, 0 to 6.
                value color("color"): u8;
                /// Sets whether a message must have one of its categories. At the root only.
                flag mandatory("mandatory");
                /// Sets whether a thread can have several of its categories. At the root only.
                flag multiple("multiple");
                /// Sets whether agents are asked for it after their work. At the root only.
                flag post_qualification("post_qualification");
                /// Sets whether it can't be chosen itself. At the root only.
                flag unselectable("unselectable");
                /// Sets the sources that it is for; none is all. At the root only.
                ids sources("source_ids[]"): SourceId;
            }
        }
    };
}

category_fields! { New<Category> }
category_fields! { Patch<Category> }
setters! {
    impl Patch<Category> {
        /// Sets its name.
        text name("name");
    }
}

handle! {
    /// The operations on categories. Returned by [`Engagement::categories`](crate::Engagement::categories).
    ///
    /// Changes need the permission to manage categories.
    Categories
}

operations! {
    Categories of Category(CategoryId) at "categories", called "category", "categories";
    /// Oldest first.
    list,
    get,
    create,
    delete
}

impl Categories<'_> {
    /// Changes a category: `PUT /categories/{categoryId}`.
    ///
    /// # Errors
    ///
    /// Those of [`get`](Self::get) and [`create`](Self::create); [`Kind::Request`](crate::Kind::Request) if nothing is
    /// set.
    pub fn update(self, id: impl Into<CategoryId>, patch: CategoryPatch) -> Call<Update<Category>> {
        self.pipeline.call(Update::new(id.into(), patch))
    }

    /// Deletes a category and gives what it was set on to another one: `DELETE /categories/{categoryId}`.
    ///
    /// # Errors
    ///
    /// Those of [`get`](Self::get); [`Kind::Request`](crate::Kind::Request) if an id is invalid.
    pub fn delete_into(self, id: impl Into<CategoryId>, successor: impl Into<CategoryId>) -> Call<Delete<Category>> {
        let mut delete = Delete::new(id.into());
        delete.params.id("take_over_category_id", &successor.into());
        self.pipeline.call(delete)
    }
}
