//! Finds what was sent in what a server said, in whatever form it repeats it.
//!
//! Hidden are:
//!
//! - a whole value, wherever it stands, also within a word, in any case and without its accents, blanks and signs;
//! - a piece of a value: two of its words that follow each other, a single one unless it is among the commonest of
//!   English, and what is left of a word where the piece was cut;
//! - a token in base64 or in hexadecimal digits that holds any of these.

use super::encodings::{decoded, folded, text_of};
use base64::{Engine as _, alphabet, engine};
use std::ops::Range;

/// A value needs so many characters to be looked for: shorter ones stand in every text.
const SHORTEST: usize = 3;

/// The words of English, and of the messages of servers, that tell nothing of a value that has them among others.
const COMMON: &str = " a about after again all already also an and any are as at be because been before but by can \
                      could did do does error for from get had has have he her here him his how if in into invalid is \
                      it its just like may me more must my no not now of off on one only or other our out over please \
                      request said she should so some than that the their them then there these they this to two up us \
                      very was we were what when where which who why will with without would yes you your ";

/// Reads base64 with both alphabets and with or without padding.
const PADDING: engine::GeneralPurposeConfig = engine::GeneralPurposeConfig::new()
    .with_decode_padding_mode(engine::DecodePaddingMode::Indifferent)
    .with_decode_allow_trailing_bits(true);
const STANDARD: engine::GeneralPurpose = engine::GeneralPurpose::new(&alphabet::STANDARD, PADDING);

/// What was sent, prepared to be looked for.
pub(super) struct Echoes {
    /// Whole values, folded.
    values: Vec<Vec<char>>,
    /// Their words, folded.
    words: Vec<Vec<Vec<char>>>,
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
        let (mut values, mut parts) = (Vec::new(), Vec::new());
        for value in sent.iter().flat_map(|value| forms(value)) {
            let value: Vec<char> = value.chars().flat_map(folded).collect();
            let words: Vec<Vec<char>> = words(&value).into_iter().map(|word| value[word].to_vec()).collect();
            let joined = words.concat();
            if joined.len() >= 2 * SHORTEST && joined != value {
                values.push(joined);
            }
            values.extend(words.iter().filter(|word| word.len() >= 5 && !is_common(word)).cloned());
            parts.push(words);
            if value.len() >= SHORTEST {
                values.push(value);
            }
        }
        values.sort_unstable();
        values.dedup();
        Self { values, words: parts }
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
        let is_word =
            |word: &Vec<char>| !is_common(word) && text.words().into_iter().any(|range| text.folded[range] == word[..]);
        self.values.iter().any(holds) || self.words.iter().flatten().any(is_word) || self.is_encoded(id)
    }

    fn spelled_out(&self, chars: &[char]) -> Vec<bool> {
        let (text, mut hidden) = (Text::new(chars), vec![false; chars.len()]);
        let mut hide = |range: Range<usize>| text.places[range].iter().for_each(|place| hidden[*place] = true);
        for value in &self.values {
            for at in 0..text.folded.len() {
                if text.folded[at..].starts_with(value) {
                    hide(at..at + value.len());
                }
            }
        }
        let said = text.words();
        let word = |number: usize| said.get(number).map(|range| &text.folded[range.clone()]);
        for (sent, first) in self.words.iter().flat_map(|sent| (0..sent.len()).map(move |first| (sent, first))) {
            for begin in 0..said.len() {
                let same = (0..).take_while(|n| sent.get(first + n).is_some_and(|one| word(begin + n) == Some(one)));
                let count = same.count();
                let run = &sent[first..first + count];
                // Two common words say nothing, three that follow each other do.
                if count >= 3 || run.iter().any(|one| !is_common(one)) {
                    let mut range = begin..begin + count;
                    let ends = |n: usize, of: &[char]| word(n).is_some_and(|one| of.starts_with(one));
                    let begins = |n: usize, of: &[char]| word(n).is_some_and(|one| one.len() > 1 && of.ends_with(one));
                    range.end += usize::from(sent.get(first + count).is_some_and(|next| ends(range.end, next)));
                    let before = first.checked_sub(1).map(|before| &sent[before]);
                    let starts_earlier = begin > 0 && before.is_some_and(|before| begins(begin - 1, before));
                    range.start -= usize::from(starts_earlier);
                    hide(said[range.start].start..said[range.end - 1].end);
                } else if word(begin).is_some_and(|one| is_piece(one, &sent[first])) {
                    hide(said[begin].clone());
                }
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
        [STANDARD.decode(whole).ok(), hexadecimal].into_iter().flatten().any(|bytes| {
            let chars: Vec<char> = decoded(&text_of(&bytes)).chars().collect();
            let folded = Text::new(&chars).folded;
            let is_piece = folded.len() >= SHORTEST && self.values.iter().any(|value| contains(value, &folded));
            is_piece || self.spelled_out(&chars).contains(&true)
        })
    }
}

/// Whether a word is what was left of a long one that was sent.
fn is_piece(said: &[char], sent: &[char]) -> bool {
    said.len() >= 4 && sent.len() >= 8 && (sent.starts_with(said) || sent.ends_with(said))
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
