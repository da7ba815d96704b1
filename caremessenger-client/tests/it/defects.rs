//! The catalogue of defects is whole: its entries are sound, each has a test that names it, and lenient code names the defect
//! that it is lenient for.

care_testkit::defect_tests!("CARE", caremessenger_client::defects::ALL, caremessenger_client::defects::find);
