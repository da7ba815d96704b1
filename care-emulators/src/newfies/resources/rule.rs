//! `rule`.

use serde_json::{Value, json};

use super::super::rows::Rule;
use super::super::scene::Scene;
use super::super::state::State;
use super::super::table::Table;
use super::Resource;

pub(in super::super) struct Rules;

impl Resource for Rules {
    type Row = Rule;

    const PATH: &'static str = "rule";
    const MODEL: Option<&'static str> = Some("rule");

    fn table(state: &State) -> &Table<Rule> {
        &state.rules
    }

    fn id(row: &Rule) -> u64 {
        row.id
    }

    fn sees(_: &Scene<'_>, _: &Rule) -> bool {
        true
    }

    fn show(scene: &Scene<'_>, row: &Rule) -> Value {
        json!({
            "url": scene.links.to(Self::PATH, row.id),
            "name": row.name,
            "description": row.description,
            "frequency": row.frequency.to_string(),
            "params": row.params,
        })
    }
}
