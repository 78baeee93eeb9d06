//! What a provider remembers for a while: codes, request tokens and open pages.

use std::collections::{HashMap, VecDeque};
use std::time::{Duration, SystemTime};

/// However many there are within their time, no more than these are remembered.
const MOST: usize = 1000;

/// The newest values by their keys, which are never used twice.
pub(super) struct Recent<T> {
    values: HashMap<String, (SystemTime, T)>,
    /// Their keys, and those of values that were removed since.
    oldest_first: VecDeque<String>,
}

impl<T> Recent<T> {
    pub(super) fn new() -> Self {
        Self { values: HashMap::new(), oldest_first: VecDeque::new() }
    }

    /// Adds a value, and forgets those that are older than `kept`.
    pub(super) fn insert(&mut self, key: String, value: T, now: SystemTime, kept: Duration) {
        while let Some(oldest) = self.oldest_first.front() {
            let wanted = self.values.get(oldest).is_some_and(|(since, _)| !is_over(*since, now, kept));
            if wanted && self.oldest_first.len() < MOST {
                break;
            }
            self.values.remove(oldest);
            self.oldest_first.pop_front();
        }
        self.oldest_first.push_back(key.clone());
        self.values.insert(key, (now, value));
    }

    /// The value, and since when it has been there.
    pub(super) fn get(&self, key: &str) -> Option<(SystemTime, &T)> {
        self.values.get(key).map(|(since, value)| (*since, value))
    }

    pub(super) fn get_mut(&mut self, key: &str) -> Option<(SystemTime, &mut T)> {
        self.values.get_mut(key).map(|(since, value)| (*since, value))
    }

    pub(super) fn remove(&mut self, key: &str) -> Option<T> {
        self.values.remove(key).map(|(_, value)| value)
    }
}

pub(super) fn is_over(since: SystemTime, now: SystemTime, lifetime: Duration) -> bool {
    // A clock that went back is no reason to refuse.
    now.duration_since(since).is_ok_and(|age| age > lifetime)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEPT: Duration = Duration::from_secs(10);

    fn at(seconds: u64) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
    }

    #[test]
    fn what_is_older_than_it_is_kept_is_forgotten_by_the_next() {
        let mut recent = Recent::new();
        for second in 0..30 {
            recent.insert(second.to_string(), second, at(second), KEPT);
        }
        let known: Vec<u64> = (0..30).filter(|second| recent.get(&second.to_string()).is_some()).collect();
        assert_eq!(known, (19..30).collect::<Vec<_>>());
        assert_eq!((recent.values.len(), recent.oldest_first.len()), (11, 11));
        assert_eq!(recent.get("29"), Some((at(29), &29)));
        // The clock goes back.
        recent.insert("again".to_owned(), 0, at(0), KEPT);
        assert_eq!(recent.values.len(), 12);
    }

    #[test]
    fn there_is_a_limit_whatever_the_time_and_whatever_is_removed() {
        let mut recent = Recent::new();
        for number in 0..3 * MOST {
            recent.insert(number.to_string(), number, at(0), KEPT);
            if number % 2 == 1 {
                assert_eq!(recent.remove(&number.to_string()), Some(number));
            }
        }
        assert_eq!((recent.values.len(), recent.oldest_first.len()), (MOST / 2, MOST));
        assert_eq!(recent.get(&(2 * MOST - 2).to_string()), None);
        assert_eq!(recent.get(&(2 * MOST).to_string()), Some((at(0), &(2 * MOST))));
    }
}
