//! State files: what was saved is found again, whatever moment the program was killed at, and nobody else's file is
//! touched.

use care_client_core::{KeyedLog, Record, StoreError};
use care_testkit::Folder;
use futures_util::future::join_all;
use serde::{Deserialize, Deserializer, Serialize};
use std::{
    fs, io, io::BufRead, io::BufReader, io::Write, path::Path, path::PathBuf, process::Child, process::Command,
    process::Stdio, time::Duration,
};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Visit {
    id: String,
    seen: u32,
}

impl Record for Visit {
    const CONTENT: &'static str = "visits";

    fn key(&self) -> &str {
        &self.id
    }

    fn read_first_format<'de, D: Deserializer<'de>>(document: D) -> Result<Vec<Self>, D::Error> {
        Vec::deserialize(document)
    }
}

type Visits = KeyedLog<Visit>;

fn visit(id: impl ToString, seen: u32) -> Visit {
    Visit { id: id.to_string(), seen }
}

fn on_disk(path: &Path) -> Vec<(String, u32)> {
    Visits::read(path).unwrap().into_iter().map(|visit| (visit.id, visit.seen)).collect()
}

fn lines(path: &Path) -> Vec<String> {
    fs::read_to_string(path).unwrap().lines().map(str::to_owned).collect()
}

/// What was refused, in every form in which somebody may print it.
fn refusal(result: Result<Visits, StoreError>) -> String {
    let error = result.unwrap_err();
    format!("{error} {error:?}")
}

#[tokio::test]
async fn a_save_is_seen_by_clones_and_found_by_a_restart() {
    let folder = Folder::new();
    let path = folder.file("visits.json");
    let store = Visits::open(&path).unwrap();
    assert!(on_disk(&path).is_empty() && store.load().unwrap().is_empty() && store.path().ends_with("visits.json"));
    store.save(&visit("b", 1)).await.unwrap();
    store.clone().save(&visit("a", 1)).await.unwrap();
    store.save(&visit("b", 2)).await.unwrap();
    assert_eq!(store.load().unwrap(), [visit("a", 1), visit("b", 2)]);
    assert_eq!(on_disk(&path), [("a".to_owned(), 1), ("b".to_owned(), 2)], "also while it is open");
    store.remove("a").await.unwrap();
    store.remove("never there").await.unwrap();
    drop(store);
    assert_eq!(Visits::open(&path).unwrap().load().unwrap(), [visit("b", 2)]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn all_saves_that_wait_share_a_write_and_none_is_lost() {
    let folder = Folder::new();
    let path = folder.file("visits.json");
    let store = Visits::open(&path).unwrap();
    let saves = (0..1000).map(|id| {
        let store = store.clone();
        async move { store.save(&visit(id, 1)).await }
    });
    assert!(join_all(saves).await.iter().all(Result::is_ok));
    assert_eq!(on_disk(&path).len(), 1000);
    let last = lines(&path).pop().unwrap();
    let group: u64 = last.split([':', ',']).nth(1).unwrap().parse().unwrap();
    // How many depends on how fast the disk is; each save by itself would be a thousand.
    assert!(group <= 100, "a thousand saves took {group} writes");
}

#[tokio::test]
async fn saves_come_in_their_order_also_when_nobody_waits_for_them() {
    let folder = Folder::new();
    let path = folder.file("visits.json");
    let store = Visits::open(&path).unwrap();
    for n in 0..50 {
        let _ = tokio::time::timeout(Duration::ZERO, store.save(&visit("a", 1000 + n))).await;
        store.save(&visit("a", n)).await.unwrap();
        assert_eq!(on_disk(&path), [("a".to_owned(), n)]);
        let _ = tokio::time::timeout(Duration::ZERO, store.save(&visit("b", n))).await;
        store.remove("b").await.unwrap();
        assert_eq!(on_disk(&path).len(), 1, "a removal counts what is still on its way");
    }
}

#[tokio::test(start_paused = true)]
async fn a_paused_clock_does_not_run_ahead_of_the_disk() {
    let folder = Folder::new();
    let store = Visits::open(folder.file("visits.json")).unwrap();
    for n in 0..20 {
        let saved = tokio::time::timeout(Duration::from_secs(2), store.save(&visit("a", n))).await;
        saved.expect("no time has passed").unwrap();
    }
}

#[tokio::test]
async fn the_file_grows_with_what_it_holds_and_not_with_what_was_saved() {
    let folder = Folder::new();
    let path = folder.file("visits.json");
    let store = Visits::open(&path).unwrap();
    for n in 0..3000 {
        store.save(&visit(n % 10, n)).await.unwrap();
    }
    assert!(fs::metadata(&path).unwrap().len() < 80 * 1024, "{:?}", fs::metadata(&path));
    let kept: Vec<_> = (0..10).map(|n| (n.to_string(), 2990 + n)).collect();
    assert_eq!(on_disk(&path), kept);
}

#[tokio::test]
async fn one_save_writes_one_line_however_many_are_kept() {
    let folder = Folder::new();
    let path = folder.file("visits.json");
    let store = Visits::open(&path).unwrap();
    join_all((0..5000).map(|id| {
        let store = store.clone();
        async move { store.save(&visit(id, 1)).await.unwrap() }
    }))
    .await;
    // The file grew beyond what it held when it was last rewritten: the next save may rewrite it.
    store.save(&visit(16, 2)).await.unwrap();
    let before = fs::metadata(&path).unwrap().len();
    store.save(&visit(17, 2)).await.unwrap();
    let written = fs::metadata(&path).unwrap().len() - before;
    assert!(written < 100, "{written} bytes");
}

#[tokio::test]
async fn a_crash_that_tears_the_last_write_at_any_byte_takes_nothing_that_was_saved_before() {
    let folder = Folder::new();
    let path = folder.file("visits.json");
    let store = Visits::open(&path).unwrap();
    store.save(&visit("a", 1)).await.unwrap();
    store.save(&visit("b", 1)).await.unwrap();
    let whole = fs::metadata(&path).unwrap().len();
    store.save(&visit("c", 1)).await.unwrap();
    drop(store);
    let bytes = fs::read(&path).unwrap();
    for length in usize::try_from(whole).unwrap()..bytes.len() {
        fs::write(&path, &bytes[..length]).unwrap();
        // Only its line break is missing: the record is whole.
        let kept = if length + 1 == bytes.len() { 3 } else { 2 };
        assert_eq!(on_disk(&path).len(), kept, "{length}");
        let again = Visits::open(&path).unwrap();
        again.save(&visit("d", 1)).await.unwrap();
        assert_eq!(on_disk(&path).len(), kept + 1, "{length}");
    }
}

#[tokio::test]
async fn a_torn_write_of_many_may_lack_its_middle_but_damage_elsewhere_is_an_error() {
    let folder = Folder::new();
    let path = folder.file("visits.json");
    let head = r#"{"keyed_log":2,"content":"visits"}"#;
    let line = |group: u64, id: &str| format!(r#"{{"group":{group},"key":"{id}","value":{{"id":"{id}","seen":1}}}}"#);
    let zeros = "\0".repeat(40);
    let file = |lines: &[&str]| fs::write(&path, format!("{head}\n{}\n", lines.join("\n"))).unwrap();

    file(&[&line(1, "a"), &zeros, &line(2, "c"), &line(2, "d")]);
    assert_eq!(on_disk(&path).len(), 3, "of a write that nobody was told of");
    let store = Visits::open(&path).unwrap();
    store.save(&visit("e", 1)).await.unwrap();
    assert!(!fs::read_to_string(&path).unwrap().contains('\0'), "the next save makes it whole");
    drop(store);

    file(&[&line(1, "a"), &line(2, "canary")[..30], &line(3, "c")]);
    let said = refusal(Visits::open(&path));
    assert!(said.contains("visits.json") && said.contains("damaged at line 3") && !said.contains("canary"), "{said}");
    file(&[&line(1, "a"), &zeros, &line(2, "c"), &line(3, "d")]);
    assert!(refusal(Visits::open(&path)).contains("damaged at line 3"));
    file(&[&line(1, "a"), &line(2, "b").replace(r#""id":"b""#, r#""id":"x""#), &line(3, "d")]);
    assert!(refusal(Visits::open(&path)).contains("damaged at line 3"), "a record under another's key");
}

/// The temporary file of a process.
fn temporary(folder: &Folder, id: u32) -> PathBuf {
    folder.file(&format!("visits.json.tmp-{id}"))
}

#[tokio::test]
async fn what_a_crash_left_beside_the_file_is_removed_and_a_link_there_is_not_followed() {
    let folder = Folder::new();
    let path = folder.file("visits.json");
    let own = std::process::id();
    fs::write(folder.file("precious"), "untouched").unwrap();
    for left in [temporary(&folder, own), temporary(&folder, 1), folder.file(&format!("visits.json.tmp-{own}.v1"))] {
        fs::write(&path, r#"[{"id":"a","seen":1}]"#).unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink(folder.file("precious"), &left).unwrap();
        let store = Visits::open(&path).unwrap();
        store.save(&visit("b", 1)).await.unwrap();
        assert_eq!((on_disk(&path).len(), left.exists()), (2, false));
        assert_eq!(fs::read_to_string(folder.file("precious")).unwrap(), "untouched");
    }
}

#[tokio::test]
async fn nothing_beside_the_file_that_somebody_else_may_have_made_is_touched() {
    let folder = Folder::new();
    let path = folder.file("visits.json");
    let head = "{\"keyed_log\":2,\"content\":\"visits\"}\n";
    let names = ["new", "v1.new", "bak", "tmp", "tmp-", "tmp-x1", "tmp-1x", "new-1", "v1.2", "lock.bak", "1"];
    let others = names.map(|name| folder.file(&format!("visits.json.{name}")));
    for content in ["somebody's", head, ""] {
        others.iter().for_each(|other| fs::write(other, content).unwrap());
        fs::write(&path, r#"[{"id":"a","seen":1}]"#).unwrap();
        let store = Visits::open(&path).unwrap();
        for n in 0..1500 {
            store.save(&visit("b", n)).await.unwrap();
        }
        drop(store);
        for other in &others {
            assert_eq!(fs::read_to_string(other).unwrap(), content, "{}", other.display());
        }
    }
    // A store may have the name that another one's temporary file once had.
    let (store, second) = (Visits::open(&path).unwrap(), Visits::open(folder.file("visits.json.new")).unwrap());
    second.save(&visit("second", 1)).await.unwrap();
    store.save(&visit("c", 1)).await.unwrap();
    drop((store, second));
    Visits::open(&path).unwrap().save(&visit("d", 1)).await.unwrap();
    assert_eq!(on_disk(&folder.file("visits.json.new")), [("second".to_owned(), 1)]);
}

#[cfg(unix)]
#[tokio::test]
async fn a_new_file_is_made_when_it_is_opened_so_that_the_first_save_only_appends() {
    use std::os::unix::fs::MetadataExt;

    let folder = Folder::new();
    let path = folder.file("visits.json");
    let store = Visits::open(&path).unwrap();
    let made = fs::metadata(&path).unwrap();
    assert_eq!(made.mode() & 0o777, 0o600);
    store.save(&visit("a", 1)).await.unwrap();
    assert_eq!(fs::metadata(&path).unwrap().ino(), made.ino(), "not written anew");
    assert_eq!(on_disk(&path).len(), 1);
}

#[tokio::test]
async fn a_file_of_the_first_format_is_read_and_kept_when_the_first_save_replaces_it() {
    let folder = Folder::new();
    let path = folder.file("visits.json");
    let first = "[\n  {\"id\": \"a\", \"seen\": 1},\n  {\"id\": \"b\", \"seen\": 2}\n]\n";
    fs::write(&path, first).unwrap();
    let store = Visits::open(&path).unwrap();
    assert_eq!(store.load().unwrap(), [visit("a", 1), visit("b", 2)]);
    assert_eq!(fs::read_to_string(&path).unwrap(), first, "looking changes nothing");
    store.save(&visit("c", 3)).await.unwrap();
    assert_eq!(
        (on_disk(&path).len(), fs::read_to_string(folder.file("visits.json.v1")).unwrap()),
        (3, first.to_owned())
    );
    store.save(&visit("d", 4)).await.unwrap();
    assert_eq!(fs::read_to_string(folder.file("visits.json.v1")).unwrap(), first);
}

#[tokio::test]
async fn each_file_of_the_first_format_is_kept_and_none_overwrites_another() {
    let folder = Folder::new();
    let path = folder.file("visits.json");
    // The second time with a content that is kept already, as after a crash before the rename.
    let contents = ["a", "b", "b", "c"].map(|id| format!(r#"[{{"id":"{id}","seen":1}}]"#));
    for content in &contents {
        fs::write(&path, content).unwrap();
        Visits::open(&path).unwrap().save(&visit("z", 1)).await.unwrap();
        assert_eq!(on_disk(&path).len(), 2);
    }
    let kept = ["v1", "v1.2", "v1.3"].map(|name| fs::read_to_string(folder.file(&format!("visits.json.{name}"))));
    let kept = kept.map(Result::unwrap);
    assert_eq!((&kept[0], &kept[1], &kept[2]), (&contents[0], &contents[1], &contents[3]));
    assert!(!folder.file("visits.json.v1.4").exists());
    // A folder isn't overwritten either.
    fs::create_dir(folder.file("visits.json.v1.4")).unwrap();
    fs::write(&path, r#"[{"id":"d","seen":1}]"#).unwrap();
    Visits::open(&path).unwrap().save(&visit("z", 1)).await.unwrap();
    assert!(folder.file("visits.json.v1.4").is_dir() && folder.file("visits.json.v1.5").is_file());
}

#[tokio::test]
async fn other_content_is_refused_named_not_quoted_and_left_alone() {
    let folder = Folder::new();
    let path = folder.file("visits.json");
    for (content, reason) in [
        ("canary", "holds no visits, from line 1, column 1"),
        ("{}", "holds no visits"),
        ("[] []", "holds no visits"),
        ("[{\"id\": \"canary\",\n\"seen\": -1}]", "holds no visits, from line 2, column 10"),
        (r#"{"keyed_log":2,"content":"sessions"}"#, "holds sessions and not visits"),
        (r#"{"keyed_log":3,"content":"visits"}"#, "format 3"),
    ] {
        fs::write(&path, content).unwrap();
        let said = refusal(Visits::open(&path));
        assert!(said.contains("visits.json") && said.contains(reason) && !said.contains("canary"), "{said}");
        assert_eq!(fs::read_to_string(&path).unwrap(), content);
    }
    for content in ["", "\n"] {
        fs::write(&path, content).unwrap();
        let store = Visits::open(&path).unwrap();
        store.save(&visit("a", 1)).await.unwrap();
        assert_eq!(on_disk(&path).len(), 1, "an empty file is an empty store");
    }
}

#[tokio::test]
async fn a_save_that_fails_keeps_what_was_there_and_the_next_one_works() {
    let folder = Folder::new();
    let path = folder.file("visits.json");
    fs::write(&path, "").unwrap();
    let store = Visits::open(&path).unwrap();
    // Nothing can be written where a folder stands in the way.
    let in_the_way = temporary(&folder, std::process::id());
    fs::create_dir(&in_the_way).unwrap();
    let error = store.save(&visit("a", 1)).await.unwrap_err().to_string();
    assert!(error.contains("visits.json: ") && error.contains("is in the way") && error.contains(".tmp-"), "{error}");
    assert!(store.load().unwrap().is_empty() && on_disk(&path).is_empty());
    fs::remove_dir(&in_the_way).unwrap();
    store.save(&visit("a", 1)).await.unwrap();
    assert_eq!(on_disk(&path).len(), 1);
}

#[tokio::test]
async fn a_file_that_was_moved_away_or_replaced_is_written_anew_with_all_records() {
    let folder = Folder::new();
    let path = folder.file("visits.json");
    let store = Visits::open(&path).unwrap();
    store.save(&visit("a", 1)).await.unwrap();
    fs::rename(&path, folder.file("elsewhere")).unwrap();
    store.save(&visit("b", 1)).await.unwrap();
    assert_eq!((on_disk(&path).len(), on_disk(&folder.file("elsewhere")).len()), (2, 1));
    fs::remove_file(&path).unwrap();
    fs::write(&path, "").unwrap();
    store.save(&visit("c", 1)).await.unwrap();
    assert_eq!(on_disk(&path).len(), 3);
}

#[tokio::test]
async fn a_second_opener_gets_an_error_that_names_the_process_or_waits_and_a_reader_needs_no_lock() {
    let folder = Folder::new();
    let path = folder.file("visits.json");
    let store = Visits::open(&path).unwrap();
    store.save(&visit("a", 1)).await.unwrap();
    let said = refusal(Visits::open(&path));
    let own = format!("process {} has it open", std::process::id());
    assert!(said.contains("visits.json") && said.contains(&own) && said.contains("visits.json.lock"), "{said}");
    let late = Visits::open_within(&path, Duration::from_millis(60)).await;
    assert!(refusal(late).contains(&own));
    assert_eq!(on_disk(&path).len(), 1);

    let waiting = tokio::spawn(Visits::open_within(path.clone(), Duration::from_secs(30)));
    tokio::task::yield_now().await;
    store.save(&visit("b", 1)).await.unwrap();
    drop(store);
    assert_eq!(waiting.await.unwrap().unwrap().load().unwrap().len(), 2, "it finds what the first one saved last");
}

#[cfg(unix)]
#[tokio::test]
async fn a_lock_file_that_somebody_removes_lets_no_two_write() {
    let folder = Folder::new();
    let (path, lock) = (folder.file("visits.json"), folder.file("visits.json.lock"));
    let store = Visits::open(&path).unwrap();
    fs::remove_file(&lock).unwrap();
    store.save(&visit("a", 1)).await.unwrap();
    assert!(refusal(Visits::open(&path)).contains("has it open"), "the next save has locked it again");
    fs::remove_file(&lock).unwrap();
    let second = Visits::open(&path).unwrap();
    let error = store.save(&visit("b", 1)).await.unwrap_err().to_string();
    assert!(error.contains("has it open") && error.contains("visits.json.lock"), "{error}");
    second.save(&visit("c", 1)).await.unwrap();
    assert_eq!(on_disk(&path), [("a".to_owned(), 1), ("c".to_owned(), 1)]);
}

#[cfg(unix)]
#[tokio::test]
async fn what_another_program_saved_while_the_lock_file_was_gone_is_kept() {
    let folder = Folder::new();
    let (path, lock) = (folder.file("visits.json"), folder.file("visits.json.lock"));
    let all = |store: &Visits| store.load().unwrap().into_iter().map(|visit| visit.id).collect::<String>();
    let store = Visits::open(&path).unwrap();
    for id in ["a", "b", "c"] {
        store.save(&visit(id, 1)).await.unwrap();
    }
    // It appends: what it has removed stays removed, and what it has changed is changed.
    fs::remove_file(&lock).unwrap();
    let second = Visits::open(&path).unwrap();
    second.remove("a").await.unwrap();
    second.save(&visit("b", 2)).await.unwrap();
    second.save(&visit("d", 1)).await.unwrap();
    store.save(&visit("e", 1)).await.unwrap_err();
    drop(second);
    store.save(&visit("e", 1)).await.unwrap();
    assert_eq!((all(&store).as_str(), on_disk(&path)[0].clone()), ("bcde", ("b".to_owned(), 2)));
    assert_eq!(on_disk(&path).len(), 4);

    // It writes the file anew.
    fs::remove_file(&lock).unwrap();
    let second = Visits::open(&path).unwrap();
    for n in 0..3000 {
        second.save(&visit("f", n)).await.unwrap();
    }
    drop(second);
    store.save(&visit("g", 1)).await.unwrap();
    assert_eq!(all(&store), "bcdefg");
    assert!(on_disk(&path).contains(&("f".to_owned(), 2999)));

    // It begins a store of its own, since the file was moved away.
    fs::remove_file(&lock).unwrap();
    fs::rename(&path, folder.file("moved")).unwrap();
    Visits::open(&path).unwrap().save(&visit("h", 1)).await.unwrap();
    store.save(&visit("i", 1)).await.unwrap();
    drop(store);
    assert_eq!(all(&Visits::open(&path).unwrap()), "bcdefghi");

    // What can't be read isn't written over.
    let store = Visits::open(&path).unwrap();
    fs::remove_file(&lock).unwrap();
    fs::write(&path, "somebody's").unwrap();
    for _ in 0..2 {
        let error = store.save(&visit("j", 1)).await.unwrap_err().to_string();
        assert!(error.contains("holds no visits"), "{error}");
    }
    assert_eq!(fs::read_to_string(&path).unwrap(), "somebody's");
}

#[cfg(unix)]
#[tokio::test]
async fn links_are_followed_and_a_link_to_nothing_is_an_error() {
    use std::os::unix::fs::symlink;

    let folder = Folder::new();
    let (link, target) = (folder.file("visits.json"), folder.file("target.json"));
    symlink(&target, &link).unwrap();
    assert!(refusal(Visits::open(&link)).contains("a link to a file that does not exist"));
    fs::write(&target, "").unwrap();
    let store = Visits::open(&link).unwrap();
    store.save(&visit("a", 1)).await.unwrap();
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink() && store.path().ends_with("target.json"));
    assert_eq!(on_disk(&target).len(), 1);
    assert!(refusal(Visits::open(&target)).contains("has it open"), "by whatever name");
    // A lock that is a link to something else isn't written through.
    fs::write(folder.file("precious"), "untouched").unwrap();
    symlink(folder.file("precious"), folder.file("other.json.lock")).unwrap();
    assert!(refusal(Visits::open(folder.file("other.json"))).contains("other.json.lock: it is not a regular file"));
    assert_eq!(fs::read_to_string(folder.file("precious")).unwrap(), "untouched");
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_refused_at_once() {
    let folder = Folder::new();
    let fifo = folder.file("fifo");
    assert!(Command::new("mkfifo").arg(&fifo).status().unwrap().success());
    assert!(refusal(Visits::open(&fifo)).contains("fifo: it is not a regular file"));
    assert!(refusal(Visits::open("/dev/null")).contains("not a regular file"));
    assert!(refusal(Visits::open(folder.path())).contains("it is a directory: name a file in it"));
    assert!(refusal(Visits::open(folder.file("missing/visits.json"))).contains("its directory does not exist"));
    assert!(refusal(Visits::open(folder.file(".."))).contains("directory"));
}

#[cfg(unix)]
#[tokio::test]
async fn new_files_are_the_owners_alone_and_an_old_ones_mode_stays() {
    use std::os::unix::fs::PermissionsExt;

    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let folder = Folder::new();
    let path = folder.file("visits.json");
    let store = Visits::open(&path).unwrap();
    store.save(&visit("a", 1)).await.unwrap();
    assert_eq!((mode(&path), mode(&folder.file("visits.json.lock"))), (0o600, 0o600));
    drop(store);
    fs::write(&path, "[]").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    Visits::open(&path).unwrap().save(&visit("a", 1)).await.unwrap();
    assert_eq!((mode(&path), mode(&folder.file("visits.json.v1"))), (0o640, 0o640));
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_that_is_mounted_by_itself_is_refused_when_it_is_opened() {
    let folder = Folder::new();
    let (path, other) = (folder.file("visits.json"), folder.file("other.json"));
    fs::write(&path, "").unwrap();
    fs::write(&other, "").unwrap();
    let script = format!("mount --bind {} {} && exec \"$@\"", other.display(), path.display());
    let mut unshare = Command::new("unshare");
    unshare.args(["-rm", "sh", "-c", &script, "sh"]).arg(std::env::current_exe().unwrap());
    let child = as_child(&mut unshare, "open", &path).stdout(Stdio::piped()).output();
    let said = child.map(|output| String::from_utf8(output.stdout).unwrap()).unwrap_or_default();
    if !said.contains("child: ") {
        println!("skipped: this system allows no mounts in a namespace of one's own");
        return;
    }
    assert!(said.contains("mount its directory instead"), "{said}");
}

#[cfg(unix)]
#[test]
fn a_full_disk_fails_the_save_keeps_what_was_there_and_is_written_when_there_is_room() {
    let folder = Folder::new();
    let path = folder.file("visits.json");
    // 8 blocks of 512 or 1024 bytes: no file can grow beyond.
    let mut limited = Command::new("bash");
    limited.args(["-c", "ulimit -S -f 8; trap '' XFSZ; exec \"$@\"", "bash"]).arg(std::env::current_exe().unwrap());
    let output = as_child(&mut limited, "fill", &path).stdout(Stdio::piped()).output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.contains("child: full after") && said.contains("child: room again, and saved"), "{said}");
    let saved: usize =
        said.split("child: full after ").nth(1).unwrap().split_whitespace().next().unwrap().parse().unwrap();
    assert_eq!(on_disk(&path).len(), saved + 1, "{said}");
}

#[cfg(unix)]
#[test]
fn every_save_that_has_returned_outlives_kill_9_at_any_moment() {
    let folder = Folder::new();
    let path = folder.file("visits.json");
    let mut acknowledged = 0;
    for round in 0..12 {
        let mut command = Command::new(std::env::current_exe().unwrap());
        let mut child: Child = as_child(&mut command, "save", &path).stdout(Stdio::piped()).spawn().unwrap();
        let mut reader = BufReader::new(child.stdout.take().unwrap());
        // More with each round, over rewrites of the file too.
        let wanted = acknowledged + 1 + round * 40;
        let mut line = String::new();
        while acknowledged < wanted && reader.read_line(&mut line).unwrap() > 0 {
            if let Some(number) = line.trim_end().split("child: saved ").nth(1) {
                acknowledged = number.parse().unwrap();
            }
            line.clear();
        }
        child.kill().unwrap();
        while reader.read_line(&mut line).unwrap() > 0 {
            if let Some(number) = line.strip_suffix('\n').and_then(|line| line.split("child: saved ").nth(1)) {
                acknowledged = number.parse().unwrap();
            }
            line.clear();
        }
        child.wait().unwrap();
        let newest = on_disk(&path).iter().map(|(_, seen)| *seen).max().unwrap_or_default();
        assert!(newest >= acknowledged, "{acknowledged} saves had returned, {newest} are there");
    }
    assert!(acknowledged > 1000, "{acknowledged}");
}

/// The test binary once more, as a program that may be killed.
fn as_child<'c>(command: &'c mut Command, act: &str, path: &Path) -> &'c mut Command {
    let name = format!(
        "{}child_of_a_test",
        module_path!().split_once("::").map_or(String::new(), |(_, path)| format!("{path}::"))
    );
    command
        .args(["--exact", &name, "--nocapture", "--test-threads=1"])
        .env("KEYED_LOG_ACT", act)
        .env("KEYED_LOG_PATH", path)
}

/// Does nothing unless a test starts it.
#[tokio::test]
async fn child_of_a_test() {
    let (Ok(act), Ok(path)) = (std::env::var("KEYED_LOG_ACT"), std::env::var("KEYED_LOG_PATH")) else { return };
    let say = |text: String| {
        let mut out = io::stdout().lock();
        out.write_all(format!("child: {text}\n").as_bytes()).and_then(|()| out.flush()).unwrap();
    };
    match (act.as_str(), Visits::open(&path)) {
        ("save", Ok(store)) => {
            let begin = store.load().unwrap().iter().map(|visit| visit.seen).max().unwrap_or_default();
            for n in begin + 1.. {
                store.save(&visit(format!("{:0200}", n % 7), n)).await.unwrap();
                say(format!("saved {n}"));
            }
        }
        ("fill", Ok(store)) => {
            let mut n = 0;
            while store.save(&visit(n, n)).await.is_ok() {
                n += 1;
            }
            say(format!("full after {n} saves"));
            assert!(store.save(&visit("too much", 0)).await.is_err());
            let own = std::process::id().to_string();
            let room = Command::new("prlimit").args(["--pid", &own, "--fsize=unlimited"]).status().unwrap();
            assert!(room.success());
            store.save(&visit("x", 1)).await.unwrap();
            say("room again, and saved".to_owned());
        }
        ("one", Ok(store)) => {
            store.save(&visit("one", 1)).await.unwrap();
            say(format!("saved {}", store.load().unwrap().len()));
        }
        (_, Ok(_)) => say("opened".to_owned()),
        (_, Err(error)) => say(error.to_string()),
    }
}

#[tokio::test]
async fn a_file_that_was_changed_while_it_was_open_is_written_anew_with_all_records() {
    let folder = Folder::new();
    let path = folder.file("visits.json");
    for content in ["", "{\"keyed_log\":2,\"content\":\"visits\"}\n"] {
        let store = Visits::open(&path).unwrap();
        store.save(&visit("a", 1)).await.unwrap();
        // In place, as `>` of a shell does.
        fs::write(&path, content).unwrap();
        store.save(&visit("b", 1)).await.unwrap();
        drop(store);
        assert_eq!(on_disk(&path).len(), 2, "{content}");
        fs::write(&path, fs::read_to_string(&path).unwrap() + "\n\n").unwrap();
        Visits::open(&path).unwrap().save(&visit("b", 2)).await.unwrap();
        assert_eq!(on_disk(&path), [("a".to_owned(), 1), ("b".to_owned(), 2)]);
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_file_with_two_names_becomes_two_files_and_neither_store_writes_over_the_other() {
    let folder = Folder::new();
    let (path, other) = (folder.file("visits.json"), folder.file("other.json"));
    Visits::open(&path).unwrap().save(&visit("a", 1)).await.unwrap();
    fs::hard_link(&path, &other).unwrap();
    let (store, second) = (Visits::open(&path).unwrap(), Visits::open(&other).unwrap());
    store.save(&visit("b", 1)).await.unwrap();
    second.save(&visit("c", 1)).await.unwrap();
    assert_eq!(on_disk(&path), [("a".to_owned(), 1), ("b".to_owned(), 1)]);
    assert_eq!(on_disk(&other), [("a".to_owned(), 1), ("c".to_owned(), 1)]);
}

#[tokio::test]
async fn a_file_whose_last_line_break_an_editor_has_dropped_loses_nothing() {
    let folder = Folder::new();
    let path = folder.file("visits.json");
    let head = r#"{"keyed_log":2,"content":"visits"}"#;
    let line = r#"{"group":1,"key":"a","value":{"id":"a","seen":1}}"#;
    for (content, kept) in [(head.to_owned(), 0), (format!("{head}\n{line}"), 1)] {
        fs::write(&path, &content).unwrap();
        assert_eq!(on_disk(&path).len(), kept, "{content}");
        Visits::open(&path).unwrap().save(&visit("b", 1)).await.unwrap();
        assert_eq!(on_disk(&path).len(), kept + 1, "{content}");
    }
}

#[tokio::test]
async fn a_torn_write_after_a_save_that_failed_is_no_damage() {
    let folder = Folder::new();
    let path = folder.file("visits.json");
    fs::write(&path, "").unwrap();
    let store = Visits::open(&path).unwrap();
    let in_the_way = temporary(&folder, std::process::id());
    fs::create_dir(&in_the_way).unwrap();
    store.save(&visit("a", 1)).await.unwrap_err();
    fs::remove_dir(&in_the_way).unwrap();
    store.save(&visit("a", 1)).await.unwrap();
    drop(store);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains("{\"group\":1,"), "no number is left out, by which a torn write is known: {text}");
}

#[cfg(unix)]
#[tokio::test]
async fn a_rewrite_that_fails_leaves_nothing_behind_that_takes_up_room() {
    let folder = Folder::new();
    let path = folder.file("visits.json");
    fs::write(&path, r#"[{"id":"a","seen":1}]"#).unwrap();
    fs::create_dir(folder.file("visits.json.v1")).unwrap();
    for number in 2..=99 {
        fs::write(folder.file(&format!("visits.json.v1.{number}")), "another").unwrap();
    }
    let store = Visits::open(&path).unwrap();
    let error = store.save(&visit("b", 1)).await.unwrap_err().to_string();
    assert!(error.contains("visits.json.v1: there are 99"), "{error}");
    assert!(!temporary(&folder, std::process::id()).exists());
    assert_eq!(on_disk(&path).len(), 1);
}

#[cfg(unix)]
#[tokio::test]
async fn a_full_disk_does_not_keep_a_restart_from_what_is_there() {
    let folder = Folder::new();
    let path = folder.file("visits.json");
    Visits::open(&path).unwrap().save(&visit("a", 1)).await.unwrap();
    let mut limited = Command::new("bash");
    limited.args(["-c", "ulimit -f 0; trap '' XFSZ; exec \"$@\"", "bash"]).arg(std::env::current_exe().unwrap());
    let output = as_child(&mut limited, "open", &path).stdout(Stdio::piped()).output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(said.contains("child: opened"), "{said}");
}

/// A record whose JSON its user makes.
#[derive(Debug, Serialize, Deserialize)]
struct Note {
    id: String,
    body: Box<serde_json::value::RawValue>,
    #[serde(default)]
    weight: f64,
}

impl Record for Note {
    const CONTENT: &'static str = "notes";

    fn key(&self) -> &str {
        &self.id
    }

    fn read_first_format<'de, D: Deserializer<'de>>(document: D) -> Result<Vec<Self>, D::Error> {
        Vec::deserialize(document)
    }
}

#[tokio::test]
async fn a_record_over_several_lines_is_kept_and_one_that_cannot_be_read_again_is_refused() {
    let folder = Folder::new();
    let path = folder.file("notes.json");
    let store = KeyedLog::<Note>::open(&path).unwrap();
    let note = |id: &str, weight| Note {
        id: id.to_owned(),
        body: serde_json::from_str("{\n  \"text\": \"a\\nb\"\r\n}").unwrap(),
        weight,
    };
    store.save(&note("a", 1.0)).await.unwrap();
    // JSON has no such number: it is written as null.
    let error = store.save(&note("canary", f64::NAN)).await.unwrap_err().to_string();
    assert!(error.contains("notes.json: ") && error.contains("its numbers") && !error.contains("canary"), "{error}");
    store.save(&note("b", 2.0)).await.unwrap();
    let kept = KeyedLog::<Note>::read(&path).unwrap();
    assert_eq!(kept.iter().map(Record::key).collect::<Vec<_>>(), ["a", "b"]);
    assert_eq!(serde_json::from_str::<serde_json::Value>(kept[0].body.get()).unwrap()["text"], "a\nb");
}

#[cfg(target_os = "linux")]
#[test]
fn a_directory_or_a_file_that_may_not_be_written_is_named_with_what_to_do() {
    use std::os::unix::fs::PermissionsExt;

    let folder = Folder::new();
    let path = folder.file("visits.json");
    let run = |act: &str| {
        // Somebody who may not do everything, also if root runs the tests.
        let mut other = Command::new("setpriv");
        other.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).arg(std::env::current_exe().unwrap());
        let output = as_child(&mut other, act, &path).stdout(Stdio::piped()).output();
        output.map(|output| String::from_utf8(output.stdout).unwrap()).unwrap_or_default()
    };
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    let said = run("open");
    if !said.contains("child: ") {
        println!("skipped: only root can become another user");
        return;
    }
    assert!(said.contains("visits.json.lock: ") && said.contains("must be writable"), "{said}");
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o777)).unwrap();
    fs::write(&path, "[]").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    let said = run("open");
    assert!(said.contains("visits.json: ") && said.contains("denied"), "{said}");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).unwrap();
    assert!(run("one").contains("child: saved 1"), "it can be replaced, though not written");
}

#[test]
fn a_save_that_is_dropped_with_its_runtime_is_written_or_not_and_the_store_can_be_opened_again() {
    let folder = Folder::new();
    let path = folder.file("visits.json");
    for round in 0..50 {
        let runtime = if round % 2 == 0 {
            tokio::runtime::Builder::new_current_thread().enable_time().start_paused(true).build().unwrap()
        } else {
            tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_time().build().unwrap()
        };
        let store = runtime.block_on(Visits::open_within(&path, Duration::from_secs(5))).unwrap();
        let own = store.clone();
        runtime.spawn(async move {
            own.save(&visit("a", round)).await.unwrap();
            own.save(&visit("b", round)).await.unwrap();
        });
        runtime.block_on(tokio::task::yield_now());
        drop(runtime);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
        runtime.block_on(store.save(&visit("c", round))).unwrap();
        assert_eq!(on_disk(&path).last(), Some(&("c".to_owned(), round)));
        drop(store);
    }
}

#[tokio::test]
async fn debug_shows_where_it_is_and_not_what_it_holds() {
    let folder = Folder::new();
    let store = Visits::open(folder.file("visits.json")).unwrap();
    store.save(&visit("canary", 1)).await.unwrap();
    let shown = format!("{store:?} {store:#?}");
    assert!(shown.contains("visits.json") && !shown.contains("canary"), "{shown}");
}

#[test]
fn a_store_that_cannot_be_opened_is_an_error_of_the_family_too() {
    let folder = Folder::new();
    let error = care_client_core::Error::from(Visits::open(folder.path()).unwrap_err());
    assert!(error.to_string().contains("name a file in it"), "{error}");
}
