//! The catalogue of defects is whole: its entries are sound, each has a test that names it, and lenient code names the defect
//! that it is lenient for.

care_testkit::defect_tests!("NEWF", newfies_client::defects::ALL, newfies_client::defects::find);
