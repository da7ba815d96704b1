//! Accepts connections until told to stop. No error ends it.

use super::connections::Connections;
use crate::receiver::Receiver;
use std::{future::poll_fn, io, pin::Pin, sync::Arc, task::Poll, time::Duration};
use tokio::{
    net::{TcpListener, TcpStream},
    time::{Instant, sleep},
};

/// The pause after the first error, doubled with each further one, up to the longest.
const FIRST_PAUSE: Duration = Duration::from_millis(10);
const LONGEST_PAUSE: Duration = Duration::from_millis(500);
/// Errors that go on are reported again after this time.
const REPORT_AGAIN: Duration = Duration::from_secs(60);

/// Hands over connections until `stop` resolves.
pub(super) async fn accept_until(
    mut stop: Pin<Box<dyn Future<Output = ()> + Send>>,
    listener: &mut TcpListener,
    connections: &Arc<Connections>,
    receiver: &Receiver,
    serve: &impl Fn(TcpStream),
) {
    let mut errors = Errors::default();
    loop {
        let next = async {
            connections.room().await;
            listener.accept().await
        };
        match until(&mut stop, next).await {
            None => return,
            Some(Ok((stream, _))) => {
                errors = Errors::default();
                serve(stream);
            }
            Some(Err(error)) if is_of_one_connection(&error) => {}
            Some(Err(error)) => {
                // Mostly the process has no descriptors left: one that a stranger holds may be had back.
                connections.close_oldest();
                errors.report(&error, receiver);
                if until(&mut stop, sleep(errors.pause())).await.is_none() {
                    return;
                }
            }
        }
    }
}

/// Hands over the connections that wait to be accepted: their posts may have been sent already.
pub(super) fn drain(listener: TcpListener, serve: &impl Fn(TcpStream)) {
    let Ok(listener) = listener.into_std() else { return };
    while let Ok((stream, _)) = listener.accept() {
        if stream.set_nonblocking(true).is_ok()
            && let Ok(stream) = TcpStream::from_std(stream)
        {
            serve(stream);
        }
    }
}

/// The outcome of the work; `None` if it is to stop before.
async fn until<T>(stop: &mut Pin<Box<dyn Future<Output = ()> + Send>>, work: impl Future<Output = T>) -> Option<T> {
    let mut work = std::pin::pin!(work);
    poll_fn(|context| match stop.as_mut().poll(context) {
        Poll::Ready(()) => Poll::Ready(None),
        Poll::Pending => work.as_mut().poll(context).map(Some),
    })
    .await
}

/// Whether an error is about the connection that was to be accepted, and not about accepting.
fn is_of_one_connection(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset, Interrupted};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset | Interrupted)
}

/// The errors since a connection was accepted last.
#[derive(Default)]
struct Errors {
    count: u32,
    reported: Option<Instant>,
}

impl Errors {
    fn report(&mut self, error: &io::Error, receiver: &Receiver) {
        self.count += 1;
        if self.reported.is_none_or(|at| at.elapsed() >= REPORT_AGAIN) {
            self.reported = Some(Instant::now());
            let text = format!("no connection can be accepted at the moment; the server goes on trying: {error}");
            receiver.report(&text.into());
        }
    }

    fn pause(&self) -> Duration {
        FIRST_PAUSE.saturating_mul(1 << self.count.min(16).saturating_sub(1)).min(LONGEST_PAUSE)
    }
}
