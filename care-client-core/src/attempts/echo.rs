//! Finds what was sent in what a server said, in whatever form it repeats it.
//!
//! Hidden are:
//!
//! - a whole value, wherever it stands, if it isn't short also within a word, in any case and without its accents,
//!   blanks and signs;
//! - a piece of a value: two of its words that follow each other, a single one unless it is among the commonest of
//!   English, and what is left of a word where the piece was cut;
//! - a token in base64 or in hexadecimal digits that holds any of these.

use super::encodings::{decoded, folded, text_of};
use base64::{Engine as _, alphabet, engine};
use std::{
    collections::{HashMap, HashSet},
    ops::Range,
};

/// A value needs so many characters to be looked for: shorter ones stand in every text.
const SHORTEST: usize = 3;

/// At how many places of what was sent a word is followed.
const MOST_PLACES: usize = 32;

/// The words of English, and of the messages of servers, that tell nothing of a value that has them among others.
const COMMON: &str = " a about account address after again all already also an and any api are as at authentication \
                      authorized be because been before but by can could credentials data denied did do does email \
                      error expired failed field for from get given had has have he her here him his how id if in into \
                      invalid is it its just key like limit list login long mail may me message missing more must my \
                      name new no not now number of off on one only or other our out over page password permission \
                      phone please provided request required said secret server service she short should signature so \
                      some state status text than that the their them then there these they this time to token too two \
                      type up us use user username valid value very was we were what when where which who why will \
                      with without would wrong yes you your ";

/// Reads base64 with both alphabets and with or without padding.
const PADDING: engine::GeneralPurposeConfig = engine::GeneralPurposeConfig::new()
    .with_decode_padding_mode(engine::DecodePaddingMode::Indifferent)
    .with_decode_allow_trailing_bits(true);
const STANDARD: engine::GeneralPurpose = engine::GeneralPurpose::new(&alphabet::STANDARD, PADDING);

/// What was sent, prepared to be looked for.
pub(super) struct Echoes {
    /// Whole values and long words, folded, by how they begin.
    values: HashMap<[char; SHORTEST], Vec<Vec<char>>>,
    /// The words of each value, folded.
    words: Vec<Vec<Vec<char>>>,
    /// Where each word stands: in which value, and at which place of it.
    places: HashMap<Vec<char>, Vec<(usize, usize)>>,
    /// Words of which pieces are looked for, too.
    long: HashSet<Vec<char>>,
}

/// A text, and its folded characters with the place of each in it.
struct Text {
    folded: Vec<char>,
    places: Vec<usize>,
}

impl Text {
    fn new(chars: &[char]) -> Self {
        let (places, folded) =
            chars.iter().enumerate().flat_map(|(place, c)| folded(*c).map(move |c| (place, c))).unzip();
        Self { folded, places }
    }

    fn words(&self) -> Vec<Range<usize>> {
        words(&self.folded)
    }
}

fn words(chars: &[char]) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in chars.iter().chain([&' ']).enumerate() {
        match (start, c.is_alphanumeric()) {
            (None, true) => start = Some(at),
            (Some(begin), false) => {
                words.push(begin..at);
                start = None;
            }
            _ => {}
        }
    }
    words
}

fn is_common(word: &[char]) -> bool {
    let word: String = word.iter().collect();
    word.chars().count() < SHORTEST || COMMON.contains(&format!(" {word} "))
}

impl Echoes {
    pub(super) fn of(sent: &[String]) -> Self {
        let mut echoes =
            Self { values: HashMap::new(), words: Vec::new(), places: HashMap::new(), long: HashSet::new() };
        for value in sent.iter().flat_map(|value| forms(value)) {
            let value: Vec<char> = value.chars().flat_map(folded).collect();
            let words: Vec<Vec<char>> = words(&value).into_iter().map(|word| value[word].to_vec()).collect();
            let joined = words.concat();
            if joined.len() >= 2 * SHORTEST {
                echoes.add_value(joined);
            }
            echoes.add_value(value);
            for (place, word) in words.iter().enumerate() {
                if word.len() >= 5 && !is_common(word) {
                    echoes.add_value(word.clone());
                }
                if word.len() >= 8 {
                    echoes.long.insert(word.clone());
                }
                let places = echoes.places.entry(word.clone()).or_default();
                if places.len() < MOST_PLACES {
                    places.push((echoes.words.len(), place));
                }
            }
            echoes.words.push(words);
        }
        echoes
    }

    fn add_value(&mut self, value: Vec<char>) {
        let Some(begin) = value.first_chunk().copied() else { return };
        let alike = self.values.entry(begin).or_default();
        if !alike.contains(&value) {
            alike.push(value);
        }
    }

    fn all_values(&self) -> impl Iterator<Item = &Vec<char>> {
        self.values.values().flatten()
    }

    /// For each character of the text whether it is to be hidden.
    pub(super) fn hidden(&self, text: &[char]) -> Vec<bool> {
        let mut hidden = self.spelled_out(text);
        let is_of_token = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '-' | '_' | '=');
        let mut at = 0;
        while at < text.len() {
            let length = text[at..].iter().take_while(|c| is_of_token(c)).count();
            let token: String = text[at..at + length].iter().collect();
            if length >= 4 && self.is_encoded(&token) {
                hidden[at..at + length].fill(true);
            }
            at += length.max(1);
        }
        hidden
    }

    /// Whether an id that the server gave holds anything that was sent: as one of its words, or whole.
    pub(super) fn has_any_of(&self, id: &str) -> bool {
        let chars: Vec<char> = decoded(id).chars().collect();
        let text = Text::new(&chars);
        let holds = |value: &Vec<char>| value.len() >= 2 * SHORTEST && contains(&text.folded, value);
        let is_sent = |word: &[char]| !is_common(word) && self.places.contains_key(word);
        let has_word = text.words().into_iter().any(|range| is_sent(&text.folded[range]));
        has_word || self.all_values().any(holds) || self.is_encoded(id)
    }

    fn spelled_out(&self, chars: &[char]) -> Vec<bool> {
        let (text, mut hidden) = (Text::new(chars), vec![false; chars.len()]);
        let mut hide = |range: Range<usize>| text.places[range].iter().for_each(|place| hidden[*place] = true);
        for at in 0..text.folded.len() {
            let alike = text.folded[at..].first_chunk().and_then(|begin| self.values.get(begin));
            for value in alike.into_iter().flatten().filter(|value| stands(&text.folded, at, value)) {
                hide(at..at + value.len());
            }
        }
        let said = text.words();
        let word = |number: usize| said.get(number).map(|range| &text.folded[range.clone()]);
        for (begin, range) in said.iter().enumerate() {
            let first_word = &text.folded[range.clone()];
            for (value, first) in self.places.get(first_word).into_iter().flatten().copied() {
                let sent = &self.words[value];
                let is_same = |n: &usize| sent.get(first + n).is_some_and(|one| word(begin + n) == Some(one));
                let count = (0..).take_while(is_same).count();
                // Two common words say nothing, three that follow each other do.
                if count < 3 && sent[first..first + count].iter().all(|one| is_common(one)) {
                    continue;
                }
                let (mut from, mut to) = (begin, begin + count);
                let is_cut =
                    sent.get(first + count).is_some_and(|next| word(to).is_some_and(|one| next.starts_with(one)));
                to += usize::from(is_cut);
                let before =
                    first.checked_sub(1).zip(begin.checked_sub(1)).map(|(sent_at, at)| (&sent[sent_at], word(at)));
                let starts_earlier =
                    before.is_some_and(|(sent, one)| one.is_some_and(|one| one.len() > 1 && sent.ends_with(one)));
                from -= usize::from(starts_earlier);
                hide(said[from].start..said[to - 1].end);
            }
            let is_piece = |sent: &Vec<char>| sent.starts_with(first_word) || sent.ends_with(first_word);
            if first_word.len() >= 4 && self.long.iter().any(is_piece) {
                hide(range.clone());
            }
        }
        hidden
    }

    fn is_encoded(&self, token: &str) -> bool {
        let standard: String = token.chars().map(|c| if c == '-' { '+' } else { c }).collect::<String>();
        let standard = standard.replace('_', "/");
        let bare = standard.trim_end_matches('=');
        // A piece of a token ends anywhere: one character alone holds no byte.
        let whole = &bare[..bare.len() - usize::from(bare.len() % 4 == 1)];
        let digits = token.as_bytes().chunks_exact(2).map(|pair| std::str::from_utf8(pair).unwrap_or_default());
        let hexadecimal: Option<Vec<u8>> = digits.map(|pair| u8::from_str_radix(pair, 16).ok()).collect();
        [STANDARD.decode(whole).ok(), hexadecimal].into_iter().flatten().filter(|bytes| is_text(bytes)).any(|bytes| {
            let chars: Vec<char> = decoded(&text_of(&bytes)).chars().collect();
            let folded = Text::new(&chars).folded;
            let is_piece = folded.len() >= SHORTEST && self.all_values().any(|value| contains(value, &folded));
            is_piece || self.spelled_out(&chars).contains(&true)
        })
    }
}

/// Whether bytes can be text, in UTF-8 or ISO-8859-1.
fn is_text(bytes: &[u8]) -> bool {
    bytes.iter().all(|byte| !matches!(byte, 0..=8 | 11 | 12 | 14..=31 | 127))
        && (std::str::from_utf8(bytes).is_ok() || bytes.iter().all(|byte| !matches!(byte, 0x80..=0x9f)))
}

/// Whether a value stands there: a short one as a word of its own, for it is a part of many words.
fn stands(text: &[char], at: usize, value: &[char]) -> bool {
    let is_part =
        |a: Option<&char>, b: Option<&char>| [a, b].into_iter().all(|c| c.is_some_and(|c| c.is_alphanumeric()));
    let before = at.checked_sub(1).and_then(|before| text.get(before));
    let is_within = is_part(before, value.first()) || is_part(value.last(), text.get(at + value.len()));
    text[at..].starts_with(value) && (value.len() >= 5 || !is_within)
}

fn contains(text: &[char], part: &[char]) -> bool {
    text.windows(part.len()).any(|window| window == part)
}

/// A value as it is meant and, if it has letters beyond ASCII, as it looks after a wrong encoding.
fn forms(value: &str) -> Vec<String> {
    let value = decoded(value);
    if value.is_ascii() {
        return vec![value];
    }
    let without = |by: &str| value.chars().map(|c| if c.is_ascii() { c.to_string() } else { by.to_owned() }).collect();
    let misread = value.bytes().map(char::from).collect();
    vec![without("?"), without("\u{fffd}"), without(""), misread, value]
}
