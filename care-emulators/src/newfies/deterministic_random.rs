//! Strings that look random and are the same in every run.

const ALPHABET: &[u8; 62] = b"abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// Never returns the same string twice.
#[derive(Debug, Default)]
pub(super) struct DeterministicRandom(u64);

impl DeterministicRandom {
    /// `length` characters, out of the first `letters` of the alphabet above.
    fn text(&mut self, length: usize, letters: usize) -> String {
        self.0 += 1;
        let mut state = self.0;
        let mut letter = || {
            // SplitMix64, whose output for different seeds differs everywhere.
            state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut mixed = state;
            mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            let letter = usize::try_from((mixed ^ (mixed >> 31)) % 62).unwrap_or_default() % letters;
            char::from(ALPHABET.get(letter).copied().unwrap_or(b'a'))
        };
        (0..length).map(|_| letter()).collect()
    }

    /// A session id.
    pub(super) fn session(&mut self) -> String {
        self.text(32, 36)
    }

    /// A string with the form of a salted password hash. It isn't the hash of any password.
    pub(super) fn hash(&mut self) -> String {
        format!("pbkdf2_sha256$12000${}${}=", self.text(12, 62), self.text(43, 62))
    }
}
