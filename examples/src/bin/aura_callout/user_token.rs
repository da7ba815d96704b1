use aura_client::{Aura, Secret};
use examples::{Failure, Teller, aura};
use std::{
    fs::{self, OpenOptions},
    io::{ErrorKind, Write},
    path::{Path, PathBuf},
};

/// The user's token: the one that is kept beside the state, else that of a user who is registered now. AURA wants it fetched
/// once, and a callout can be followed only by the user who raised it. With the token comes the file that has it.
pub(crate) async fn of(client: &Aura, state: &Path, teller: &Teller) -> Result<(Secret, PathBuf), Failure> {
    let path = beside(state);
    match fs::read_to_string(&path) {
        Ok(token) => return Ok((Secret::new(token.trim()), path)),
        Err(error) if error.kind() == ErrorKind::NotFound => {}
        Err(error) => return Err(Failure::failed(format!("{} can't be read: {error}", path.display()))),
    }
    teller.wait_for("registering a user");
    let token = aura::register(client).await?;
    keep(&path, token.secret())
        .map_err(|error| Failure::failed(format!("the user's token can't be kept in {}: {error}", path.display())))?;
    teller
        .say(format!("Registered a user. Its token is in {}: keep that file as you would a password.", path.display()));
    Ok((token.secret().clone(), path))
}

fn beside(state: &Path) -> PathBuf {
    let mut name = state.as_os_str().to_owned();
    name.push(".token");
    name.into()
}

fn keep(path: &Path, token: &Secret) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(token.expose().as_bytes())?;
    file.sync_all()
}
