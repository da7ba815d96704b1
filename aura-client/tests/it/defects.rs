//! The catalogue of defects is whole: its entries are sound, each has a test that names it, and lenient code names the defect
//! that it is lenient for.

care_testkit::defect_tests!("AURA", aura_client::defects::ALL, aura_client::defects::find);
