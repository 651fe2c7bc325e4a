//! How many browsers run at a time: two on the whole machine, whether tests are threads of one process (`cargo test`)
//! or processes of their own (`cargo nextest`). In: `APERCU_SLOTS`. Out: `Slot`. Neighbours: `start.rs`.

use std::fs::{File, OpenOptions};
use std::time::Duration;

/// The right to run one browser; given back when dropped, also when the test process dies.
#[derive(Debug)]
pub struct Slot(#[allow(dead_code, reason = "held for its lock")] File);

impl Slot {
    /// Waits until one is free.
    pub fn take() -> Self {
        let slots = std::env::var("APERCU_SLOTS").ok().and_then(|text| text.parse().ok()).unwrap_or(2_u32);
        let folder = std::env::temp_dir().join("apercu-browser-slots");
        std::fs::create_dir_all(&folder).expect("the folder for temporary files cannot be written");
        loop {
            for number in 0..slots {
                let path = folder.join(number.to_string());
                let options = OpenOptions::new().create(true).truncate(false).write(true).open(&path);
                let file = options.expect("the lock file of a slot cannot be opened");
                if file.try_lock().is_ok() {
                    return Self(file);
                }
            }
            std::thread::sleep(Duration::from_millis(25));
        }
    }
}
