//! The modules form layers: arrows point down only, and no circle holds files together.

use care_testkit::layers::Layers;

/// The top-level modules from the lowest layer to the highest.
const ORDER: &[&[&str]] = &[
    // What needs no other module.
    &["lock", "secrets", "bodies", "stop_signal"],
    // What an emulator is made of.
    &["clock", "fault", "faulty_stream", "journal", "listener"],
    &["faults", "hooks"],
    &["control"],
    &["exchange"],
    &["server"],
    &["harness", "handle"],
    // The emulators, of which none knows another.
    &["aura", "leap", "engagement", "caremessenger", "newfies"],
    &["standalone"],
    &["main"],
];

#[test]
fn arrows_point_down_and_form_no_circle() {
    let layers = Layers::of(concat!(env!("CARGO_MANIFEST_DIR"), "/src"));
    layers.assert_circles_at_most(0);
    layers.assert_order(ORDER);
    layers.assert_no_imports_through_the_root();
}
