//! Ratios and growth as pictures.

use std::error::Error;
use std::path::Path;

use plotters::chart::{ChartBuilder, SeriesLabelPosition};
use plotters::drawing::IntoDrawingArea as _;
use plotters::element::{PathElement, Rectangle, Text};
use plotters::prelude::{
    Color as _, IntoFont as _, IntoLogRange as _, IntoSegmentedCoord as _, SVGBackend, SegmentValue,
};
use plotters::series::LineSeries;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{BLACK, Palette as _, Palette99, RGBColor, WHITE};

use super::figures::{Grown, ratio};
use super::table::is_met;

const WIDTH: u32 = 760;
/// The height of a bar with the space around it, and about the width of a letter.
const BAR: u32 = 20;
const LETTER: u32 = 6;

const CHEAPER: RGBColor = RGBColor(46, 125, 80);
const DEARER: RGBColor = RGBColor(190, 80, 50);

/// A bar for each ratio, of which there are some, its name before it, and a line at 1.
pub(super) fn ratios(caption: &str, bars: &[(String, f64)], file: &Path) -> Result<(), Box<dyn Error>> {
    let most = bars.iter().map(|(_, ratio)| *ratio).fold(1.0, f64::max) * 1.1;
    let longest = bars.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
    let size = (WIDTH, u32::try_from(bars.len())? * BAR + 80);
    let area = SVGBackend::new(file, size).into_drawing_area();
    area.fill(&WHITE)?;
    let mut chart = ChartBuilder::on(&area)
        .caption(caption, ("sans-serif", 16))
        .margin(12)
        .x_label_area_size(24)
        .y_label_area_size(u32::try_from(longest)? * LETTER + 12)
        .build_cartesian_2d(0.0..most, (0..bars.len().saturating_sub(1)).into_segmented())?;
    // Rows are counted from below.
    let name = |row: &SegmentValue<usize>| match row {
        SegmentValue::CenterOf(row) => bars.iter().rev().nth(*row).map_or("", |(name, _)| name).to_owned(),
        _ => String::new(),
    };
    chart
        .configure_mesh()
        .disable_y_mesh()
        .y_labels(bars.len())
        .x_max_light_lines(0)
        .y_label_formatter(&name)
        .x_label_formatter(&|ratio| format!("{ratio:.1}"))
        .draw()?;
    for (row, (_, ratio)) in bars.iter().rev().enumerate() {
        let color = if is_met(*ratio, 1.0) { CHEAPER } else { DEARER };
        let top = if row + 1 < bars.len() { SegmentValue::Exact(row + 1) } else { SegmentValue::Last };
        let corners = [(0.0, SegmentValue::Exact(row)), (*ratio, top)];
        let mut bar = Rectangle::new(corners, color.filled());
        bar.set_margin(3, 3, 0, 0);
        let left_of = Pos::new(HPos::Left, VPos::Center);
        let style = ("sans-serif", 12).into_font().color(&BLACK).pos(left_of);
        let figure =
            Text::new(format!("{ratio:.2}"), (ratio + most * 0.01, SegmentValue::CenterOf(row)), style);
        chart.draw_series([bar])?;
        chart.draw_series([figure])?;
    }
    chart
        .draw_series([PathElement::new([(1.0, SegmentValue::Exact(0)), (1.0, SegmentValue::Last)], BLACK)])?;
    Ok(area.present()?)
}

/// The instructions of each input as a multiple of those of its smallest, by its size as a multiple of the smallest.
pub(super) fn growth(all: &[Grown], file: &Path) -> Result<(), Box<dyn Error>> {
    let area = SVGBackend::new(file, (WIDTH, 460)).into_drawing_area();
    area.fill(&WHITE)?;
    let mut chart = ChartBuilder::on(&area)
        .caption("instructions as a multiple of the smallest input's", ("sans-serif", 16))
        .margin(12)
        .margin_right(28)
        .x_label_area_size(36)
        .y_label_area_size(64)
        .build_cartesian_2d((1.0..10_000.0).log_scale(), (1.0..20_000.0).log_scale())?;
    chart
        .configure_mesh()
        .max_light_lines(0)
        .x_desc("input as a multiple of the smallest")
        .x_label_formatter(&|multiple| format!("{multiple:.0}"))
        .y_label_formatter(&|multiple| format!("{multiple:.0}"))
        .draw()?;
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
    chart
        .configure_series_labels()
        .position(SeriesLabelPosition::UpperLeft)
        .background_style(WHITE)
        .border_style(BLACK)
        .draw()?;
    Ok(area.present()?)
}

#[expect(clippy::cast_precision_loss, reason = "sizes and counts of a plot")]
fn float(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_bar_has_its_name_and_its_figure() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("ratios.svg");
        for count in [2, 24] {
            let bars: Vec<_> = (0..count).map(|number| (format!("bar {number}"), 1.5)).collect();
            ratios("caption", &bars, &file).unwrap();
            let picture = std::fs::read_to_string(&file).unwrap();
            let shown = |text: &str| picture.lines().filter(|line| line.starts_with(text)).count();
            assert_eq!((shown("bar "), shown("1.50")), (count, count));
        }
    }
}
