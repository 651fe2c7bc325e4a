//! Maps a place in the source to a height on the screen and back, between points whose place and height are known.
//! In: points. Out: interpolated positions. Neighbours: `app/preview/scroll_sync.rs` gathers the points.

/// Known points, ascending in both coordinates: source offset in bytes, height in pixels.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ScrollMap {
    points: Vec<(usize, f64)>,
}

impl ScrollMap {
    /// Adds a point. A point with a smaller coordinate than the one before it is left out.
    pub fn add(&mut self, offset: usize, height: f64) {
        match self.points.last() {
            Some(&(last_offset, last_height)) if offset <= last_offset || height < last_height => {}
            _ => self.points.push((offset, height)),
        }
    }

    /// The height of a source offset, by a straight line between its two neighbours.
    pub fn height_of(&self, offset: usize) -> f64 {
        let after = self.points.partition_point(|&(o, _)| o <= offset);
        match (after.checked_sub(1).and_then(|i| self.points.get(i)), self.points.get(after)) {
            (Some(&(o1, h1)), Some(&(o2, h2))) => h1 + (h2 - h1) * (offset - o1) as f64 / (o2 - o1) as f64,
            (Some(&(_, h)), None) | (None, Some(&(_, h))) => h,
            (None, None) => 0.0,
        }
    }

    /// The source offset at a height, by a straight line between its two neighbours.
    pub fn offset_at(&self, height: f64) -> usize {
        let after = self.points.partition_point(|&(_, h)| h <= height);
        match (after.checked_sub(1).and_then(|i| self.points.get(i)), self.points.get(after)) {
            (Some(&(o1, h1)), Some(&(o2, h2))) => o1 + ((height - h1) / (h2 - h1) * (o2 - o1) as f64) as usize,
            (Some(&(o, _)), None) | (None, Some(&(o, _))) => o,
            (None, None) => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heights_and_offsets_are_inverse_between_points() {
        let mut map = ScrollMap::default();
        for (offset, height) in [(0, 0.0), (100, 50.0), (200, 450.0)] {
            map.add(offset, height);
        }
        assert_eq!(map.height_of(50), 25.0);
        assert_eq!(map.height_of(150), 250.0);
        assert_eq!(map.offset_at(250.0), 150);
        assert_eq!(map.height_of(999), 450.0);
        assert_eq!(map.offset_at(-1.0), 0);
    }

    #[test]
    fn points_that_run_backwards_are_left_out() {
        let mut map = ScrollMap::default();
        map.add(10, 10.0);
        map.add(5, 20.0);
        map.add(20, 5.0);
        map.add(20, 30.0);
        assert_eq!(map.height_of(15), 20.0);
    }

    #[test]
    fn an_empty_map_answers() {
        assert_eq!(ScrollMap::default().height_of(7), 0.0);
        assert_eq!(ScrollMap::default().offset_at(7.0), 0);
    }
}
