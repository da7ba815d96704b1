//! A file of JSON holds the old or the new value and never anything else, whatever happens while it is written.

use care_client_core::JsonFile;
use std::{
    collections::BTreeMap, fs, io, path::Path, path::PathBuf, sync::Arc, sync::atomic::AtomicBool,
    sync::atomic::AtomicUsize, sync::atomic::Ordering::SeqCst, time::Duration,
};
use tokio::time::timeout;

type Numbers = BTreeMap<String, u64>;

/// A folder of a test's own, which goes with it.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        static MADE: AtomicUsize = AtomicUsize::new(0);
        let name = format!("care-json-file-{}-{}", std::process::id(), MADE.fetch_add(1, SeqCst));
        let path = std::env::temp_dir().join(name);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn file(&self) -> PathBuf {
        self.0.join("numbers.json")
    }

    /// Where the new content is written.
    fn beside(&self) -> PathBuf {
        self.0.join("numbers.json.new")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn open(path: &Path) -> JsonFile<Numbers> {
    JsonFile::open(path, "numbers").unwrap()
}

async fn count(file: &JsonFile<Numbers>) -> u64 {
    file.read(|numbers| numbers.get("count").copied().unwrap_or_default()).await
}

fn add(numbers: &mut Numbers) -> u64 {
    let count = numbers.entry("count".to_owned()).or_default();
    *count += 1;
    *count
}

#[tokio::test]
async fn an_update_is_seen_by_clones_and_found_by_a_restart() {
    let folder = Folder::new();
    let file = open(&folder.file());
    assert_eq!((count(&file).await, folder.file().exists(), file.path()), (0, false, &*folder.file()));
    assert_eq!(file.update(add).await.unwrap(), 1);
    assert_eq!((count(&file.clone()).await, count(&open(&folder.file())).await), (1, 1));
    assert!(!folder.beside().exists());
}

#[tokio::test]
async fn who_looks_at_the_file_at_any_time_finds_a_whole_value() {
    const LENGTH: usize = 20_000;
    let folder = Folder::new();
    let file: JsonFile<Vec<u32>> = JsonFile::open(folder.file(), "numbers").unwrap();
    file.update(|list| list.resize(LENGTH, 0)).await.unwrap();
    let (path, done) = (folder.file(), Arc::new(AtomicBool::new(false)));
    let is_done = Arc::clone(&done);
    let looks = std::thread::spawn(move || {
        let mut seen = 0;
        while !is_done.load(SeqCst) {
            let list: Vec<u32> = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
            assert!(list.len() == LENGTH && list.iter().all(|n| *n == list[0]));
            seen += 1;
        }
        seen
    });
    for n in 1..=50 {
        file.update(|list| list.fill(n)).await.unwrap();
    }
    done.store(true, SeqCst);
    assert!(looks.join().unwrap() > 0);
}

#[tokio::test]
async fn what_a_crash_left_half_written_is_passed_over() {
    let folder = Folder::new();
    open(&folder.file()).update(add).await.unwrap();
    fs::write(folder.beside(), "{\"count\": 7").unwrap();
    let file = open(&folder.file());
    assert_eq!(count(&file).await, 1);
    file.update(add).await.unwrap();
    assert_eq!(count(&open(&folder.file())).await, 2);
    assert!(!folder.beside().exists());
}

#[tokio::test]
async fn an_update_that_fails_leaves_memory_and_file_and_the_next_one_works() {
    let folder = Folder::new();
    let file = open(&folder.file());
    file.update(add).await.unwrap();
    // Nothing can be written where a folder stands in the way.
    fs::create_dir(folder.beside()).unwrap();
    assert!(!file.update(add).await.unwrap_err().to_string().is_empty());
    assert_eq!((count(&file).await, count(&open(&folder.file())).await), (1, 1));
    fs::remove_dir(folder.beside()).unwrap();
    assert_eq!(file.update(add).await.unwrap(), 2);
    assert_eq!(count(&open(&folder.file())).await, 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn updates_at_once_lose_nothing() {
    let folder = Folder::new();
    let file = open(&folder.file());
    let tasks: Vec<_> = (0..100)
        .map(|_| {
            let file = file.clone();
            tokio::spawn(async move { file.update(add).await.unwrap() })
        })
        .collect();
    let mut numbers = Vec::new();
    for task in tasks {
        numbers.push(task.await.unwrap());
    }
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=100).collect::<Vec<_>>());
    assert_eq!(count(&open(&folder.file())).await, 100);
}

#[tokio::test]
async fn an_update_that_nobody_waits_for_never_comes_after_a_newer_one() {
    let folder = Folder::new();
    let file = open(&folder.file());
    for n in 0..50_u64 {
        let _ = timeout(Duration::ZERO, file.update(|numbers| numbers.insert("count".to_owned(), 1000 + n))).await;
        file.update(|numbers| numbers.insert("count".to_owned(), n)).await.unwrap();
        assert_eq!((count(&file).await, count(&open(&folder.file())).await), (n, n));
    }
}

#[tokio::test]
async fn other_content_is_refused_named_not_quoted_and_left_alone() {
    let folder = Folder::new();
    for content in ["", "canary", "[]", "{\"count\": \"canary\"}", "{\"canary\": 1,\n\"count\": -1}"] {
        fs::write(folder.file(), content).unwrap();
        let error = JsonFile::<Numbers>::open(folder.file(), "numbers").unwrap_err();
        let said = format!("{error} {error:?}");
        assert_eq!(error.kind(), io::ErrorKind::InvalidData);
        assert!(said.contains("numbers.json holds no numbers") && !said.contains("canary"), "{said}");
        assert_eq!(fs::read_to_string(folder.file()).unwrap(), content);
    }
    fs::write(folder.file(), "{\"canary\": 1,\n\"count\": -1}").unwrap();
    let error = JsonFile::<Numbers>::open(folder.file(), "numbers").unwrap_err();
    assert!(error.to_string().contains("line 2, column 11"), "{error}");
    // A folder is not a file that is missing.
    assert!(JsonFile::<Numbers>::open(&folder.0, "numbers").is_err());
}

#[cfg(unix)]
#[tokio::test]
async fn who_may_not_read_the_old_content_may_not_read_the_new_one() {
    use std::os::unix::fs::PermissionsExt;

    let folder = Folder::new();
    let file = open(&folder.file());
    file.update(add).await.unwrap();
    fs::set_permissions(folder.file(), fs::Permissions::from_mode(0o600)).unwrap();
    file.update(add).await.unwrap();
    assert_eq!(fs::metadata(folder.file()).unwrap().permissions().mode() & 0o777, 0o600);
}

#[tokio::test]
async fn debug_shows_where_it_is_and_not_what_it_holds() {
    let folder = Folder::new();
    let file = open(&folder.file());
    file.update(|numbers| numbers.insert("canary".to_owned(), 1)).await.unwrap();
    let shown = format!("{file:?} {file:#?}");
    assert!(shown.contains("numbers.json") && !shown.contains("canary"), "{shown}");
}

#[test]
fn a_directory_that_is_missing_shows_when_the_file_is_opened() {
    let folder = Folder::new();
    let error = JsonFile::<Numbers>::open(folder.0.join("missing/numbers.json"), "numbers").unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::NotFound);
    assert!(JsonFile::<Numbers>::open("a-file-that-is-not-there.json", "numbers").is_ok(), "in the present directory");
}
