//! Compiles and runs the README's examples.
#![doc = include_str!("../../README.md")]
