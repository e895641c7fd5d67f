//! Figures, and how several become one.

use std::fmt;

use serde::Serialize;

#[derive(Debug, Serialize)]
pub struct Figure {
    name: String,
    unit: &'static str,
    value: f64,
    better: &'static str,
    /// What it must not exceed; none where it stands beside others to compare with.
    target: Option<f64>,
    verdict: &'static str,
}

impl Figure {
    fn new(name: impl Into<String>, unit: &'static str, value: f64, target: Option<f64>) -> Self {
        let value = (value * 100.0).round() / 100.0;
        let verdict = match target {
            None => "to compare with",
            Some(target) if value <= target => "within",
            Some(_) => "missed",
        };
        Self { name: name.into(), unit, value, better: "lower", target, verdict }
    }

    pub fn ms(name: impl Into<String>, value: f64, target: f64) -> Self {
        Self::new(name, "ms", value, Some(target))
    }

    pub fn mb(name: impl Into<String>, value: f64, target: f64) -> Self {
        Self::new(name, "MB", value, Some(target))
    }

    /// How many times another figure of the same run.
    pub fn times(name: impl Into<String>, value: f64, target: f64) -> Self {
        Self::new(name, "x", value, Some(target))
    }

    pub fn beside(name: impl Into<String>, unit: &'static str, value: f64) -> Self {
        Self::new(name, unit, value, None)
    }

    pub fn requests(name: impl Into<String>, count: usize, target: f64) -> Self {
        let value = u32::try_from(count).map_or(f64::NAN, f64::from);
        Self::new(name, "requests", value, Some(target))
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, unit, value, target, verdict, .. } = self;
        let bar = target.map_or(String::new(), |target| format!("{target} {unit}"));
        write!(formatter, "{name:<36} {value:>9.2} {unit:<9} {bar:>14}  {verdict}")
    }
}

/// Returns the value that this share of the values does not exceed; NaN of none.
pub fn percentile(values: &[f64], share: usize) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let place = (sorted.len() * share).div_ceil(100).saturating_sub(1);
    sorted.get(place).copied().unwrap_or(f64::NAN)
}

pub fn median(values: &[f64]) -> f64 {
    percentile(values, 50)
}

/// Returns the median over several starts of the share of each.
pub fn of_starts<'a>(starts: impl Iterator<Item = &'a [f64]>, share: usize) -> f64 {
    let each: Vec<f64> =
        starts.filter(|times| !times.is_empty()).map(|times| percentile(times, share)).collect();
    median(&each)
}
