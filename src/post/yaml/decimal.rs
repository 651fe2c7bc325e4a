//! Decimal text and binary floating point, exactly. In: digits with a point and an exponent, or an `f64`. Out: the
//! nearest `f64` (ties to even), or the shortest digits that lead back to it. Neighbours: `scalar.rs`, `display.rs`.
//!
//! The standard library does both, faster, with 30 KB of tables and code in the download; front matter has a handful of
//! fractions. Reading is long division of whole numbers, writing is Steele and White's free-format algorithm (1990).

use std::cmp::Ordering;

/// Digits beyond this many cannot decide a rounding by themselves, only by not being zero.
const DIGITS: usize = 800;

/// `1.5`, `-.5`, `+1.`, `1.5e-3`; `None` where there is no digit or something else. Linear in the text.
pub(crate) fn parse(text: &str) -> Option<f64> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (number, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
    let mut ten = whole(exponent)?;
    let mut digits = Natural::default();
    let (mut count, mut after_point, mut any, mut lost) = (0, false, false, false);
    for byte in number.bytes() {
        match byte {
            b'.' if !after_point => {
                after_point = true;
                continue;
            }
            b'0'..=b'9' => any = true,
            _ => return None,
        }
        ten -= i64::from(after_point);
        if count == DIGITS {
            lost |= byte != b'0';
            ten += 1;
        } else {
            count += usize::from(count > 0 || byte != b'0');
            digits.multiply_add(10, u32::from(byte - b'0'));
        }
    }
    if lost {
        digits.multiply_add(10, 1);
        ten -= 1;
    }
    let size = if any { nearest(digits, ten, count) } else { return None };
    Some(if text.starts_with('-') { -size } else { size })
}

/// A whole number with a sign; far beyond any exponent it stays where it is.
fn whole(text: &str) -> Option<i64> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let size = digits.bytes().fold(0, |sum, b| (sum * 10 + i64::from(b - b'0')).min(1 << 40));
    Some(if text.starts_with('-') { -size } else { size })
}

/// The number nearest to `above` × 10^`ten`; `count` is how many digits `above` has.
fn nearest(mut above: Natural, ten: i64, count: usize) -> f64 {
    let magnitude = ten.saturating_add(count as i64);
    if count == 0 || magnitude < -330 {
        return 0.0;
    }
    if magnitude > 310 {
        return f64::INFINITY;
    }
    let mut below = Natural::from(1);
    let scaled = if ten < 0 { &mut below } else { &mut above };
    (0..ten.unsigned_abs()).for_each(|_| scaled.multiply_add(10, 0));
    // The fraction times 2^two, with the fraction in [1, 2).
    let mut two = above.bits() - below.bits();
    if two < 0 {
        above.shift(-two)
    } else {
        below.shift(two)
    };
    if above.compare(&below).is_lt() {
        above.shift(1);
        two -= 1;
    }
    let bits = (two + 1075).min(53);
    if bits < 0 {
        return 0.0;
    }
    let mut mantissa = 0_u64;
    for _ in 0..bits {
        mantissa *= 2;
        if above.compare(&below).is_ge() {
            above.subtract(&below);
            mantissa += 1;
        }
        above.shift(1);
    }
    match above.compare(&below) {
        Ordering::Less => {}
        Ordering::Equal => mantissa += mantissa & 1,
        Ordering::Greater => mantissa += 1,
    }
    // A carry out of the mantissa is one in the exponent, up to infinity.
    let exponent = if bits < 53 { 0 } else { (two + 1022).min(2046) as u64 };
    f64::from_bits(((exponent << 52) + mantissa).min(f64::INFINITY.to_bits()))
}

/// The shortest digits that are read as `value` again, the nearest of them where several are, and the power of ten: the
/// value is 0.`digits` × 10^power. `value` is finite and above zero.
pub(super) fn shortest(value: f64) -> (String, i32) {
    let bits = value.to_bits();
    let field = (bits >> 52 & 0x7FF) as i64;
    let mantissa = (bits & ((1 << 52) - 1)) + if field > 0 { 1 << 52 } else { 0 };
    let two = field.max(1) - 1075;
    let even = mantissa & 1 == 0;
    // Below a power of two the neighbour is half as far.
    let uneven = i64::from(mantissa == 1 << 52 && field > 1);
    let (mut rest, mut unit) = (Natural::from(mantissa), Natural::from(1));
    let (mut to_next, mut to_previous) = (Natural::from(1), Natural::from(1));
    rest.shift(two.max(0) + 1 + uneven);
    unit.shift((-two).max(0) + 1 + uneven);
    to_next.shift(two.max(0) + uneven);
    to_previous.shift(two.max(0));
    // Whether a number that begins with `rest` reaches `unit` when it is rounded up.
    let reaches = |rest: &Natural, to_next: &Natural, unit: &Natural| {
        let mut sum = rest.clone();
        sum.add(to_next);
        match sum.compare(unit) {
            Ordering::Equal => even,
            order => order.is_gt(),
        }
    };
    let mut power = 0;
    while reaches(&rest, &to_next, &unit) {
        unit.multiply_add(10, 0);
        power += 1;
    }
    let mut digits = String::new();
    loop {
        for number in [&mut rest, &mut to_next, &mut to_previous] {
            number.multiply_add(10, 0);
        }
        if digits.is_empty() && !reaches(&rest, &to_next, &unit) {
            power -= 1;
            continue;
        }
        let mut digit = 0;
        while rest.compare(&unit).is_ge() {
            rest.subtract(&unit);
            digit += 1;
        }
        let low = match rest.compare(&to_previous) {
            Ordering::Equal => even,
            order => order.is_lt(),
        };
        let high = reaches(&rest, &to_next, &unit);
        if high && low {
            rest.shift(1);
        }
        let up = high && (!low || rest.compare(&unit).is_ge());
        digits.push(char::from(b'0' + digit + u8::from(up)));
        if high || low {
            return (digits, power);
        }
    }
}

/// A whole number of any size, the least significant part first; the last part is never zero.
#[derive(Clone, Default)]
struct Natural(Vec<u32>);

impl Natural {
    fn from(value: u64) -> Self {
        let mut parts = vec![value as u32, (value >> 32) as u32];
        while parts.last() == Some(&0) {
            parts.pop();
        }
        Self(parts)
    }

    fn bits(&self) -> i64 {
        self.0.len() as i64 * 32 - i64::from(self.0.last().map_or(0, |last| last.leading_zeros()))
    }

    fn multiply_add(&mut self, factor: u32, add: u32) {
        let mut carry = u64::from(add);
        for part in &mut self.0 {
            carry += u64::from(*part) * u64::from(factor);
            *part = carry as u32;
            carry >>= 32;
        }
        if carry > 0 {
            self.0.push(carry as u32);
        }
    }

    fn shift(&mut self, by: i64) {
        self.multiply_add(1 << (by & 31), 0);
        if !self.0.is_empty() {
            self.0.splice(..0, std::iter::repeat_n(0, (by >> 5) as usize));
        }
    }

    fn add(&mut self, other: &Self) {
        self.0.resize(self.0.len().max(other.0.len()), 0);
        let mut carry = 0;
        for (index, part) in self.0.iter_mut().enumerate() {
            carry += u64::from(*part) + other.part(index);
            *part = carry as u32;
            carry >>= 32;
        }
        if carry > 0 {
            self.0.push(carry as u32);
        }
    }

    /// `other` is not larger.
    fn subtract(&mut self, other: &Self) {
        let mut borrow = 0;
        for (index, part) in self.0.iter_mut().enumerate() {
            let difference = i64::from(*part) - other.part(index) as i64 + borrow;
            *part = difference as u32;
            borrow = difference >> 32;
        }
        while self.0.last() == Some(&0) {
            self.0.pop();
        }
    }

    fn part(&self, index: usize) -> u64 {
        u64::from(self.0.get(index).copied().unwrap_or(0))
    }

    fn compare(&self, other: &Self) -> Ordering {
        self.0.len().cmp(&other.0.len()).then_with(|| self.0.iter().rev().cmp(other.0.iter().rev()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the standard library writes, in the same form.
    fn expected(value: f64) -> (String, i32) {
        let text = format!("{value:e}");
        let (mantissa, exponent) = text.split_once('e').expect("an exponent");
        (mantissa.replace('.', ""), exponent.parse::<i32>().expect("a number") + 1)
    }

    /// Numbers from all over the range, the same in each run.
    fn samples() -> impl Iterator<Item = f64> {
        let mut state = 0x9E37_79B9_7F4A_7C15_u64;
        let random = std::iter::repeat_with(move || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            f64::from_bits(state >> 1)
        });
        let powers = (0..2047).map(|field| f64::from_bits(field << 52));
        let around = powers.flat_map(|power| [power.next_down().abs(), power, power.next_up()]);
        let short = (1..3000).map(|n| f64::from(n) / 100.0);
        let tiny = (1..2000).map(f64::from_bits);
        random.take(4000).chain(around).chain(short).chain(tiny).filter(|value| value.is_finite() && *value > 0.0)
    }

    #[test]
    fn the_shortest_digits_are_those_of_the_standard_library() {
        for value in samples() {
            assert_eq!(shortest(value), expected(value), "{value:e}");
        }
    }

    #[test]
    fn text_is_read_as_the_standard_library_reads_it() {
        let mut texts: Vec<String> =
            ["0.0", "-0.", ".5", "+1.", "9007199254740993.0", "1.7976931348623159e+308"].map(str::to_owned).into();
        texts.extend(
            ["1.5e+99999999999999999999", "1.5e-99999999999999999999", "4.9e-324", "2.4e-324"].map(String::from),
        );
        texts.extend(["2.2250738585072011e-308", "0.000001e+330", "1000000.0e-331"].map(String::from));
        for value in samples() {
            texts.push(format!("{value:e}"));
            texts.push(format!("{value:.17e}"));
        }
        // Halfway between two numbers, exactly and by a hair beyond.
        for value in samples().take(1000).filter(|value| *value > 1e-290) {
            let half = format!("{:.800}", value.min(1e30));
            texts.push([&half, "1"].concat());
            texts.push(half);
        }
        let tie = format!("{:.1100}", f64::from_bits(1));
        texts.push([tie.as_str(), "00", &"0".repeat(900), "1"].concat());
        for text in texts {
            let read = parse(&text).expect("a number");
            assert_eq!(read.to_bits(), text.parse::<f64>().expect("a number").to_bits(), "{text}");
        }
        assert_eq!(["", ".", "-", "1e", "1.2.3", "1x", "e+5"].map(parse), [None; 7]);
    }

    #[test]
    fn a_tie_goes_to_the_even_number() {
        let tie = 1.0 + f64::EPSILON / 2.0;
        assert_eq!(tie, 1.0);
        assert_eq!(parse("1.00000000000000011102230246251565404236316680908203125"), Some(1.0));
        assert_eq!(parse("1.00000000000000011102230246251565404236316680908203126"), Some(1.0_f64.next_up()));
        assert_eq!(parse("1.00000000000000033306690738754696212708950042724609375"), Some(1.0 + 2.0 * f64::EPSILON));
    }
}
