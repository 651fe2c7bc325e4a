//! Time zones of this machine. In: a name. Out: a `Zone`. Neighbours: `post_file.rs`; `post/zone.rs` does the
//! arithmetic.

use tz::{TimeZoneRef, TimeZoneSettings};

use crate::post::zone::Zone;

/// 1900-01-01 and 2100-01-01, in seconds since 1970: no post is dated outside.
const YEARS: (i64, i64) = (-2_208_988_800, 4_102_444_800);
/// The shortest time that a zone has kept an offset is four weeks.
const STEP: i64 = 14 * 86_400;

/// The zone of that name in the machine's tables, or a rule as POSIX writes it (`CET-1CEST,M3.5.0,M10.5.0/3`).
pub fn find(name: &str) -> Option<Zone> {
    let settings = TimeZoneSettings::new(TimeZoneSettings::DEFAULT_DIRECTORIES, |path| Ok(std::fs::read(path)?));
    // A name that begins with a slash or a colon is a path for it.
    let plain = !name.starts_with(['/', ':', '.']) && !name.contains("..");
    let zone = plain.then(|| settings.parse_posix_tz(name).ok()).flatten()?;
    let offset = |zone: TimeZoneRef<'_>, unix: i64| {
        zone.find_local_time_type(unix).map_or(0, |local| local.ut_offset().div_euclid(60))
    };
    Some(Zone::sampled(name, YEARS.0, YEARS.1, STEP, &|unix| offset(zone.as_ref(), unix)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_needs_no_table() {
        let zone = find("CET-1CEST,M3.5.0,M10.5.0/3").expect("a rule");
        assert_eq!(zone.offset_at(1_420_070_400), 60);
        assert_eq!(zone.offset_at(1_404_172_800), 120);
        assert_eq!(zone.offset_at(1_414_285_199), 120);
        assert_eq!(zone.offset_at(1_414_285_200), 60);
    }

    #[test]
    fn what_is_no_zone_is_none() {
        assert_eq!(find("Europe/Atlantis"), None);
        assert_eq!(find("/etc/passwd"), None);
        assert_eq!(find("../../etc/passwd"), None);
        assert_eq!(find(""), None);
    }
}
