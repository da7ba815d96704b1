use tokio::{signal::ctrl_c, task::JoinHandle};

/// What a shell says of a program that was ended by Ctrl-C.
pub const INTERRUPTED: u8 = 130;

/// Begins to listen for Ctrl-C and, on Unix, for SIGTERM, by which service managers and containers stop a program. From then on
/// neither ends it by itself. The task ends when one of them comes.
pub fn interruption() -> JoinHandle<()> {
    let terminated = terminated();
    tokio::spawn(async {
        tokio::select! {
            () = interrupted() => {}
            () = terminated => {}
        }
    })
}

async fn interrupted() {
    if ctrl_c().await.is_err() {
        // Where it can't be listened for, it never comes.
        std::future::pending().await
    }
}

/// Listens from now on, and not only when it is polled first.
#[cfg(unix)]
fn terminated() -> impl Future<Output = ()> + Send {
    use tokio::signal::unix::{SignalKind, signal};
    let signals = signal(SignalKind::terminate());
    async {
        match signals {
            Ok(mut signals) => drop(signals.recv().await),
            Err(_) => std::future::pending().await,
        }
    }
}

#[cfg(not(unix))]
fn terminated() -> impl Future<Output = ()> + Send {
    std::future::pending()
}
