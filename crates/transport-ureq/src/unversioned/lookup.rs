//! Lookups that are not repeated. ureq looks a name up for every request, on kept connections as well, and with a limit on
//! time on a new thread each, even for an address that needs no lookup.

use std::collections::VecDeque;
use std::iter;
use std::net::SocketAddr;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use http::Uri;
use ureq::Error;
use ureq::config::{Config, IpFamily};
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

/// Long enough for the requests of one task, too short to miss a change.
const KEPT_FOR: Duration = Duration::from_secs(5);

/// A transport talks to one platform, perhaps to two, and to their proxies.
const MOST_KEPT: usize = 16;

/// Answers addresses itself, and asks `inner` for names, at most once in a while.
#[derive(Debug)]
pub(crate) struct Lookup<T> {
    inner: T,
    kept: Mutex<Kept>,
}

impl<T> Lookup<T> {
    pub(crate) fn new(inner: T) -> Self {
        Self { inner, kept: Mutex::default() }
    }
}

impl<T: Resolver> Resolver for Lookup<T> {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, Error> {
        let host_and_port = uri
            .scheme()
            .zip(uri.authority())
            .and_then(|(scheme, authority)| DefaultResolver::host_and_port(scheme, authority));
        let Some(host_and_port) = host_and_port else { return self.inner.resolve(uri, config, timeout) };
        let family = config.ip_family();
        if let Ok(address) = host_and_port.parse::<SocketAddr>() {
            let mut addresses = self.empty();
            family.keep_wanted(iter::once(address)).for_each(|wanted| addresses.push(wanted));
            return if addresses.is_empty() { Err(Error::HostNotFound) } else { Ok(addresses) };
        }
        let key = (host_and_port, family);
        let kept = || self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(addresses) = kept().get(&key, Instant::now()) {
            return Ok(addresses);
        }
        let addresses = self.inner.resolve(uri, config, timeout).map_err(|error| match error {
            // The system's resolver reports a failed lookup as an I/O error like any other.
            Error::Io(_) => Error::HostNotFound,
            error => error,
        })?;
        kept().put(key, addresses.clone(), Instant::now());
        Ok(addresses)
    }
}

/// Host with port, and the kind of addresses that are wanted.
type Key = (String, IpFamily);

/// What was found lately, the oldest first.
#[derive(Debug, Default)]
struct Kept(VecDeque<(Key, ResolvedSocketAddrs, Instant)>);

impl Kept {
    fn get(&mut self, key: &Key, now: Instant) -> Option<ResolvedSocketAddrs> {
        self.0.retain(|(_, _, found)| now.duration_since(*found) < KEPT_FOR);
        self.0.iter().find(|(name, _, _)| name == key).map(|(_, addresses, _)| addresses.clone())
    }

    fn put(&mut self, key: Key, addresses: ResolvedSocketAddrs, now: Instant) {
        self.0.retain(|(name, _, _)| *name != key);
        if self.0.len() == MOST_KEPT {
            self.0.pop_front();
        }
        self.0.push_back((key, addresses, now));
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    /// Finds every host that is not called `missing`, and counts how often it is asked.
    #[derive(Debug, Default)]
    struct Counting(AtomicUsize);

    impl Resolver for Counting {
        fn resolve(&self, uri: &Uri, _: &Config, _: NextTimeout) -> Result<ResolvedSocketAddrs, Error> {
            self.0.fetch_add(1, Ordering::SeqCst);
            if uri.host() == Some("missing") {
                return Err(Error::Io(std::io::ErrorKind::Other.into()));
            }
            Ok(list(&["192.0.2.1:80", "[2001:db8::1]:80"]))
        }
    }

    fn list(addresses: &[&str]) -> ResolvedSocketAddrs {
        let mut all = Counting::default().empty();
        for address in addresses {
            all.push(address.parse().unwrap());
        }
        all
    }

    fn lookup() -> Lookup<Counting> {
        Lookup::new(Counting::default())
    }

    fn ask(lookup: &Lookup<Counting>, uri: &str, family: IpFamily) -> Result<ResolvedSocketAddrs, Error> {
        let config = Config::builder().ip_family(family).build();
        lookup.resolve(&uri.parse().unwrap(), &config, NextTimeout::default())
    }

    fn asked(lookup: &Lookup<Counting>) -> usize {
        lookup.inner.0.load(Ordering::SeqCst)
    }

    #[test]
    fn an_address_needs_no_lookup() {
        let lookup = lookup();
        for (uri, family, address) in [
            ("http://192.0.2.7/", IpFamily::Any, Some("192.0.2.7:80")),
            ("https://192.0.2.7/", IpFamily::Ipv4Only, Some("192.0.2.7:443")),
            ("https://192.0.2.7:8443/", IpFamily::Ipv6Only, None),
            ("http://[2001:db8::7]/", IpFamily::Any, Some("[2001:db8::7]:80")),
            ("https://[::1]:8443/", IpFamily::Ipv6Only, Some("[::1]:8443")),
            ("https://[::1]/", IpFamily::Ipv4Only, None),
        ] {
            match (ask(&lookup, uri, family), address) {
                (Ok(found), Some(address)) => assert_eq!(found, list(&[address]), "{uri}"),
                (Err(Error::HostNotFound), None) => {}
                (other, _) => panic!("{uri}: {other:?}"),
            }
        }
        assert_eq!(asked(&lookup), 0);
    }

    #[test]
    fn a_name_is_looked_up_once() {
        let lookup = lookup();
        for _ in 0..3 {
            let found = ask(&lookup, "http://platform.test/", IpFamily::Any).unwrap();
            assert_eq!(found, list(&["192.0.2.1:80", "[2001:db8::1]:80"]));
        }
        assert_eq!(asked(&lookup), 1);
        // Another port, another name, or another kind of address is another question.
        ask(&lookup, "https://platform.test/", IpFamily::Any).unwrap();
        ask(&lookup, "http://other.test/", IpFamily::Any).unwrap();
        ask(&lookup, "http://platform.test/", IpFamily::Ipv4Only).unwrap();
        assert_eq!(asked(&lookup), 4);
    }

    #[test]
    fn a_failure_is_not_kept() {
        let lookup = lookup();
        for _ in 0..2 {
            let failure = ask(&lookup, "http://missing/", IpFamily::Any);
            assert!(matches!(failure, Err(Error::HostNotFound)), "{failure:?}");
        }
        assert_eq!(asked(&lookup), 2);
    }

    #[test]
    fn what_is_no_url_is_left_to_ureq() {
        let lookup = lookup();
        ask(&lookup, "ftp://192.0.2.7/", IpFamily::Any).unwrap();
        assert_eq!(asked(&lookup), 1);
    }

    #[test]
    fn it_is_kept_for_a_while_and_not_without_end() {
        let (start, mut kept) = (Instant::now(), Kept::default());
        let key = |number: usize| (format!("{number}.test:80"), IpFamily::Any);
        let address = || list(&["192.0.2.1:80"]);
        kept.put(key(0), address(), start);
        let last = start + KEPT_FOR.saturating_sub(Duration::from_nanos(1));
        assert_eq!(kept.get(&key(0), last), Some(address()));
        assert_eq!(kept.get(&key(0), start + KEPT_FOR), None);
        assert_eq!(kept.0.len(), 0);

        (0..=MOST_KEPT).for_each(|number| kept.put(key(number), address(), start));
        assert_eq!(kept.0.len(), MOST_KEPT);
        assert_eq!((kept.get(&key(0), start), kept.get(&key(1), start)), (None, Some(address())));
    }
}
