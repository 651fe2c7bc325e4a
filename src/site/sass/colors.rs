//! Colors as libsass writes them. In: a declaration as grass writes it. Out: the same without `rgb()` and `hsl()`, which
//! grass keeps as the source has them. Neighbours: `style.rs` asks.

use std::borrow::Cow;

/// The names that libsass writes for these colors. It knows all names of CSS; these are the ones that stylesheets compute.
const NAMES: [(&str, &str); 16] = [
    ("#ffffff", "white"),
    ("#000000", "black"),
    ("#ff0000", "red"),
    ("#0000ff", "blue"),
    ("#00ff00", "lime"),
    ("#ffff00", "yellow"),
    ("#00ffff", "cyan"),
    ("#ff00ff", "magenta"),
    ("#808080", "gray"),
    ("#c0c0c0", "silver"),
    ("#800000", "maroon"),
    ("#808000", "olive"),
    ("#000080", "navy"),
    ("#800080", "purple"),
    ("#008080", "teal"),
    ("#008000", "green"),
];

/// A declaration with its colors as libsass writes them.
pub(super) fn rewrite(declaration: &str) -> Cow<'_, str> {
    const CALLS: [&str; 4] = ["rgb(", "rgba(", "hsl(", "hsla("];
    if declaration.starts_with("--") || !CALLS.iter().any(|call| declaration.contains(call)) {
        return declaration.into();
    }
    let mut out = String::with_capacity(declaration.len());
    let mut rest = declaration;
    let mut quote = None;
    while let Some(c) = rest.chars().next() {
        let is_start = quote.is_none() && !out.ends_with(|c: char| c.is_alphanumeric() || c == '-');
        let call = CALLS.iter().find(|call| is_start && rest.starts_with(**call));
        if let Some((call, (arguments, after))) =
            call.and_then(|call| Some((call, rest[call.len()..].split_once(')')?)))
            && let Some(color) = color(call, arguments)
        {
            out.push_str(&color);
            rest = after;
            continue;
        }
        match quote {
            Some(open) if c == open => quote = None,
            None if matches!(c, '"' | '\'') => quote = Some(c),
            _ => {}
        }
        out.push(c);
        rest = &rest[c.len_utf8()..];
    }
    out.into()
}

/// The color that a call gives, if all its arguments are numbers.
fn color(call: &str, arguments: &str) -> Option<String> {
    let mut numbers = Vec::new();
    for argument in arguments.split(',').map(str::trim) {
        let number = argument.strip_suffix("deg").or_else(|| argument.strip_suffix('%')).unwrap_or(argument);
        numbers.push(number.parse::<f64>().ok()?);
    }
    let (&[first, second, third], alpha) = numbers.split_first_chunk::<3>()?;
    let channels = if call.starts_with("hsl") { from_hsl(first, second, third) } else { [first, second, third] };
    let [red, green, blue] = channels.map(|channel| channel.clamp(0.0, 255.0).round());
    match alpha {
        [alpha] if *alpha < 1.0 => Some(format!("rgba({red}, {green}, {blue}, {alpha})")),
        [] | [_] => {
            let number = red * 65536.0 + green * 256.0 + blue;
            let hex = format!("#{:06x}", number as u32);
            let name = NAMES.iter().find(|(color, _)| *color == hex);
            Some(name.map_or(hex, |(_, name)| (*name).to_owned()))
        }
        _ => None,
    }
}

/// Red, green and blue, to 255, of a hue in degrees, and percentages.
fn from_hsl(hue: f64, saturation: f64, lightness: f64) -> [f64; 3] {
    let hue = hue.rem_euclid(360.0) / 360.0;
    let (saturation, lightness) = ((saturation / 100.0).clamp(0.0, 1.0), (lightness / 100.0).clamp(0.0, 1.0));
    let upper =
        if lightness <= 0.5 { lightness * (saturation + 1.0) } else { lightness + saturation - lightness * saturation };
    let lower = lightness * 2.0 - upper;
    [hue + 1.0 / 3.0, hue, hue - 1.0 / 3.0].map(|at| {
        let at = at.rem_euclid(1.0);
        let channel = if at * 6.0 < 1.0 {
            lower + (upper - lower) * at * 6.0
        } else if at * 2.0 < 1.0 {
            upper
        } else if at * 3.0 < 2.0 {
            lower + (upper - lower) * (2.0 / 3.0 - at) * 6.0
        } else {
            lower
        };
        channel * 255.0
    })
}
