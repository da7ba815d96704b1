//! The second level: whatever moment a process is killed at, each save that has returned is there.

use super::{
    Backend,
    process::{Said, Saver},
};
use crate::Folder;
use std::collections::BTreeMap;

/// How often it is killed.
const KILLS: u32 = 12;
/// How many save at once.
const AT_ONCE: u32 = 16;

/// Checks one store; `test` is the path of the test that calls [`child`](super::child), as `--exact` takes it.
pub async fn check(backend: &Backend, test: &str) {
    let (name, folder) = (backend.name, Folder::new());
    let path = folder.file("store");
    let mut returned: BTreeMap<u32, u32> = BTreeMap::new();
    for kill in 0..KILLS {
        let mut saver = Saver::start(test, backend, &path, 0, AT_ONCE, u32::MAX);
        // At another moment each time: on the first commit, and over all that a store does later.
        let mut heard = 0;
        while heard < 1 + kill * kill * 5
            && let Some(said) = saver.next()
        {
            heard += 1;
            note(&mut returned, said, name);
        }
        saver.kill();
        while let Some(said) = saver.next() {
            note(&mut returned, said, name);
        }
        drop(saver);
        let store = (backend.open)(path.clone()).await.unwrap();
        let there = store.read((0..AT_ONCE).collect()).await.unwrap();
        for (key, version) in &returned {
            let found = there.get(key).copied().unwrap_or_default();
            assert!(
                found >= *version,
                "{name}, kill {kill}: version {version} of {key} had returned, {found} is there"
            );
        }
    }
    assert!(returned.values().max().is_some_and(|newest| *newest > KILLS), "{name}: {returned:?}");
}

fn note(returned: &mut BTreeMap<u32, u32>, said: Said, name: &str) {
    match said {
        Said::Saved(key, version) => {
            let newest = returned.entry(key).or_default();
            *newest = version.max(*newest);
        }
        Said::Error(error) => panic!("{name}: {error}"),
    }
}
