//! Ratios and growth as pictures.

use std::error::Error;
use std::path::Path;

use plotters::chart::ChartBuilder;
use plotters::drawing::IntoDrawingArea as _;
use plotters::element::{PathElement, Rectangle, Text};
use plotters::prelude::{Color as _, IntoFont as _, IntoLogRange as _, SVGBackend};
use plotters::series::LineSeries;
use plotters::style::{BLACK, Palette as _, Palette99, RGBColor, WHITE};

use super::growth::Grown;
use super::table::ratio;

const SIZE: (u32, u32) = (760, 420);
const CHEAPER: RGBColor = RGBColor(46, 125, 80);
const DEARER: RGBColor = RGBColor(190, 80, 50);

/// A bar for each ratio, and a line at 1.
pub(super) fn ratios(caption: &str, bars: &[(String, f64)], file: &Path) -> Result<(), Box<dyn Error>> {
    let most = bars.iter().map(|(_, ratio)| *ratio).fold(1.0, f64::max);
    let area = SVGBackend::new(file, SIZE).into_drawing_area();
    area.fill(&WHITE)?;
    let mut chart = ChartBuilder::on(&area)
        .caption(caption, ("sans-serif", 16))
        .margin(12)
        .x_label_area_size(24)
        .y_label_area_size(80)
        .build_cartesian_2d(0.0..most * 1.1, 0.0..float(bars.len()))?;
    chart.configure_mesh().disable_y_mesh().disable_y_axis().y_labels(0).draw()?;
    for (at, (name, ratio)) in bars.iter().enumerate() {
        let (bottom, top) = (float(bars.len() - at - 1) + 0.15, float(bars.len() - at) - 0.15);
        let color = if *ratio > 1.0 { DEARER } else { CHEAPER };
        chart.draw_series([Rectangle::new([(0.0, bottom), (*ratio, top)], color.filled())])?;
        let label = format!("{name} {ratio:.2}");
        chart.draw_series([Text::new(
            label,
            (ratio + most * 0.01, top),
            ("sans-serif", 12).into_font().color(&BLACK),
        )])?;
    }
    chart.draw_series([PathElement::new([(1.0, 0.0), (1.0, float(bars.len()))], BLACK)])?;
    Ok(area.present()?)
}

/// The instructions of each input as a multiple of those of its smallest, by its size as a multiple of the smallest.
pub(super) fn growth(all: &[Grown], file: &Path) -> Result<(), Box<dyn Error>> {
    let area = SVGBackend::new(file, SIZE).into_drawing_area();
    area.fill(&WHITE)?;
    let mut chart = ChartBuilder::on(&area)
        .caption("instructions as a multiple of the smallest input's", ("sans-serif", 16))
        .margin(12)
        .x_label_area_size(36)
        .y_label_area_size(64)
        .build_cartesian_2d((1.0..10_000.0).log_scale(), (1.0..20_000.0).log_scale())?;
    chart.configure_mesh().x_desc("input as a multiple of the smallest").draw()?;
    for (number, kind) in all.chunk_by(|one, other| one.unit == other.unit).enumerate() {
        let Some(first) = kind.first() else { continue };
        let points = kind.iter().map(|grown| {
            (
                float(grown.size) / float(first.size),
                ratio(grown.figures.instructions, first.figures.instructions),
            )
        });
        let color = Palette99::pick(number).to_rgba();
        chart
            .draw_series(LineSeries::new(points, color.stroke_width(2)))?
            .label(first.unit)
            .legend(move |(x, y)| PathElement::new([(x, y), (x + 20, y)], color.stroke_width(2)));
    }
    chart.configure_series_labels().background_style(WHITE).border_style(BLACK).draw()?;
    Ok(area.present()?)
}

#[expect(clippy::cast_precision_loss, reason = "sizes and counts of a plot")]
fn float(count: usize) -> f64 {
    count as f64
}
