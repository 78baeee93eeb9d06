//! Counting on every processor: what is counted does not depend on what else runs.

use std::error::Error;
use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// What `measure` makes of each item, in their order.
pub(super) fn map<T: Sync, R: Send>(
    items: &[T],
    measure: impl Fn(&T) -> Result<R, Box<dyn Error>> + Sync,
) -> Result<Vec<R>, Box<dyn Error>> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(at) else { return Ok(done) };
            done.push((at, measure(item).map_err(|error| error.to_string())?));
        }
    };
    let processors = thread::available_parallelism().map_or(1, NonZero::get);
    let mut all = thread::scope(|scope| -> Result<Vec<(usize, R)>, Box<dyn Error>> {
        let workers: Vec<_> = (0..processors).map(|_| scope.spawn(work)).collect();
        let mut all = Vec::new();
        for worker in workers {
            let done: Result<_, String> = worker.join().map_err(|_| "a measurement panicked")?;
            all.extend(done?);
        }
        Ok(all)
    })?;
    all.sort_by_key(|(at, _)| *at);
    Ok(all.into_iter().map(|(_, result)| result).collect())
}

#[cfg(test)]
mod tests {
    use super::map;

    #[test]
    fn results_are_in_the_order_of_their_items() {
        let items: Vec<u32> = (0..100).collect();
        assert_eq!(
            map(&items, |item| Ok(item * 2)).unwrap(),
            (0..100).map(|item| item * 2).collect::<Vec<_>>()
        );
    }

    #[test]
    fn the_first_error_is_the_result() {
        let odd = |item: &u32| if item.is_multiple_of(2) { Ok(()) } else { Err("odd".into()) };
        assert_eq!(map(&[2, 3, 4], odd).unwrap_err().to_string(), "odd");
    }
}
