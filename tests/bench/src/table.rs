//! Tables of text: the first column to the left, the others to the right.

use std::fmt;

/// A table.
#[derive(Debug, Clone, Default)]
pub struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with these words above its columns.
    pub fn new(title: &str, columns: impl IntoIterator<Item = String>) -> Self {
        let mut table = Self::default();
        table.row(title, columns);
        table
    }

    /// Adds a row.
    pub fn row(&mut self, name: &str, cells: impl IntoIterator<Item = String>) {
        self.rows.push(std::iter::once(name.to_owned()).chain(cells).collect());
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let cell = |row: &Vec<String>, column: usize| row.get(column).map_or(0, |cell| cell.chars().count());
        let width = |column: usize| self.rows.iter().map(|row| cell(row, column)).max().unwrap_or(0);
        let widths: Vec<_> = (0..columns).map(width).collect();
        for row in &self.rows {
            let cells: Vec<_> = row.iter().zip(&widths).enumerate().map(aligned).collect();
            writeln!(f, "{}", cells.join("  ").trim_end())?;
        }
        Ok(())
    }
}

fn aligned((column, (cell, &width)): (usize, (&String, &usize))) -> String {
    if column == 0 { format!("{cell:<width$}") } else { format!("{cell:>width$}") }
}

/// A time, a count or a factor: three digits at least of what is below a hundred, groups of three above a thousand.
pub fn number(value: f64) -> String {
    if value < 9.995 {
        return format!("{value:.2}");
    }
    if value < 99.95 {
        return format!("{value:.1}");
    }
    let digits = format!("{value:.0}");
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{Table, number};

    #[test]
    fn columns_stand_below_each_other() {
        let mut table = Table::new("name", ["a".to_owned(), "long".to_owned()]);
        table.row("węzeł", ["123".to_owned(), "4".to_owned()]);
        table.row("x", []);
        assert_eq!(table.to_string(), "name     a  long\nwęzeł  123     4\nx\n");
    }

    #[test]
    fn numbers_have_the_digits_that_count() {
        let texts = [0.5, 9.994, 9.996, 99.94, 99.96, 1234.5, 1_234_567.0].map(number);
        assert_eq!(texts, ["0.50", "9.99", "10.0", "99.9", "100", "1,234", "1,234,567"]);
    }
}
