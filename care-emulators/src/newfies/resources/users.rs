//! `users`.

use serde_json::{Value, json};

use super::super::rows::User;
use super::super::scene::Scene;
use super::super::state::State;
use super::super::table::Table;
use super::Resource;

pub(in super::super) struct Users;

impl Resource for Users {
    type Row = User;

    const PATH: &'static str = "users";
    const MODEL: Option<&'static str> = None;

    fn table(state: &State) -> &Table<User> {
        &state.users
    }

    fn id(row: &User) -> u64 {
        row.id
    }

    fn sees(_: &Scene<'_>, _: &User) -> bool {
        true
    }

    fn show(scene: &Scene<'_>, row: &User) -> Value {
        json!({
            "url": scene.links.to(Self::PATH, row.id),
            "username": row.username,
            "last_name": row.last_name,
            "first_name": row.first_name,
            "email": row.email,
            "groups": [],
        })
    }

    /// The link of a group can't be built.
    fn breaks_on(row: &User) -> bool {
        !row.groups.is_empty()
    }
}
