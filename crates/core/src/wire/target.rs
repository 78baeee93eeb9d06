//! The target of a request: path and query, written once and percent-encoded.

use http::uri::PathAndQuery;

use crate::error::{BuildError, PathErrorKind};
use crate::text::{percent, url};

/// The path of a request below the base path.
#[derive(Clone, Copy)]
pub(crate) enum Path<'a> {
    /// Each as [`RequestBuilder::segment`](super::RequestBuilder::segment) takes it.
    Segments(&'a [&'a str]),
    /// As [`RequestBuilder::path`](super::RequestBuilder::path) takes it.
    Written(&'a str),
}

impl Path<'_> {
    /// The length it has when encoded. A written path ends up longer where it has characters to encode, and shorter where it has
    /// escapes of characters that need none.
    fn length(self) -> usize {
        match self {
            Self::Segments(segments) => segments.iter().map(|segment| 1 + percent::length(segment)).sum(),
            Self::Written(path) => path.len() + usize::from(!path.starts_with('/')),
        }
    }
}

/// Path and query as written so far, base path included.
pub(super) struct Target {
    text: Vec<u8>,
    has_query: bool,
}

impl Target {
    /// Begins with `base_path`, with `room` for what follows. A query that fits leaves no secret behind in a buffer that was
    /// outgrown; where the room is exact, the target takes one allocation.
    pub(super) fn new(base_path: &str, room: usize) -> Self {
        let mut text = Vec::with_capacity(base_path.len() + room);
        text.extend_from_slice(base_path.as_bytes());
        Self { text, has_query: false }
    }

    /// A whole target, in one allocation unless a written path had to be encoded.
    pub(super) fn of<'a>(
        base_path: &str,
        path: Path<'_>,
        query: impl Iterator<Item = (&'a str, &'a str)> + Clone,
    ) -> Result<Self, BuildError> {
        let length = |(name, value)| 2 + percent::length(name) + percent::length(value);
        let query_length = query.clone().map(length).sum();
        let mut this = Self::new(base_path, path.length() + query_length);
        match path {
            Path::Segments(segments) => segments.iter().try_for_each(|segment| this.segment(segment))?,
            Path::Written(path) => this.path(path)?,
        }
        // A written path that had to be encoded has used up some of the room.
        this.text.reserve(query_length);
        query.for_each(|(name, value)| this.query(name, value));
        Ok(this)
    }

    /// Adds one segment.
    pub(super) fn segment(&mut self, segment: &str) -> Result<(), BuildError> {
        if self.has_query {
            return Err(error(segment, PathErrorKind::QueryOrFragment));
        }
        // An HTTP library may collapse dot segments, also encoded ones, and so change which resource is meant.
        if matches!(segment, "" | "." | "..") {
            return Err(error(segment, PathErrorKind::NotASegment));
        }
        self.text.push(b'/');
        percent::push(&mut self.text, segment);
        Ok(())
    }

    /// Adds the segments of a path as a person writes it.
    pub(super) fn path(&mut self, path: &str) -> Result<(), BuildError> {
        let path = path.strip_prefix('/').unwrap_or(path);
        let is_plain = memchr::memchr3(b'%', b'?', b'#', path.as_bytes()).is_none();
        url::parts(path, b'/').try_for_each(|segment| {
            if is_plain { self.segment(segment) } else { self.written_segment(segment) }
        })
    }

    /// Adds a segment with escapes; refuses one that a query or a fragment follows.
    fn written_segment(&mut self, segment: &str) -> Result<(), BuildError> {
        // What follows may be a query with a secret in it, and goes into no error.
        let name = segment.split(['?', '#']).next().unwrap_or_default();
        match percent::decoded(name, false) {
            Some(decoded) if name.len() == segment.len() => self.segment(&decoded),
            Some(_) => Err(error(name, PathErrorKind::QueryOrFragment)),
            None => Err(error(name, PathErrorKind::Escape)),
        }
    }

    /// Adds one query parameter.
    pub(super) fn query(&mut self, name: &str, value: &str) {
        self.text.push(if self.has_query { b'&' } else { b'?' });
        self.has_query = true;
        percent::push(&mut self.text, name);
        self.text.push(b'=');
        percent::push(&mut self.text, value);
    }

    pub(super) fn finish(self) -> Result<PathAndQuery, BuildError> {
        PathAndQuery::try_from(self.text).map_err(|_| error("", PathErrorKind::TooLong))
    }
}

fn error(segment: &str, kind: PathErrorKind) -> BuildError {
    BuildError::Path { segment: segment.to_owned(), kind }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_room_is_exact() {
        let query = [("a b", "https://app.example/é"), ("state", "x~y")];
        for path in [Path::Segments(&["elements", "a/b"]), Path::Written("/elements/a%2Fb")] {
            let target = Target::of("/api-v2", path, query.into_iter()).unwrap().text;
            assert_eq!(target.capacity(), target.len());
            let target = String::from_utf8(target).unwrap();
            let expected = "/api-v2/elements/a%2Fb?a%20b=https%3A%2F%2Fapp.example%2F%C3%A9&state=x~y";
            assert_eq!(target, expected);
        }
    }
}
