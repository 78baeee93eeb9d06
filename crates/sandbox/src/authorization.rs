//! The `Authorization` header: `User <secret>, Organization <secret>, Your_mom <token>`, in any order. Published clients
//! write `Element: <token>`, too.

use http::HeaderMap;
use http::header::AUTHORIZATION;

use crate::account::{AccountId, Accounts};
use crate::noun::Noun;

/// What a header claims, not yet believed.
#[derive(Default)]
struct Claims<'a> {
    user: Option<&'a str>,
    organization: Option<&'a str>,
    token: Option<&'a str>,
}

/// What a header proved: the account of the user, and these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Proven {
    pub(crate) account: AccountId,
    pub(crate) organization: bool,
    /// The id of the instance whose token was given.
    pub(crate) instance: Option<u64>,
}

/// `None` unless the user's secret and whatever else is given are right, and belong to one account.
pub(crate) fn proven(
    headers: &HeaderMap,
    noun: Noun,
    accounts: &Accounts,
    instance_of: impl Fn(AccountId, &str) -> Option<u64>,
) -> Option<Proven> {
    let mut fields = headers.get_all(AUTHORIZATION).iter();
    let (Some(field), None) = (fields.next(), fields.next()) else { return None };
    let claims = claims(field.to_str().ok()?, noun)?;
    let (account, credentials) = accounts.of_user(claims.user?)?;
    let organization = match claims.organization {
        Some(secret) => (secret == credentials.organization_secret).then_some(true)?,
        None => false,
    };
    let instance = match claims.token {
        Some(token) => Some(instance_of(account, token)?),
        None => None,
    };
    Some(Proven { account, organization, instance })
}

/// Whether a header claims an instance token, right or wrong.
pub(crate) fn names_token(headers: &HeaderMap, noun: Noun) -> bool {
    let field = headers.get(AUTHORIZATION).and_then(|field| field.to_str().ok());
    field.and_then(|field| claims(field, noun)).is_some_and(|claims| claims.token.is_some())
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
        } else if word.strip_suffix(':').unwrap_or(word).eq_ignore_ascii_case(noun.header_word()) {
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
    use crate::random::Random;

    /// A header made of the secrets of two accounts, and what it proves; `t` is an instance token of the first.
    fn prove(noun: Noun, field: &str) -> Option<(bool, Option<u64>)> {
        let mut random = Random::new(1);
        let mut accounts = Accounts::new(&mut random);
        let (first, second) = (accounts.first().clone(), accounts.add(&mut random));
        let field = field
            .replace("$u", &first.user_secret)
            .replace("$o", &first.organization_secret)
            .replace("$U", &second.user_secret)
            .replace("$O", &second.organization_secret);
        let (owner, _) = accounts.of_user(&first.user_secret)?;
        let mut headers = HeaderMap::new();
        headers.insert(AUTHORIZATION, field.parse().unwrap());
        let proven = proven(&headers, noun, &accounts, |account, token| {
            (account == owner && token == "t+/=").then_some(7)
        })?;
        Some((proven.organization, proven.instance))
    }

    #[test]
    fn the_order_of_the_parts_does_not_matter() {
        let expected = Some((true, Some(7)));
        assert_eq!(prove(Noun::YourMom, "User $u, Organization $o, Your_mom t+/="), expected);
        assert_eq!(prove(Noun::Element, "Element t+/=,Organization  $o,  user $u"), expected);
        assert_eq!(prove(Noun::Element, "User $u, Organization $o, Element: t+/="), expected);
    }

    #[test]
    fn two_parts_prove_one_thing_each() {
        assert_eq!(prove(Noun::YourMom, "User $u, Organization $o"), Some((true, None)));
        assert_eq!(prove(Noun::YourMom, "User $u, Your_mom t+/="), Some((false, Some(7))));
        assert_eq!(prove(Noun::YourMom, "User $U, Organization $O"), Some((true, None)));
    }

    #[test]
    fn every_part_that_is_given_must_be_right_and_of_one_account() {
        for field in [
            "",
            "User",
            "User ",
            "User u",
            "Organization $o",
            "User $u, Organization o",
            "User $u, Organization $o, Your_mom t",
            "User $u, Organization $o, Element t+/=",
            "User $u, User $u",
            "User: $u, Organization $o",
            "User $u, Organization $o, Your_mom:: t+/=",
            "User $u; Organization $o",
            "Bearer t+/=",
            "User $u,",
            "User $u, Organization $O",
            "User $U, Organization $o",
            "User $U, Organization $O, Your_mom t+/=",
            "User $U, Your_mom t+/=",
        ] {
            assert_eq!(prove(Noun::YourMom, field), None, "{field}");
        }
    }

    #[test]
    fn two_header_fields_are_refused() {
        let accounts = Accounts::new(&mut Random::new(1));
        let field = format!("User {}", accounts.first().user_secret);
        let mut headers = HeaderMap::new();
        headers.append(AUTHORIZATION, field.parse().unwrap());
        assert!(proven(&headers, Noun::YourMom, &accounts, |_, _| None).is_some());
        headers.append(AUTHORIZATION, field.parse().unwrap());
        assert_eq!(proven(&headers, Noun::YourMom, &accounts, |_, _| None), None);
    }
}
