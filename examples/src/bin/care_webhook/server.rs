use crate::{
    arguments::Arguments,
    demo,
    news::{News, Told},
};
use caremessenger_client::webhook::{FileJournal, Receiver};
use examples::{
    Failure, Teller,
    caremessenger::{Notifiers, made_up_secret},
};
use std::{
    env,
    future::pending,
    net::{Ipv4Addr, SocketAddr},
    path::Path,
};
use tempfile::TempDir;
use tokio::{
    net::TcpListener,
    sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
};

/// For tests: while this is set, a call is stored and never answered, so that the program can be killed in between.
const HOLD: &str = "CARE_WEBHOOK_HOLD_ANSWERS";

/// A file up to this size, in bytes, is read as a whole before the first call is taken.
const COUNTED_FIRST: u64 = 4 << 20;

/// Where calls come in.
pub(crate) struct Server {
    pub(crate) receiver: Receiver,
    pub(crate) listener: TcpListener,
    pub(crate) news: UnboundedReceiver<News>,
    /// Kept here because it is removed when it is dropped.
    _folder: Option<TempDir>,
}

impl Server {
    /// Takes what was named, else an emulator with a resident who calls.
    pub(crate) async fn choose(arguments: &Arguments, teller: &Teller) -> Result<Self, Failure> {
        let notifiers = Notifiers::from_env_and(&arguments.secrets)?;
        match (notifiers.is_empty(), arguments.is_meant()) {
            (false, _) => Self::live(&notifiers, arguments, teller).await,
            (true, false) => Self::embedded(teller).await,
            (true, true) => Err(Failure::usage(
                "nobody can be called: name them by CARE_WEBHOOK_SECRETS or --secret, as NAME=SECRET. Nothing was received.",
            )),
        }
    }

    async fn live(notifiers: &Notifiers, arguments: &Arguments, teller: &Teller) -> Result<Self, Failure> {
        let (news, hears) = unbounded_channel();
        // First, for where somebody listens already the file is theirs.
        let listener = listen(arguments.listen()).await?;
        let receiver = receiver(notifiers, &arguments.journal(), news, teller).await?;
        let (address, names) = (listener.local_addr()?, notifiers.names().join(", "));
        teller.say(format!("Listening at http://{address} for calls to: {names}."));
        Ok(Self { receiver, listener, news: hears, _folder: None })
    }

    async fn embedded(teller: &Teller) -> Result<Self, Failure> {
        let (news, hears) = unbounded_channel();
        let (name, secret) = ("duty desk", made_up_secret());
        teller.say("No secret is named, so this makes one up, and an emulator in this process plays CareMessenger and a resident. What is");
        teller.say("received goes to a file that is removed at the end. To receive real calls, set what --help names.");
        let folder = TempDir::new()?;
        let notifiers = Notifiers::from((name, &*secret));
        let receiver = receiver(&notifiers, &folder.path().join("calls.jsonl"), news.clone(), teller).await?;
        let listener = listen((Ipv4Addr::LOCALHOST, 0).into()).await?;
        let url = format!("http://{}/care/{secret}", listener.local_addr()?);
        teller.say(format!("The URL to register for the {name} is {url}"));
        tokio::spawn(demo::play(name, url, news));
        Ok(Self { receiver, listener, news: hears, _folder: Some(folder) })
    }
}

/// A receiver that keeps calls in this file, and knows those that are there already.
async fn receiver(
    notifiers: &Notifiers,
    path: &Path,
    news: UnboundedSender<News>,
    teller: &Teller,
) -> Result<Receiver, Failure> {
    let file = path.display();
    let unusable = |error| Failure::failed(format!("{file} can't be used: {error}"));
    let journal = FileJournal::open(path).map_err(unusable)?;
    let failures = news.clone();
    let sink = Told { journal: journal.clone(), news };
    let mut builder =
        notifiers.receiver(sink).on_failure(move |error| drop(failures.send(News::NotStored(error.to_string()))));
    if env::var_os(HOLD).is_some_and(|set| !set.is_empty()) {
        builder = builder.before_answer(|_| Box::pin(pending()));
    }
    let receiver = builder.build()?;
    let remembered = receiver.remember_journal(&journal).await;
    remembered.map_err(|error| Failure::failed(format!("{file} can't be used: {error}")))?;
    let size = journal.path().metadata().map_err(unusable)?.len();
    if size <= COUNTED_FIRST {
        say_what_is_there(&journal, teller).await.map_err(unusable)?;
    } else {
        teller.say(format!("{file} has calls already: what repeats one of the last is marked. --show counts them."));
    }
    Ok(receiver)
}

/// Says how many calls a file has already, and how many damaged lines.
async fn say_what_is_there(journal: &FileJournal, teller: &Teller) -> std::io::Result<()> {
    let (file, content) = (journal.path().display(), journal.read().await?);
    match content.notifications.len() {
        0 => {}
        calls => {
            teller.say(format!("{file} has calls already, {calls} of them: what repeats one of the last is marked."))
        }
    }
    match content.damaged.len() {
        0 => {}
        lines => teller.say(format!(
            "{file} has lines that can't be read, {lines} of them. Look at them: each may be a call that was never answered."
        )),
    }
    Ok(())
}

async fn listen(address: SocketAddr) -> Result<TcpListener, Failure> {
    let unusable = |error| Failure::failed(format!("{address} can't be listened at: {error}"));
    TcpListener::bind(address).await.map_err(unusable)
}
