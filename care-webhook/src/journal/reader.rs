//! Reads a journal from its first entry to its last, or from a point in time, with the memory of one line.

use super::{
    entry::{JournalEntry, entries},
    from_end,
    rotation::{self, Rotated},
};
use chrono::{DateTime, Utc};
use futures_core::Stream;
use std::{
    collections::VecDeque,
    fmt,
    fs::File,
    future::poll_fn,
    io::{self, BufRead, BufReader, Read, Seek, SeekFrom},
    path::{Path, PathBuf},
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    vec,
};
use tokio::{sync::mpsc, task::spawn_blocking};

/// What is longer isn't a line, but damage: it is handed out in parts.
const LONGEST_LINE: u64 = 64 << 20;
/// How many entries a stream reads ahead.
const READ_AHEAD: usize = 64;

/// The entries of a journal, oldest first, as an iterator that blocks while it reads. It needs the memory of one line,
/// however long the journal is.
///
/// ```
/// # let folder = std::env::temp_dir().join(format!("care-webhook-reader-{}", std::process::id()));
/// # std::fs::create_dir_all(&folder)?;
/// # let path = folder.join("calls.jsonl");
/// # care_webhook::FileJournal::open(&path)?;
/// use care_webhook::{JournalEntry, JournalReader};
///
/// for entry in JournalReader::open(&path)? {
///     match entry? {
///         JournalEntry::Notification(call) => println!("{} calls", call.notifier),
///         JournalEntry::Damaged(line) => println!("look at line {}", line.line),
///         _ => {}
///     }
/// }
/// # std::fs::remove_dir_all(folder)?;
/// # Ok::<(), std::io::Error>(())
/// ```
pub struct JournalReader {
    file: Option<Lines>,
    rotated: VecDeque<PathBuf>,
    /// The journal's own file, opened when reading began: it may be rotated meanwhile.
    last: Option<Lines>,
    read: vec::IntoIter<JournalEntry>,
    since: Option<DateTime<Utc>>,
}

/// A file that is being read.
struct Lines {
    file: BufReader<File>,
    path: Arc<Path>,
    line: usize,
}

impl JournalReader {
    /// Reads the journal at `path` with all files that were rotated out of it. Nobody needs to have it open.
    ///
    /// # Errors
    ///
    /// If the file or its directory can't be read.
    pub fn open(path: impl AsRef<Path>) -> io::Result<Self> {
        let (last, rotated) = snapshot(path.as_ref())?;
        let rotated = rotated.into_iter().map(|rotated| rotated.path).collect();
        Ok(Self { file: None, rotated, last: Some(last), read: Vec::new().into_iter(), since: None })
    }

    /// Reads one file, such as one that was moved away, and no other.
    ///
    /// # Errors
    ///
    /// If the file can't be read.
    pub fn of_file(path: impl AsRef<Path>) -> io::Result<Self> {
        let last = Some(Lines::open(path.as_ref())?);
        Ok(Self { file: None, rotated: VecDeque::new(), last, read: Vec::new().into_iter(), since: None })
    }

    /// Reads the notifications that were received at this time or later, and the damaged lines between them. Begins at
    /// the end and looks back no further than it has to.
    pub(super) fn since(path: &Path, since: DateTime<Utc>) -> io::Result<Self> {
        let (mut last, mut older) = snapshot(path)?;
        let (mut file, mut rotated) = (None, VecDeque::new());
        let mut is_certain = last.seek(since)?;
        while !is_certain && let Some(before) = older.pop() {
            let mut lines = Lines::open(&before.path)?;
            is_certain = lines.seek(since)?;
            rotated.push_front(before.path);
            file = Some(lines);
        }
        if file.is_some() {
            // It is the first of them, and open already.
            rotated.pop_front();
        }
        Ok(Self { file, rotated, last: Some(last), read: Vec::new().into_iter(), since: Some(since) })
    }
}

/// The journal's own file and those that were rotated out of it, as they are at one moment.
fn snapshot(path: &Path) -> io::Result<(Lines, Vec<Rotated>)> {
    loop {
        let newest = |rotated: &[Rotated]| rotated.last().map(|rotated| rotated.number);
        let before = newest(&rotation::rotated(path)?);
        let lines = Lines::open(path)?;
        let rotated = rotation::rotated(path)?;
        if newest(&rotated) == before {
            return Ok((lines, rotated));
        }
    }
}

impl Iterator for JournalReader {
    type Item = io::Result<JournalEntry>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(entry) = self.read.next() {
                match (&entry, self.since) {
                    (JournalEntry::Notification(notification), Some(since)) if notification.received_at < since => {}
                    _ => return Some(Ok(entry)),
                }
            } else if let Some(lines) = &mut self.file {
                match lines.next() {
                    Ok(Some(entries)) => self.read = entries.into_iter(),
                    Ok(None) => self.file = None,
                    Err(error) => {
                        self.file = None;
                        return Some(Err(error));
                    }
                }
            } else if let Some(path) = self.rotated.pop_front() {
                match Lines::open(&path) {
                    Ok(lines) => self.file = Some(lines),
                    // It was forgotten meanwhile.
                    Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                    Err(error) => return Some(Err(error)),
                }
            } else {
                self.file = Some(self.last.take()?);
            }
        }
    }
}

impl Lines {
    fn open(path: &Path) -> io::Result<Self> {
        Ok(Self { file: BufReader::with_capacity(64 << 10, File::open(path)?), path: path.into(), line: 0 })
    }

    /// Goes to where this time begins; whether something older was seen.
    fn seek(&mut self, since: DateTime<Utc>) -> io::Result<bool> {
        let start = from_end::start(self.file.get_mut(), since)?;
        self.file.seek(SeekFrom::Start(start.offset))?;
        Ok(start.is_certain)
    }

    /// The entries of the next line that isn't empty.
    fn next(&mut self) -> io::Result<Option<Vec<JournalEntry>>> {
        let mut bytes = Vec::new();
        loop {
            bytes.clear();
            if (&mut self.file).take(LONGEST_LINE).read_until(b'\n', &mut bytes)? == 0 {
                return Ok(None);
            }
            self.line += 1;
            let line = bytes.strip_suffix(b"\n").unwrap_or(&bytes);
            if !line.is_empty() {
                return Ok(Some(entries(&self.path, self.line, line)));
            }
        }
    }
}

impl fmt::Debug for JournalReader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JournalReader").field("rotated_files_left", &self.rotated).finish_non_exhaustive()
    }
}

/// The entries of a journal, oldest first, as a stream: read on a thread of tokio's for blocking work, at most a few
/// lines ahead.
#[derive(Debug)]
pub struct JournalStream(mpsc::Receiver<io::Result<JournalEntry>>);

impl JournalStream {
    pub(super) fn new(open: impl FnOnce() -> io::Result<JournalReader> + Send + 'static) -> Self {
        let (sender, receiver) = mpsc::channel(READ_AHEAD);
        spawn_blocking(move || match open() {
            Ok(reader) => {
                for entry in reader {
                    if sender.blocking_send(entry).is_err() {
                        break;
                    }
                }
            }
            Err(error) => drop(sender.blocking_send(Err(error))),
        });
        Self(receiver)
    }

    /// The next entry; `None` at the end of the journal.
    pub async fn next(&mut self) -> Option<io::Result<JournalEntry>> {
        poll_fn(|context| self.0.poll_recv(context)).await
    }
}

impl Stream for JournalStream {
    type Item = io::Result<JournalEntry>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_recv(context)
    }
}
