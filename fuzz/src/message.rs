//! HTTP messages as the seeds have them: a first line, headers, an empty line, and the body.

/// What stands between two messages of an input.
const SEPARATOR: &[u8] = b"\n---\n";
/// The most messages of an input.
const LIMIT: usize = 16;

/// A message in its parts. Nothing is checked: what HTTP does not allow, the types of `http` refuse.
pub(crate) struct Message<'a> {
    pub(crate) first: &'a [u8],
    pub(crate) headers: Vec<(&'a [u8], &'a [u8])>,
    pub(crate) body: &'a [u8],
}

impl<'a> Message<'a> {
    /// The messages of an input, one after another.
    pub(crate) fn several(data: &'a [u8]) -> impl Iterator<Item = &'a [u8]> {
        let mut rest = Some(data);
        let next = move || {
            let text = rest?;
            let at = text.windows(SEPARATOR.len()).position(|window| window == SEPARATOR);
            rest = at.map(|at| &text[at + SEPARATOR.len()..]);
            Some(&text[..at.unwrap_or(text.len())])
        };
        std::iter::from_fn(next).take(LIMIT)
    }

    pub(crate) fn read(mut rest: &'a [u8]) -> Self {
        let first = line(&mut rest);
        let mut headers = Vec::new();
        loop {
            match line(&mut rest) {
                b"" => return Self { first, headers, body: rest },
                header => {
                    let (name, value) = cut(header, b':');
                    headers.push((name, value.trim_ascii()));
                }
            }
        }
    }

    /// The request, if it is one that HTTP allows.
    pub(crate) fn request(&self) -> Option<http::Request<&'a [u8]>> {
        let (method, target) = cut(self.first, b' ');
        let request = http::Request::builder().method(method).uri(target);
        let request =
            self.headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        request.body(self.body).ok()
    }
}

/// Takes a line off, which ends with a line break or the text.
fn line<'a>(rest: &mut &'a [u8]) -> &'a [u8] {
    let (line, after) = cut(rest, b'\n');
    *rest = after;
    line
}

fn cut(text: &[u8], at: u8) -> (&[u8], &[u8]) {
    match text.iter().position(|byte| *byte == at) {
        Some(at) => (&text[..at], &text[at + 1..]),
        None => (text, b""),
    }
}
