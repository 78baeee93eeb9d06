//! The sandbox's guide names every call and every fault there is.

use your_moms_sandbox::{Call, Fault};

#[test]
fn the_guide_is_complete() {
    let guide = include_str!("../docs/SANDBOX.md");
    for call in Call::ALL {
        assert!(guide.contains(&format!("`{call}`")), "{call}");
    }
    for (form, meaning) in Fault::FORMS {
        assert!(guide.contains(&format!("\n| `{form}` | {meaning} |\n")), "{form}");
    }
    let combined = "gateway-html-502-cut-late-2s-retry-7s-after";
    assert!(guide.contains(combined));
    assert_eq!(combined.parse::<Fault>().unwrap().to_string(), combined);
}
