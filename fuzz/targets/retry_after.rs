#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| your_moms_fuzz::retry_after::read(data));
