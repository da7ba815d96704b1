//! The third level: several processes write at once and nothing is lost; or a store that is for one process refuses the
//! second one.

use super::{
    Backend, Sharing,
    process::{Said, Saver},
};
use crate::Folder;

const PROCESSES: u32 = 3;
const KEYS: u32 = 20;
const ROUNDS: u32 = 20;

/// Checks one store; `test` is the path of the test that calls [`child`](super::child), as `--exact` takes it.
pub async fn check(backend: &Backend, test: &str) {
    let (name, folder) = (backend.name, Folder::new());
    let path = folder.file("store");
    match backend.sharing {
        Sharing::OneProcess => {
            let _open = (backend.open)(path.clone()).await.unwrap();
            match Saver::start(test, backend, &path, 0, 1, 1).next() {
                Some(Said::Error(error)) => assert!(error.contains("has it open"), "{name}: {error}"),
                _ => panic!("{name}: a second process was not refused"),
            }
        }
        Sharing::Processes => {
            // They open a new store at the same moment, too.
            let start = |process| Saver::start(test, backend, &path, process * 1000, KEYS, ROUNDS);
            let mut savers: Vec<_> = (0..PROCESSES).map(start).collect();
            for saver in &mut savers {
                let mut saved = 0;
                while let Some(said) = saver.next() {
                    match said {
                        Said::Saved(..) => saved += 1,
                        Said::Error(error) => panic!("{name}: {error}"),
                    }
                }
                assert_eq!(saved, KEYS * ROUNDS, "{name}");
            }
            let store = (backend.open)(path).await.unwrap();
            let keys: Vec<u32> =
                (0..PROCESSES).flat_map(|process| (0..KEYS).map(move |key| process * 1000 + key)).collect();
            let there = store.read(keys.clone()).await.unwrap();
            assert!(keys.iter().all(|key| there.get(key) == Some(&ROUNDS)), "{name}: {there:?}");
        }
        Sharing::Memory | Sharing::Unguarded => {}
    }
}
