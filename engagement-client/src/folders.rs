//! Folders: stored searches for threads.

use crate::{
    endpoints::{List, New, Patch},
    handle::{handle, operations},
    ids::{FolderId, RoleId, TeamId, UserId},
    params::setters,
    resource::{creatable, resource},
};
use care_client_core::{
    Personal,
    wire::{number, timestamp},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A folder: a stored search for threads.
///
/// Source: RingCentral, *Engage Digital API*, OpenAPI specification, "Folder",
/// <https://github.com/ringcentral/engage-digital-api-docs>.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Folder {
    /// Its id.
    pub id: FolderId,
    /// Its label.
    pub label: Option<String>,
    /// The folder above it.
    pub parent_id: Option<FolderId>,
    /// Its position among its siblings.
    #[serde(default, with = "number::option")]
    pub position: Option<i64>,
    /// The search, in the language of a thread list. It can name people.
    pub query: Option<Personal<String>>,
    /// Whether the number of its threads is shown.
    pub render_threads_count: Option<bool>,
    /// The roles that see it.
    pub role_restriction: Option<Restriction<RoleId>>,
    /// The teams that see it.
    pub team_restriction: Option<Restriction<TeamId>>,
    /// The users who see it.
    pub user_restriction: Option<Restriction<UserId>>,
    /// Its owner, if it is one person's.
    pub user_id: Option<UserId>,
    /// When it was created.
    #[serde(default, with = "timestamp::option")]
    pub created_at: Option<DateTime<Utc>>,
    /// When it was changed last.
    #[serde(default, with = "timestamp::option")]
    pub updated_at: Option<DateTime<Utc>>,
}

/// Who sees a folder: the ids of those alone.
///
/// Source: RingCentral, *Engage Digital API*, OpenAPI specification, "Folder",
/// <https://github.com/ringcentral/engage-digital-api-docs>.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Restriction<I> {
    /// The ids; `None` or an empty list if there is no restriction.
    pub only: Option<Vec<I>>,
}

resource! { Folder(FolderId) at "folders", called "the folder", named "folders" { list, get, update, delete } }

/// A list of folders, with its filters.
pub type ListFolders = List<Folder>;
creatable! { Folder at "folders", named "folders", needs ["label"] }

/// A new folder. Made by [`NewFolder::labelled`].
pub type NewFolder = New<Folder>;
/// A change of a folder.
pub type FolderPatch = Patch<Folder>;

impl New<Folder> {
    /// A folder with this label. The service refuses one without, although its specification doesn't say so.
    pub fn labelled(label: impl Into<String>) -> Self {
        let mut new = Self::empty();
        new.params.set("label", label.into());
        new
    }
}

setters! {
    impl New<Folder> {
        /// Places it in this folder.
        id parent("parent_id"): FolderId;
        /// Sets its position among its siblings.
        value position("position"): u32;
        /// Sets the search, in the language of a thread list.
        text query("query");
        /// Sets whether the number of its threads is shown.
        flag render_threads_count("render_threads_count");
        /// Shows it to these roles alone; none lifts the restriction.
        ids only_roles("role_restriction[only][]"): RoleId;
        /// Shows it to these teams alone; none lifts the restriction.
        ids only_teams("team_restriction[only][]"): TeamId;
        /// Shows it to these users alone; none lifts the restriction.
        ids only_users("user_restriction[only][]"): UserId;
    }
}
setters! {
    impl Patch<Folder> {
        /// Sets its label.
        text label("label");
        /// Places it in this folder.
        id parent("parent_id"): FolderId;
        /// Sets its position among its siblings.
        value position("position"): u32;
        /// Sets the search, in the language of a thread list.
        text query("query");
        /// Sets whether the number of its threads is shown.
        flag render_threads_count("render_threads_count");
        /// Shows it to these roles alone; none lifts the restriction.
        ids only_roles("role_restriction[only][]"): RoleId;
        /// Shows it to these teams alone; none lifts the restriction.
        ids only_teams("team_restriction[only][]"): TeamId;
        /// Shows it to these users alone; none lifts the restriction.
        ids only_users("user_restriction[only][]"): UserId;
    }
}

handle! {
    /// The operations on folders. Changes need the permission `manage_folders`.
    /// Returned by [`Engagement::folders`](crate::Engagement::folders).
    Folders
}

operations! {
    Folders of Folder(FolderId) at "folders", called "folder", "folders";
    list,
    get,
    create,
    update,
    delete
}
