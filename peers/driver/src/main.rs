//! The server that builds are measured against, and posts to a receiver: `serve --port P --callout FILE [--delay MS]`
//! and `post --address HOST:PORT --path PATH --n N [--at-once N]`.

mod post;
mod serve;

#[tokio::main]
async fn main() {
    let arguments = peers_driver::Arguments::read();
    match arguments.command.as_str() {
        "serve" => serve::run(&arguments).await,
        "post" => post::run(&arguments).await,
        other => panic!("unknown command {other:?}: serve or post"),
    }
}
