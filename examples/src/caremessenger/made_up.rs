use std::hash::{BuildHasher, RandomState};

/// A secret for the URL of a receiver that lives no longer than the program. For a real one take what `openssl rand -hex 32`
/// prints.
#[must_use]
pub fn made_up_secret() -> String {
    // The standard library seeds each state from the system's randomness.
    (0..2).map(|part| format!("{:016x}", RandomState::new().hash_one(part))).collect()
}

#[cfg(test)]
mod tests {
    use super::made_up_secret;
    use caremessenger_client::webhook::{MemorySink, receiver};

    #[test]
    fn a_receiver_takes_it_and_none_comes_twice() {
        let secret = made_up_secret();
        assert_ne!(secret, made_up_secret());
        assert!(receiver(MemorySink::new()).notifier("desk", secret).build().is_ok());
    }
}
