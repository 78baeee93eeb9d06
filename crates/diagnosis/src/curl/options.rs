//! Which option of curl takes what (curl 8, `curl --help all`).

use std::ops::Range;

use super::{Command, Word};

/// The short options that take a value.
const SHORT: &str = "XHduobcAeFTwmxEKCDUYyztQPr";

/// The long options that take a value, as far as requests like these have them.
const LONG: [&str; 41] = [
    "request",
    "header",
    "data",
    "data-raw",
    "data-binary",
    "data-ascii",
    "data-urlencode",
    "json",
    "user",
    "output",
    "cookie",
    "cookie-jar",
    "user-agent",
    "referer",
    "form",
    "form-string",
    "url",
    "max-time",
    "connect-timeout",
    "proxy",
    "cert",
    "key",
    "cacert",
    "capath",
    "write-out",
    "retry",
    "retry-delay",
    "upload-file",
    "range",
    "oauth2-bearer",
    "url-query",
    "resolve",
    "interface",
    "limit-rate",
    "config",
    "dump-header",
    "proxy-user",
    "max-redirs",
    "proto",
    "aws-sigv4",
    "ciphers",
];

/// What one option was given: a word, or the rest of one.
#[derive(Clone, Copy)]
pub(super) struct Given<'a> {
    pub(super) word: &'a Word,
    pub(super) from: usize,
    /// Where the option's word begins.
    pub(super) option: usize,
}

impl<'a> Given<'a> {
    pub(super) fn text(&self) -> &'a str {
        self.word.text.get(self.from..).unwrap_or_default()
    }

    /// Where a part of the text stands in the source.
    pub(super) fn place(&self, part: Range<usize>) -> Range<usize> {
        self.word.place(self.from + part.start..self.from + part.end)
    }

    /// Where all of it stands.
    pub(super) fn span(&self) -> Range<usize> {
        if self.from == 0 { self.word.span.clone() } else { self.place(0..self.text().len()) }
    }
}

/// What a curl command sends.
#[derive(Default)]
pub(super) struct Request<'a> {
    pub(super) method: Option<(&'a str, Range<usize>)>,
    pub(super) headers: Vec<Given<'a>>,
    pub(super) bodies: Vec<Given<'a>>,
    pub(super) urls: Vec<Given<'a>>,
    /// What `-h` was given, which prints curl's help.
    pub(super) help: Option<Given<'a>>,
    /// What `-x` was given, which is a proxy.
    pub(super) proxy: Option<Given<'a>>,
    /// `--json` names the type itself.
    pub(super) is_json: bool,
    /// `-G` puts the body into the query.
    pub(super) in_query: bool,
    pub(super) has_form: bool,
    pub(super) input: Option<&'a Word>,
}

impl<'a> Request<'a> {
    pub(super) fn of(command: &'a Command) -> Self {
        let mut request = Self { input: command.input.as_ref(), ..Self::default() };
        let mut words = command.words.iter().skip(1);
        while let Some(word) = words.next() {
            let text = word.text.as_str();
            let option = word.span.start;
            if let Some(long) = text.strip_prefix("--").filter(|long| !long.is_empty()) {
                let (name, inline) = match long.split_once('=') {
                    Some((name, _)) if LONG.contains(&name) => (name, Some(name.len() + 3)),
                    _ => (long, None),
                };
                if LONG.contains(&name) {
                    let given = match inline {
                        Some(from) => Some(Given { word, from, option }),
                        None => words.next().map(|word| Given { word, from: 0, option }),
                    };
                    if let Some(given) = given {
                        request.long(name, given);
                    }
                }
                request.in_query |= name == "get";
                if name == "head" {
                    request.method.get_or_insert(("HEAD", word.span.clone()));
                }
            } else if text.len() > 1 && text.starts_with('-') {
                request.short(word, &mut words);
            } else {
                request.urls.push(Given { word, from: 0, option });
            }
        }
        request
    }

    fn short(&mut self, word: &'a Word, words: &mut impl Iterator<Item = &'a Word>) {
        let option = word.span.start;
        for (at, c) in word.text.char_indices().skip(1) {
            self.in_query |= c == 'G';
            let from = at + c.len_utf8();
            if SHORT.contains(c) || c == 'h' {
                let given = if from < word.text.len() {
                    Some(Given { word, from, option })
                } else if c == 'h' {
                    // Only a header shows that `-H` was meant.
                    words.next().map(|word| Given { word, from: 0, option })
                } else {
                    words.next().map(|word| Given { word, from: 0, option })
                };
                if let Some(given) = given {
                    match c {
                        'X' => self.method = Some((given.text(), given.span())),
                        'H' => self.headers.push(given),
                        'd' => self.bodies.push(given),
                        'F' => self.has_form = true,
                        'h' => self.help = Some(given),
                        'x' => self.proxy = Some(given),
                        _ => {}
                    }
                }
                return;
            }
        }
    }

    fn long(&mut self, name: &str, given: Given<'a>) {
        match name {
            "request" => self.method = Some((given.text(), given.span())),
            "header" => self.headers.push(given),
            "data" | "data-raw" | "data-binary" | "data-ascii" => self.bodies.push(given),
            "json" => {
                self.is_json = true;
                self.bodies.push(given);
            }
            "form" | "form-string" | "upload-file" | "data-urlencode" => self.has_form = true,
            "url" => self.urls.push(given),
            _ => {}
        }
    }

    /// The path of the first URL, without its query.
    pub(super) fn path(&self) -> &'a str {
        let url = self.urls.iter().map(Given::text).find(|url| url.contains('/')).unwrap_or_default();
        let end = url.find(['?', '#']).unwrap_or(url.len());
        url.get(..end).unwrap_or_default().trim_end_matches('/')
    }

    /// The method that curl uses.
    pub(super) fn effective_method(&self) -> &str {
        match &self.method {
            Some((method, _)) => method,
            None if self.bodies.is_empty() || self.in_query => "GET",
            None => "POST",
        }
    }
}
