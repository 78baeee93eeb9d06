//! The `Authorization` header: `User <secret>, Organization <secret>, Your_mom <token>`, in any order.

use http::HeaderMap;
use http::header::AUTHORIZATION;

use crate::credentials::Credentials;
use crate::noun::Noun;

/// What a header claims, not yet believed.
#[derive(Default)]
struct Claims<'a> {
    user: Option<&'a str>,
    organization: Option<&'a str>,
    token: Option<&'a str>,
}

/// What a header proved: the user, and these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Proven {
    pub(crate) organization: bool,
    /// The id of the instance whose token was given.
    pub(crate) instance: Option<u64>,
}

/// `None` unless the user's secret and whatever else is given are right.
pub(crate) fn proven(
    headers: &HeaderMap,
    noun: Noun,
    credentials: &Credentials,
    instance_of: impl Fn(&str) -> Option<u64>,
) -> Option<Proven> {
    let mut fields = headers.get_all(AUTHORIZATION).iter();
    let (Some(field), None) = (fields.next(), fields.next()) else { return None };
    let claims = claims(field.to_str().ok()?, noun)?;
    (claims.user? == credentials.user_secret).then_some(())?;
    let organization = match claims.organization {
        Some(secret) => (secret == credentials.organization_secret).then_some(true)?,
        None => false,
    };
    let instance = match claims.token {
        Some(token) => Some(instance_of(token)?),
        None => None,
    };
    Some(Proven { organization, instance })
}

/// `None` if a part is unknown, has no value or comes twice.
fn claims(field: &str, noun: Noun) -> Option<Claims<'_>> {
    let mut claims = Claims::default();
    for part in field.split(',') {
        let (word, value) = part.trim().split_once(' ')?;
        let slot = if word.eq_ignore_ascii_case("User") {
            &mut claims.user
        } else if word.eq_ignore_ascii_case("Organization") {
            &mut claims.organization
        } else if word.eq_ignore_ascii_case(noun.header_word()) {
            &mut claims.token
        } else {
            return None;
        };
        if slot.replace(value.trim()).is_some() {
            return None;
        }
    }
    Some(claims)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prove(noun: Noun, field: &str) -> Option<Proven> {
        let credentials =
            Credentials { user_secret: "u+/=".to_owned(), organization_secret: "o+/=".to_owned() };
        let mut headers = HeaderMap::new();
        headers.insert(AUTHORIZATION, field.parse().unwrap());
        proven(&headers, noun, &credentials, |token| (token == "t+/=").then_some(7))
    }

    #[test]
    fn the_order_of_the_parts_does_not_matter() {
        let expected = Some(Proven { organization: true, instance: Some(7) });
        assert_eq!(prove(Noun::YourMom, "User u+/=, Organization o+/=, Your_mom t+/="), expected);
        assert_eq!(prove(Noun::Element, "Element t+/=,Organization  o+/=,  user u+/="), expected);
    }

    #[test]
    fn two_parts_prove_one_thing_each() {
        let expected = Some(Proven { organization: true, instance: None });
        assert_eq!(prove(Noun::YourMom, "User u+/=, Organization o+/="), expected);
        let expected = Some(Proven { organization: false, instance: Some(7) });
        assert_eq!(prove(Noun::YourMom, "User u+/=, Your_mom t+/="), expected);
    }

    #[test]
    fn every_part_that_is_given_must_be_right() {
        for field in [
            "",
            "User",
            "User ",
            "User u",
            "Organization o+/=",
            "User u+/=, Organization o",
            "User u+/=, Organization o+/=, Your_mom t",
            "User u+/=, Organization o+/=, Element t+/=",
            "User u+/=, User u+/=",
            "User u+/=; Organization o+/=",
            "Bearer t+/=",
            "User u+/=,",
        ] {
            assert_eq!(prove(Noun::YourMom, field), None, "{field}");
        }
    }

    #[test]
    fn two_header_fields_are_refused() {
        let credentials = Credentials { user_secret: "u".to_owned(), organization_secret: "o".to_owned() };
        let mut headers = HeaderMap::new();
        headers.append(AUTHORIZATION, "User u".parse().unwrap());
        headers.append(AUTHORIZATION, "User u".parse().unwrap());
        assert_eq!(proven(&headers, Noun::YourMom, &credentials, |_| None), None);
    }
}
