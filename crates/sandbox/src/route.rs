//! From a method and a path to the call that is meant.

use http::{Method, Uri};
use percent_encoding::percent_decode_str;

use crate::catalogue;
use crate::noun::Noun;

/// The calls of the sandbox, to name one that is to fail or was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Call {
    /// `GET` or `POST /{nouns}/{key}/oauth/url`.
    OauthUrl,
    /// `POST /instances` or `POST /{nouns}/{key}/instances`.
    CreateInstance,
    /// `GET /instances`; with an instance token in the header it answers that one instance.
    ListInstances,
    /// `GET /instances/{id}`.
    GetInstance,
    /// `DELETE /instances/{id}` or `DELETE /instances`.
    DeleteInstance,
    /// `GET /{nouns}`.
    Catalogue,
    /// `GET /{nouns}/{key}`.
    Connector,
    /// `GET /{nouns}/{key}/configuration`.
    Configuration,
    /// `GET /ping`.
    Ping,
    /// A hub resource, such as `GET /hubs/social/media`.
    Resource,
    /// The provider's consent page: `GET /provider/{key}/oauth/authorize`.
    ConsentPage,
    /// The Allow or Deny button of that page: `POST` to the same path.
    Consent,
}

/// What a path names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    Connectors,
    Connector(String),
    Configuration(String),
    OauthUrl(String),
    ConnectorInstances(String),
    Instances,
    Instance(String),
    Ping,
    /// A hub resource without its hub, which the platform ignores.
    Resource(String),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Route {
    Platform(Noun, Target),
    /// The authorization endpoint of a connector's provider.
    Provider(String),
    Unknown,
}

impl Route {
    pub(crate) fn of(uri: &Uri) -> Self {
        let segments = segments(uri);
        let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
        match segments.as_slice() {
            ["provider", key, "oauth", "authorize"] => Self::Provider((*key).to_owned()),
            [first, "api-v2", rest @ ..] => Noun::from_plural(first)
                .and_then(|noun| Some(Self::Platform(noun, target(noun, rest)?)))
                .unwrap_or(Self::Unknown),
            _ => Self::Unknown,
        }
    }

    /// The methods that are possible here, with the call each makes.
    pub(crate) fn calls(&self) -> &'static [(&'static str, Call)] {
        match self {
            Self::Unknown => &[],
            Self::Provider(_) => &[("GET", Call::ConsentPage), ("POST", Call::Consent)],
            Self::Platform(_, target) => match target {
                Target::Connectors => &[("GET", Call::Catalogue)],
                Target::Connector(_) => &[("GET", Call::Connector)],
                Target::Configuration(_) => &[("GET", Call::Configuration)],
                Target::OauthUrl(_) => &[("GET", Call::OauthUrl), ("POST", Call::OauthUrl)],
                Target::ConnectorInstances(_) => &[("POST", Call::CreateInstance)],
                Target::Instances => &[
                    ("GET", Call::ListInstances),
                    ("POST", Call::CreateInstance),
                    ("DELETE", Call::DeleteInstance),
                ],
                Target::Instance(_) => &[("GET", Call::GetInstance), ("DELETE", Call::DeleteInstance)],
                Target::Ping => &[("GET", Call::Ping)],
                Target::Resource(_) => &[("GET", Call::Resource)],
            },
        }
    }

    pub(crate) fn call(&self, method: &Method) -> Option<Call> {
        self.calls().iter().find(|(name, _)| *name == method.as_str()).map(|(_, call)| *call)
    }
}

/// Empty segments are left out: live clients write double and trailing slashes.
pub(crate) fn segments(uri: &Uri) -> Vec<String> {
    let decode = |segment: &str| percent_decode_str(segment).decode_utf8_lossy().into_owned();
    uri.path().split('/').filter(|segment| !segment.is_empty()).map(decode).collect()
}

fn target(noun: Noun, segments: &[&str]) -> Option<Target> {
    let owned = |text: &&str| (*text).to_owned();
    Some(match segments {
        ["instances"] => Target::Instances,
        ["instances", id] => Target::Instance(owned(id)),
        ["ping"] => Target::Ping,
        [nouns, rest @ ..] if *nouns == noun.plural() => match rest {
            [] => Target::Connectors,
            [key] => Target::Connector(owned(key)),
            [key, "configuration"] => Target::Configuration(owned(key)),
            [key, "instances"] => Target::ConnectorInstances(owned(key)),
            [key, "oauth", "url"] => Target::OauthUrl(owned(key)),
            _ => return None,
        },
        ["hubs", _, "ping"] => Target::Ping,
        ["hubs", _, resource @ ..] | resource => {
            Some(resource.join("/")).filter(|path| catalogue::has_resource(path)).map(Target::Resource)?
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn route(path: &str) -> Route {
        Route::of(&path.parse().unwrap())
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
        assert_eq!(route("/elements/api-v2/your_moms"), Route::Unknown);
    }

    #[test]
    fn the_hub_part_is_ignored() {
        let expected = Route::Platform(Noun::YourMom, Target::Resource("users/self".to_owned()));
        assert_eq!(route("/your_moms/api-v2/hubs/social/users/self"), expected);
        assert_eq!(route("/your_moms/api-v2/users/self"), expected);
    }

    #[test]
    fn the_method_decides_the_call() {
        let instances = route("/your_moms/api-v2/instances");
        assert_eq!(instances.call(&Method::GET), Some(Call::ListInstances));
        assert_eq!(instances.call(&Method::POST), Some(Call::CreateInstance));
        assert_eq!(instances.call(&Method::PUT), None);
        assert_eq!(route("/your_moms/api-v3/instances"), Route::Unknown);
    }
}
