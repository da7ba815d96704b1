//! The first level: what was saved last is read.

use super::{Backend, Sharing};
use crate::Folder;
use std::collections::BTreeMap;

/// How many records a store must hold.
const MANY: u32 = 10_000;

/// Checks one store.
pub async fn check(backend: &Backend) {
    let (name, folder) = (backend.name, Folder::new());
    let store = (backend.open)(folder.file("store")).await.unwrap();
    assert_eq!(store.read(vec![1, 2]).await.unwrap(), BTreeMap::new(), "{name}: a new store is empty");
    for (key, version) in [(1, 1), (2, 1), (1, 2), (0, 7), (u32::MAX, 1)] {
        store.put(key, version).await.unwrap();
    }
    let expected = BTreeMap::from([(0, 7), (1, 2), (2, 1), (u32::MAX, 1)]);
    assert_eq!(store.read(vec![0, 1, 2, 3, u32::MAX]).await.unwrap(), expected, "{name}: the last one counts");

    // All at once: they share commits.
    let mut saves = tokio::task::JoinSet::new();
    for key in 0..MANY {
        let store = store.clone();
        saves.spawn(async move { store.put(key, key / 2).await });
    }
    while let Some(saved) = saves.join_next().await {
        saved.unwrap().unwrap();
    }
    let expected: BTreeMap<_, _> = (0..MANY).map(|key| (key, (key / 2).max([7, 2, 1][key.min(2) as usize]))).collect();
    // A store of calls keeps each: the newest version is the largest.
    let relevant = |read: BTreeMap<u32, u32>| read.into_iter().filter(|(key, _)| *key > 2).collect::<Vec<_>>();
    let all = || (0..MANY).collect();
    let wanted = relevant(expected);
    assert_eq!(relevant(store.read(all()).await.unwrap()), wanted, "{name}: 10,000 records");
    if backend.sharing != Sharing::Memory {
        drop(store);
        let again = (backend.open)(folder.file("store")).await.unwrap();
        assert_eq!(relevant(again.read(all()).await.unwrap()), wanted, "{name}: opened again");
    }
}
