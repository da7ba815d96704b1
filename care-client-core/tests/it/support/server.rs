use std::{
    fmt::Write as _,
    sync::{Arc, Mutex},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
};

/// What the server does with one request.
#[derive(Clone, Debug)]
pub(crate) enum Act {
    /// Closes the connection without reading anything.
    CloseUnread,
    /// Resets the connection without reading anything.
    ResetUnread,
    /// Reads the whole request, then closes.
    Close,
    /// Reads the whole request, then resets.
    Reset,
    /// Answers with something that isn't HTTP.
    Garbage,
    /// Reads the whole request, then says nothing, with the connection open.
    Silence,
    /// Answers, and keeps the connection open for the next request.
    Answer(Answer),
    /// Sends the head and half of the body, then closes.
    Cut(Answer),
    /// Sends the head and half of the body, then resets.
    CutReset(Answer),
    /// Sends the head and half of the body, then nothing more, with the connection open.
    Stall(Answer),
}

#[derive(Clone, Debug)]
pub(crate) struct Answer {
    status: u16,
    headers: String,
    body: String,
}

pub(crate) fn answer(status: u16, body: impl Into<String>) -> Answer {
    Answer { status, headers: String::new(), body: body.into() }
}

pub(crate) fn answers(status: u16, body: impl Into<String>) -> Act {
    Act::Answer(answer(status, body))
}

impl Answer {
    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        let _ = write!(self.headers, "{name}: {value}\r\n");
        self
    }

    fn head(&self) -> String {
        let Self { status, headers, body } = self;
        let length =
            if headers.contains("chunked") { String::new() } else { format!("content-length: {}\r\n", body.len()) };
        format!("HTTP/1.1 {status} X\r\n{headers}{length}\r\n")
    }
}

impl From<Answer> for Act {
    fn from(answer: Answer) -> Self {
        Self::Answer(answer)
    }
}

impl Act {
    /// Whether a server that is as unlucky as can be has done what it was asked for: always when it has read the
    /// request, unless its answer says plainly that it did not.
    pub(crate) fn commits(&self) -> bool {
        match self {
            Self::CloseUnread | Self::ResetUnread => false,
            Self::Close | Self::Reset | Self::Garbage | Self::Silence => true,
            Self::Answer(answer) | Self::Cut(answer) | Self::CutReset(answer) | Self::Stall(answer) => {
                let says_no = answer.body.contains("refused");
                !says_no && !matches!(answer.status, 301 | 307 | 308 | 400..=407 | 409..=499)
            }
        }
    }
}

/// A server on loopback that plays one act a request, the last of them for ever.
pub(crate) struct Server {
    url: String,
    stage: Arc<Mutex<Stage>>,
    task: JoinHandle<()>,
}

#[derive(Default)]
struct Stage {
    acts: Vec<Act>,
    played: usize,
    commits: usize,
    connections: usize,
    heard: Vec<String>,
}

impl Stage {
    fn next(&self) -> Act {
        self.acts[self.played.min(self.acts.len() - 1)].clone()
    }

    fn play(&mut self) -> Act {
        let act = self.next();
        self.played += 1;
        act
    }
}

impl Server {
    pub(crate) async fn start(acts: impl IntoIterator<Item = impl Into<Act>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let acts: Vec<Act> = acts.into_iter().map(Into::into).collect();
        let stage = Arc::new(Mutex::new(Stage { acts, ..Stage::default() }));
        let shared = Arc::clone(&stage);
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                shared.lock().unwrap().connections += 1;
                tokio::spawn(serve(stream, Arc::clone(&shared)));
            }
        });
        Self { url, stage, task }
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// The address without the scheme.
    pub(crate) fn address(&self) -> &str {
        self.url.trim_start_matches("http://")
    }

    /// How many requests came, read or not.
    pub(crate) fn requests(&self) -> usize {
        self.stage.lock().unwrap().played
    }

    /// How many of them did their work on the server.
    pub(crate) fn commits(&self) -> usize {
        self.stage.lock().unwrap().commits
    }

    pub(crate) fn connections(&self) -> usize {
        self.stage.lock().unwrap().connections
    }

    /// The requests that were read, each as it came: head and body.
    pub(crate) fn heard(&self) -> Vec<String> {
        self.stage.lock().unwrap().heard.clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(mut stream: TcpStream, stage: Arc<Mutex<Stage>>) {
    let close_at_once = {
        let mut stage = stage.lock().unwrap();
        matches!(stage.next(), Act::CloseUnread) && matches!(stage.play(), Act::CloseUnread)
    };
    if close_at_once {
        return;
    }
    while matches!(stream.peek(&mut [0]).await, Ok(1)) {
        let act = stage.lock().unwrap().play();
        match act {
            Act::CloseUnread => return,
            Act::ResetUnread => return stream.set_zero_linger().unwrap(),
            _ => {}
        }
        let Some(request) = read_request(&mut stream).await else { return };
        {
            let mut stage = stage.lock().unwrap();
            stage.heard.push(request);
            stage.commits += usize::from(act.commits());
        }
        let (text, reset) = match &act {
            Act::Answer(answer) => (format!("{}{}", answer.head(), answer.body), false),
            Act::Cut(answer) | Act::Stall(answer) => (half(answer), false),
            Act::CutReset(answer) => (half(answer), true),
            Act::Garbage => ("!$%& this is no HTTP\r\n\r\n".to_owned(), false),
            Act::Reset => (String::new(), true),
            _ => (String::new(), false),
        };
        if stream.write_all(text.as_bytes()).await.is_err() {
            return;
        }
        match act {
            Act::Answer(_) => {}
            // Until the client has had enough.
            Act::Silence | Act::Stall(_) => {
                let _ = stream.read(&mut [0]).await;
                return;
            }
            _ if reset => return stream.set_zero_linger().unwrap(),
            _ => return,
        }
    }
}

fn half(answer: &Answer) -> String {
    format!("{}{}", answer.head(), &answer.body[..answer.body.len() / 2])
}

async fn read_request(stream: &mut TcpStream) -> Option<String> {
    let mut text = Vec::new();
    loop {
        let read = stream.read_buf(&mut text).await.ok()?;
        let so_far = String::from_utf8_lossy(&text);
        if let Some((head, body)) = so_far.split_once("\r\n\r\n") {
            let wanted = head.lines().find_map(|line| {
                let (name, value) = line.split_once(':')?;
                name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse::<usize>().unwrap())
            });
            if body.len() >= wanted.unwrap_or(0) {
                return Some(so_far.into_owned());
            }
        }
        if read == 0 {
            return None;
        }
    }
}
