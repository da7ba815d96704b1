use tokio::{signal::ctrl_c, task::JoinHandle};

/// Begins to listen for Ctrl-C, which from then on doesn't end the program by itself. The task ends when it is pressed.
pub fn interruption() -> JoinHandle<()> {
    tokio::spawn(async {
        if ctrl_c().await.is_err() {
            // Where it can't be listened for, it never comes.
            std::future::pending().await
        }
    })
}
