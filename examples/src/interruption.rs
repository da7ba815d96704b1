use tokio::{signal::ctrl_c, task::JoinHandle};

/// What a shell says of a program that was ended by Ctrl-C.
pub const INTERRUPTED: u8 = 130;

/// Begins to listen for Ctrl-C, which from then on doesn't end the program by itself. The task ends when it is pressed.
pub fn interruption() -> JoinHandle<()> {
    tokio::spawn(async {
        if ctrl_c().await.is_err() {
            // Where it can't be listened for, it never comes.
            std::future::pending().await
        }
    })
}
