//! Figures, and how several become one.

use std::fmt;

use serde::Serialize;

use crate::typing::Round;

#[derive(Debug, Serialize)]
pub struct Figure {
    name: &'static str,
    unit: &'static str,
    value: f64,
    better: &'static str,
    target: f64,
}

impl Figure {
    pub fn ms(name: &'static str, value: f64, target: f64) -> Self {
        Self { name, unit: "ms", value: rounded(value), better: "lower", target }
    }

    pub fn mb(name: &'static str, value: f64, target: f64) -> Self {
        Self { name, unit: "MB", value: rounded(value), better: "lower", target }
    }

    pub fn requests(name: &'static str, count: usize, target: f64) -> Self {
        let value = u32::try_from(count).map_or(f64::NAN, f64::from);
        Self { name, unit: "requests", value, better: "lower", target }
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, unit, value, target, .. } = self;
        write!(formatter, "{name:<28} {value:>9.2} {unit}   (target {target} {unit})")
    }
}

fn rounded(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

/// Returns the value that this share of the values does not exceed; NaN of none.
pub fn percentile(values: &[f64], share: usize) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let place = (sorted.len() * share).div_ceil(100).saturating_sub(1);
    sorted.get(place).copied().unwrap_or(f64::NAN)
}

#[expect(clippy::needless_pass_by_value, reason = "the values are made for it")]
pub fn median(values: Vec<f64>) -> f64 {
    percentile(&values, 50)
}

pub fn memory(rounds: &[Round]) -> f64 {
    median(rounds.iter().map(|round| round.memory).collect())
}
