//! The contract of a transport, as checks anyone can run on theirs.
