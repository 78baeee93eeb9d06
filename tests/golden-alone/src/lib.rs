//! Nothing but a test, of the golden files: see the manifest. A package needs something of its own.
