//! Reading what may be secret, without quoting it in errors.

use std::fmt;

use serde::de::{Error, MapAccess, SeqAccess, Unexpected, Visitor};
use serde::{Deserializer, forward_to_deserialize_any};

/// A deserializer of a struct that has secrets. Where something else than a struct stands, the error says of which kind it is;
/// serde's own would quote all of it: a stored form that was put into JSON twice is one text.
pub(crate) struct Unquoted<D>(pub(crate) D);

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Unquoted<D> {
    type Error = D::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        // A struct is not asked for as one: the parser would look for itself at what is none.
        self.0.deserialize_any(Members(visitor))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// Takes the members of a struct.
struct Members<V>(V);

impl<V> Members<V> {
    fn refuse<'de, T, E: Error>(&self, kind: &str) -> Result<T, E>
    where
        V: Visitor<'de>,
    {
        Err(E::invalid_type(Unexpected::Other(kind), &self.0))
    }
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Members<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.expecting(f)
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<V::Value, A::Error> {
        self.0.visit_map(members)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, members: A) -> Result<V::Value, A::Error> {
        self.0.visit_seq(members)
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<V::Value, E> {
        self.refuse("a boolean")
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<V::Value, E> {
        self.refuse("a number")
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<V::Value, E> {
        self.refuse("a number")
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<V::Value, E> {
        self.refuse("a number")
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<V::Value, E> {
        self.refuse("text")
    }
}
