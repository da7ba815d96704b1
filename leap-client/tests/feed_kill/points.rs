use crate::common::*;
use Kill::*;
use When::*;

/// Where a life ends. The numbers count from 1; A is the first request of two.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Kill {
    Never,
    /// With the first change in hand.
    HandedOut,
    /// When the first change was dealt with, and nothing else done.
    DealtWith,
    Load(When),
    List(When),
    /// At a reading of A.
    Read(usize, When),
    Ack(usize, When),
    Save(usize, When),
    Remove(usize, When),
}

const BEGIN: [Kill; 7] = [Never, HandedOut, DealtWith, Load(Before), Load(After), List(Before), List(After)];

/// All points; most changes take three readings, one acknowledgement, and an entry that is saved and removed.
pub(crate) fn kills() -> Vec<Kill> {
    let mut kills = BEGIN.to_vec();
    for when in [Before, After] {
        kills.extend((1..=6).map(|number| Read(number, when)));
        for number in 1..=2 {
            kills.extend([Ack(number, when), Save(number, when), Remove(number, when)]);
        }
    }
    kills
}

/// The points of a life without a late change.
pub(crate) fn first_kills() -> Vec<Kill> {
    let late = |kill: &Kill| matches!(kill, Read(4.., _) | Ack(2, _) | Save(2, _) | Remove(2, _));
    kills().into_iter().filter(|kill| !late(kill)).collect()
}

/// When something happens to A.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Moment {
    BetweenLives,
    AfterReading(usize),
    BeforeAck,
    AfterAck,
}

pub(crate) const MOMENTS: [Moment; 6] = [
    Moment::BetweenLives,
    Moment::AfterReading(1),
    Moment::AfterReading(2),
    Moment::AfterReading(3),
    Moment::BeforeAck,
    Moment::AfterAck,
];

pub(crate) type Act = fn(&Portal);

pub(crate) const COMMENT: Act = |portal| portal.comment("A", "wait");
pub(crate) const ACTS: [Act; 6] = [
    COMMENT,
    // What was said before, in the same millisecond.
    |portal| portal.room.comment("A", "Jo Example", "hello").unwrap(),
    |portal| portal.state("A", There::Problem),
    |portal| portal.edit("A", "It is dark"),
    |portal| portal.raise("C"),
    |portal| portal.vanish("A"),
];

/// How a program settles.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Way {
    /// One change after the other.
    Each,
    /// All that there are.
    All,
    /// One after the other; what kills is the end of the handler alone, and the feed goes on.
    Handler,
}
