//! How far a responder is, and how AURA says so.

/// A distance and the time to cover it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reach {
    pub(super) metres: u64,
    pub(super) seconds: u64,
}

impl Reach {
    /// Distance and time as the search for responders computes them.
    pub(super) fn searched(metres: u64) -> Self {
        Self { metres, seconds: (metres * 4).div_ceil(25) }
    }

    /// Distance and time as the route computes them: not always to the second what the search says, as in AURA's examples.
    pub(super) fn routed(metres: u64) -> Self {
        Self { metres, seconds: metres * 4 / 25 }
    }

    /// The distance in words. It is never "0 m": on arrival AURA says "1 m" for the value 0.
    pub(super) fn distance_text(self) -> String {
        match self.metres {
            0..1000 => format!("{} m", self.metres.max(1)),
            metres => format!("{}.{} km", metres / 1000, metres % 1000 / 100),
        }
    }

    /// The time in words, in whole minutes. It is never "0 mins": on arrival AURA says "1 min" for the value 0.
    pub(super) fn duration_text(self) -> String {
        match (self.seconds + 30) / 60 {
            0 | 1 => "1 min".to_owned(),
            minutes => format!("{minutes} mins"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Reach;

    #[test]
    fn words_are_those_of_the_documents() {
        let words = |metres, seconds| {
            let reach = Reach { metres, seconds };
            (reach.distance_text(), reach.duration_text())
        };
        for (metres, seconds, distance, duration) in [
            (1213, 195, "1.2 km", "3 mins"),
            (1113, 176, "1.1 km", "3 mins"),
            (112, 17, "112 m", "1 min"),
            (0, 0, "1 m", "1 min"),
        ] {
            assert_eq!(words(metres, seconds), (distance.to_owned(), duration.to_owned()));
        }
    }
}
