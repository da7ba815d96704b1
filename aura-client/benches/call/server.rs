//! A server that answers one request, on as many connections as there are.

use std::io::{BufRead, BufReader, Error, Read, Result};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::support;

pub(crate) const PREFIX: &str = "/panic-api";
pub(crate) const TOKEN: &str = "a-token-of-about-the-length-that-is-usual-for-tokens-with-claims";

/// The server in a process of its own, which ends with this value.
pub(crate) struct Process {
    child: Child,
    port: String,
}

impl Process {
    pub(crate) fn start() -> Result<Self> {
        let mut command = Command::new(std::env::current_exe()?);
        let mut child = command.arg("serve").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let said = child.stdout.take().ok_or_else(|| Error::other("the server has no output"))?;
        let mut port = String::new();
        BufReader::new(said).read_line(&mut port)?;
        Ok(Self { child, port: port.trim().to_owned() })
    }

    pub(crate) fn port(&self) -> &str {
        &self.port
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // It ends by itself when its input does; a failure means that it has ended already.
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}

/// Prints a port and serves there until the input ends.
pub(crate) async fn serve() -> Result<()> {
    std::thread::spawn(|| {
        // Also where the other end breaks instead of ending.
        let _ = std::io::copy(&mut std::io::stdin().lock().by_ref(), &mut std::io::sink());
        std::process::exit(0);
    });
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("{}", listener.local_addr()?.port());
    let answer: Arc<[u8]> = answer().into();
    loop {
        let (socket, _) = listener.accept().await?;
        tokio::spawn(connection(socket, Arc::clone(&answer)));
    }
}

fn answer() -> Vec<u8> {
    let body = support::callout();
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json; charset=utf-8\r\ncontent-length: {}\r\n\
         x-request-id: 00000000-0000-0000-0000-000000000000\r\ndate: Wed, 15 Apr 2020 08:00:00 GMT\r\n\r\n",
        body.len()
    );
    (head + &body).into_bytes()
}

async fn connection(mut socket: TcpStream, answer: Arc<[u8]>) -> Result<()> {
    socket.set_nodelay(true)?;
    let mut request = Vec::with_capacity(4096);
    while socket.read_buf(&mut request).await? > 0 {
        if !request.ends_with(b"\r\n\r\n") {
            continue;
        }
        // Whoever asks for less does less work, which is no comparison.
        let complete = is_complete(&String::from_utf8_lossy(&request));
        socket
            .write_all(if complete { &answer } else { b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n" })
            .await?;
        request.clear();
    }
    Ok(())
}

fn is_complete(request: &str) -> bool {
    let asked = format!("GET {PREFIX}/callouts/570?shouldIncludeRoute=true&shouldIncludeEvents=true HTTP/1.1\r\n");
    request.starts_with(&asked) && request.contains(&format!("authorization: Bearer {TOKEN}\r\n"))
}
