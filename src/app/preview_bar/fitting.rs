//! Where a frame of a fixed width lies in its pane. In: widths in CSS pixels. Out: the frame's size and scale.
//! Neighbours: `bar_host.rs` gives them to the styles (`styles/preview-bar.css`).

/// The height of the bar; the styles have the same.
pub const BAR_HEIGHT: f64 = 39.0;

/// The place of a frame, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fitting {
    /// The width of its document.
    pub width: f64,
    /// The height of its document's window.
    pub height: f64,
    /// How many times smaller it is drawn, at most 1.
    pub scale: f64,
    /// What stays free left of it.
    pub left: f64,
}

impl Fitting {
    /// A frame of that width in a room of that width and height: in its middle, or drawn smaller where it is wider.
    pub fn of(width: f64, (room, height): (f64, f64)) -> Self {
        let scale = if room > 0.0 { (room / width).min(1.0) } else { 1.0 };
        let left = ((room - width) / 2.0).max(0.0).floor();
        Self { width, height: (height.max(0.0) / scale).floor(), scale, left }
    }

    /// The properties that the styles read.
    pub fn properties(&self) -> [(&'static str, String); 4] {
        let pixels = |value: f64| [&value.to_string(), "px"].concat();
        [
            ("--frame-width", pixels(self.width)),
            ("--frame-height", pixels(self.height)),
            ("--frame-scale", self.scale.to_string()),
            ("--frame-left", pixels(self.left)),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_narrow_frame_stands_in_the_middle_and_a_wide_one_is_drawn_smaller() {
        assert_eq!(
            Fitting::of(390.0, (700.0, 600.0)),
            Fitting { width: 390.0, height: 600.0, scale: 1.0, left: 155.0 }
        );
        assert_eq!(
            Fitting::of(1280.0, (640.0, 600.0)),
            Fitting { width: 1280.0, height: 1200.0, scale: 0.5, left: 0.0 }
        );
        // A pane that is not seen.
        assert_eq!(Fitting::of(768.0, (0.0, -39.0)), Fitting { width: 768.0, height: 0.0, scale: 1.0, left: 0.0 });
    }
}
