#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| your_moms_fuzz::round_trip::steps(data));
