//! A server that answers one request, on as many connections as there are.

use std::{
    io::{BufRead, BufReader, Error, Result},
    process::{Child, Command, Stdio},
    sync::Arc,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// This program again as the server, in a process of its own, so that its work isn't counted. It ends with this value.
#[derive(Debug)]
pub struct ServerProcess {
    child: Child,
    port: String,
}

impl ServerProcess {
    /// Runs this program with the argument `serve`, for which it must call [`serve`].
    ///
    /// # Errors
    ///
    /// It doesn't start.
    pub fn start() -> Result<Self> {
        let mut command = Command::new(std::env::current_exe()?);
        let mut child = command.arg("serve").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let said = child.stdout.take().ok_or_else(|| Error::other("the server has no output"))?;
        let mut port = String::new();
        BufReader::new(said).read_line(&mut port)?;
        Ok(Self { child, port: port.trim().to_owned() })
    }

    /// The port on 127.0.0.1.
    #[must_use]
    pub fn port(&self) -> &str {
        &self.port
    }
}

impl Drop for ServerProcess {
    fn drop(&mut self) {
        // It ends by itself when its input does; a failure means that it has ended already.
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}

/// Prints a port and serves there until the input ends. Answers `body`, as `content_type`, to a request without a body
/// whose head begins with `line` and holds each of `headers` in a line of its own, in small letters; and 400 to any
/// other, since whoever asks for less does less work, which is no comparison.
///
/// # Errors
///
/// The system gives no port.
pub async fn serve(line: &str, headers: &[&str], content_type: &str, body: &str) -> Result<()> {
    std::thread::spawn(|| {
        // Also where the other end breaks instead of ending.
        let _ = std::io::copy(&mut std::io::stdin().lock(), &mut std::io::sink());
        std::process::exit(0);
    });
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("{}", listener.local_addr()?.port());
    let canned = Arc::new(Canned {
        line: format!("{line} HTTP/1.1\r\n"),
        headers: headers.iter().map(|header| format!("\r\n{header}\r\n")).collect(),
        answer: format!(
            "HTTP/1.1 200 OK\r\ncontent-type: {content_type}\r\ncontent-length: {}\r\n\
             x-request-id: 00000000-0000-0000-0000-000000000000\r\ndate: Wed, 15 Apr 2020 08:00:00 GMT\r\n\r\n{body}",
            body.len()
        ),
    });
    loop {
        let (socket, _) = listener.accept().await?;
        let canned = Arc::clone(&canned);
        tokio::spawn(async move { canned.connection(socket).await });
    }
}

struct Canned {
    line: String,
    headers: Vec<String>,
    answer: String,
}

impl Canned {
    async fn connection(&self, mut socket: TcpStream) -> Result<()> {
        socket.set_nodelay(true)?;
        let mut request = Vec::with_capacity(4096);
        while socket.read_buf(&mut request).await? > 0 {
            if !request.ends_with(b"\r\n\r\n") {
                continue;
            }
            let head = String::from_utf8_lossy(&request);
            let complete = head.starts_with(&self.line) && self.headers.iter().all(|header| head.contains(header));
            let refusal = "HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n";
            socket.write_all(if complete { &self.answer } else { refusal }.as_bytes()).await?;
            request.clear();
        }
        Ok(())
    }
}
