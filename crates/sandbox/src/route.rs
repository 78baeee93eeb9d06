//! From a method and a path to the call that is meant.

use http::{Request, Uri};
use percent_encoding::percent_decode_str;

use crate::authorization;
use crate::catalogue::Catalogue;
use crate::noun::Noun;

pub use name::UnknownCall;
pub use target::Call;
pub(crate) use target::{Target, Which};

mod name;
mod target;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Route {
    Platform(Noun, Target),
    /// The authorization endpoint of a connector's provider.
    Provider(String),
    /// A path that does not exist; below the base path of a vocabulary, or nowhere near it.
    Unknown(Option<Noun>),
}

impl Route {
    pub(crate) fn of(uri: &Uri, catalogue: &Catalogue) -> Self {
        let segments = segments(uri);
        let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
        match segments.as_slice() {
            ["provider", key, "oauth", "authorize"] => Self::Provider((*key).to_owned()),
            [first, "api-v2", rest @ ..] => {
                let noun = Noun::from_plural(first);
                let found =
                    noun.and_then(|noun| Some(Self::Platform(noun, Target::of(noun, rest, catalogue)?)));
                found.unwrap_or(Self::Unknown(noun))
            }
            _ => Self::Unknown(None),
        }
    }

    /// The methods that are possible here, with the call each makes.
    pub(crate) fn calls(&self) -> &'static [(&'static str, Call)] {
        match self {
            Self::Unknown(_) => &[],
            Self::Provider(_) => &[("GET", Call::ConsentPage), ("POST", Call::Consent)],
            Self::Platform(_, target) => target.calls(),
        }
    }

    /// Their names, for a header.
    pub(crate) fn methods(&self) -> Vec<&'static str> {
        let methods: Vec<_> = self.calls().iter().map(|(method, _)| *method).collect();
        if matches!(self, Self::Platform(..)) { with_implied(&methods) } else { methods }
    }

    /// Whether it is below the base path of a vocabulary, where pages of any origin may read.
    pub(crate) fn is_api(&self) -> bool {
        matches!(self, Self::Platform(..) | Self::Unknown(Some(_)))
    }

    pub(crate) fn call(&self, request: &Request<&[u8]>) -> Option<Call> {
        let method = match request.method().as_str() {
            "OPTIONS" if matches!(self, Self::Platform(..)) => return Some(Call::Options),
            // Which is the same without the body.
            "HEAD" if matches!(self, Self::Platform(..)) => "GET",
            method => method,
        };
        let call = self.calls().iter().find(|(name, _)| *name == method).map(|(_, call)| *call)?;
        match self {
            Self::Platform(noun, Target::Instances(None))
                if call == Call::ListInstances && authorization::names_token(request.headers(), *noun) =>
            {
                Some(Call::GetInstance)
            }
            _ => Some(call),
        }
    }
}

/// With `HEAD` after `GET`, and `OPTIONS`, which every path of the API has.
pub(crate) fn with_implied(methods: &[&'static str]) -> Vec<&'static str> {
    let implied = |method: &&'static str| if *method == "GET" { vec!["GET", "HEAD"] } else { vec![*method] };
    methods.iter().flat_map(implied).chain(["OPTIONS"]).collect()
}

/// Empty segments are left out: live clients write double and trailing slashes.
pub(crate) fn segments(uri: &Uri) -> Vec<String> {
    let decode = |segment: &str| percent_decode_str(segment).decode_utf8_lossy().into_owned();
    uri.path().split('/').filter(|segment| !segment.is_empty()).map(decode).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn route(path: &str) -> Route {
        Route::of(&path.parse().unwrap(), &Catalogue::builtin())
    }

    fn call(method: &str, path: &str, authorization: &str) -> Option<Call> {
        let request = Request::builder().method(method).uri(path).header("authorization", authorization);
        route(path).call(&request.body(&b""[..]).unwrap())
    }

    #[test]
    fn slashes_do_not_count_and_segments_are_decoded() {
        let expected = Route::Platform(Noun::YourMom, Target::OauthUrl("instagram".to_owned()));
        assert_eq!(route("/your_moms/api-v2/your_moms/instagram/oauth/url"), expected);
        assert_eq!(route("//your_moms/api-v2//your_moms/%69nstagram/oauth/url/?a=b"), expected);
    }

    #[test]
    fn the_noun_of_the_base_path_is_the_noun_of_the_catalogue() {
        let expected = Route::Platform(Noun::Element, Target::Connectors);
        assert_eq!(route("/elements/api-v2/elements"), expected);
        assert_eq!(route("/elements/api-v2/your_moms"), Route::Unknown(Some(Noun::Element)));
    }

    #[test]
    fn the_hub_part_is_ignored() {
        let expected =
            Route::Platform(Noun::YourMom, Target::Resource(vec!["users".to_owned(), "self".to_owned()]));
        assert_eq!(route("/your_moms/api-v2/hubs/social/users/self"), expected);
        assert_eq!(route("/your_moms/api-v2/users/self"), expected);
    }

    #[test]
    fn the_method_decides_the_call() {
        let path = "/your_moms/api-v2/instances";
        assert_eq!(call("GET", path, ""), Some(Call::ListInstances));
        assert_eq!(call("POST", path, ""), Some(Call::CreateInstance));
        assert_eq!(call("PATCH", path, ""), Some(Call::UpdateInstance));
        assert_eq!(call("HEAD", path, ""), Some(Call::ListInstances));
        assert_eq!(call("OPTIONS", path, ""), Some(Call::Options));
        assert_eq!(call("TRACE", path, ""), None);
        assert_eq!(route("/your_moms/api-v3/instances"), Route::Unknown(None));
    }

    #[test]
    fn a_token_in_the_header_makes_a_list_one_instance() {
        let path = "/your_moms/api-v2/instances";
        assert_eq!(call("GET", path, "User u, Organization o, your_mom t"), Some(Call::GetInstance));
        assert_eq!(call("GET", path, "User u, Organization o, Element t"), Some(Call::ListInstances));
        let path = "/your_moms/api-v2/your_moms/74/instances";
        assert_eq!(call("GET", path, "User u, Organization o, Your_mom t"), Some(Call::ListInstances));
    }
}
