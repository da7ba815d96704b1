//! Agents' replies and reply times.

use chrono::{DateTime, Utc};

/// The agents' replies in an intervention. All delays are in whole seconds.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Replies {
    /// The number of replies.
    pub count: u64,
    /// The content id of the first reply.
    pub first_id: Option<String>,
    /// From the opening to the first reply.
    pub first_in: Option<i64>,
    /// From the opening to the last reply.
    pub last_in: Option<i64>,
    /// The mean delay from a customer's message to the reply.
    pub average_in: Option<i64>,
    /// The number of replies that answered a customer's message: the weight of the mean.
    pub exchanges: u64,
    /// The time of the last reply.
    pub last_at: Option<DateTime<Utc>>,
    /// The sum of all delays from a customer's message to the reply.
    waited: i64,
    /// Since when a customer's message has been waiting for a reply.
    waiting_since: Option<DateTime<Utc>>,
}

impl Replies {
    /// No replies yet to the message that an intervention was opened on.
    pub(super) fn none(opened: DateTime<Utc>) -> Self {
        Self {
            count: 0,
            first_id: None,
            first_in: None,
            last_in: None,
            average_in: None,
            exchanges: 0,
            last_at: None,
            waited: 0,
            waiting_since: Some(opened),
        }
    }

    /// Notes a customer's message. The next reply answers the oldest waiting one.
    pub(super) fn wait(&mut self, now: DateTime<Utc>) {
        self.waiting_since.get_or_insert(now);
    }

    /// Adds an agent's reply with the content `id`.
    pub(super) fn add(&mut self, id: String, opened: DateTime<Utc>, now: DateTime<Utc>) {
        let after = (now - opened).num_seconds();
        self.count += 1;
        self.first_id.get_or_insert(id);
        self.first_in.get_or_insert(after);
        self.last_in = Some(after);
        self.last_at = Some(now);
        if let Some(since) = self.waiting_since.take() {
            self.exchanges += 1;
            self.waited += (now - since).num_seconds();
            self.average_in = i64::try_from(self.exchanges).ok().and_then(|n| self.waited.checked_div(n));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;

    #[test]
    fn a_reply_is_measured_from_the_opening_and_from_the_message_that_it_answers() {
        let opened = DateTime::<Utc>::UNIX_EPOCH;
        let at = |seconds: i64| opened + TimeDelta::seconds(seconds);
        let mut replies = Replies::none(opened);
        replies.add("a".to_owned(), opened, at(10));
        // No message was waiting for this one.
        replies.add("b".to_owned(), opened, at(20));
        replies.wait(at(100));
        replies.wait(at(110));
        replies.add("c".to_owned(), opened, at(131));
        assert_eq!((replies.count, replies.exchanges, replies.first_id.as_deref()), (3, 2, Some("a")));
        assert_eq!((replies.first_in, replies.last_in, replies.average_in), (Some(10), Some(131), Some(20)));
        assert_eq!(replies.last_at, Some(at(131)));
    }
}
