//! The last requests, in a room that does not grow.

use std::time::Duration;

use super::Record;

/// Records by ascending number. It holds up to twice as many as are kept, so that they lie side by side and the older
/// half goes at once.
pub(crate) struct Journal {
    records: Vec<Record>,
    kept: usize,
    last_number: u64,
}

impl Default for Journal {
    fn default() -> Self {
        Self { records: Vec::new(), kept: 10_000, last_number: 0 }
    }
}

impl Journal {
    pub(crate) fn records(&self) -> &[Record] {
        self.records.get(self.surplus()..).unwrap_or_default()
    }

    pub(crate) fn is_kept(&self) -> bool {
        self.kept > 0
    }

    /// The number of the last record, or 0.
    pub(crate) fn last_number(&self) -> u64 {
        self.last_number
    }

    pub(crate) fn get(&self, number: u64) -> Option<&Record> {
        let records = self.records();
        records
            .binary_search_by_key(&number, |record| record.number)
            .ok()
            .and_then(|index| records.get(index))
    }

    /// The numbers count on.
    pub(crate) fn clear(&mut self) {
        self.records.clear();
    }

    pub(super) fn keep(&mut self, records: usize) {
        self.kept = records;
        self.drop_surplus();
    }

    pub(super) fn push(&mut self, record: Record) {
        self.last_number += 1;
        self.records.push(Record { number: self.last_number, ..record });
        if self.surplus() >= self.kept {
            self.drop_surplus();
        }
    }

    /// A request that is over, with how long it took where that was measured.
    pub(crate) fn finished(&mut self, number: u64, took: Option<Duration>) -> Option<Record> {
        let index = self.records.binary_search_by_key(&number, |record| record.number).ok()?;
        let record = self.records.get_mut(index)?;
        record.duration = took;
        Some(record.clone())
    }

    fn surplus(&self) -> usize {
        self.records.len().saturating_sub(self.kept)
    }

    fn drop_surplus(&mut self) {
        let surplus = self.surplus();
        self.records.drain(..surplus);
    }
}
