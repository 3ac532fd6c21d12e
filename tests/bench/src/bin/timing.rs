//! Times `ws101-core` beside its peers.

use std::process::ExitCode;

use serde_json::json;
use ws101_bench::options::{Mode, Options};
use ws101_bench::race::race;
use ws101_bench::report::{LEGEND, Lines, Timed, table};
use ws101_bench::rows::{Row, decode_rows};
use ws101_bench::{idle, machine};

fn main() -> ExitCode {
    match Options::parse(std::env::args().skip(1)).and_then(|options| run(&options)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(options: &Options) -> Result<(), String> {
    let rows: Vec<Row> = Row::all().into_iter().filter(|row| options.want(&row.name())).collect();
    let idle: Vec<usize> = idle::SIZES.into_iter().filter(|&size| options.want(&idle::name(size))).collect();
    if rows.is_empty() && idle.is_empty() && !decode_rows().iter().any(|row| options.want(&row.allocations_name())) {
        return Err(options.no_row());
    }
    // A peer that is wrong in the last row should not be found after the first have been timed.
    verify(&rows, &idle)?;
    if options.mode == Mode::Verify {
        return Ok(());
    }
    let mut lines = Lines::create(options.json.as_deref())?;
    lines.write([json!({ "machine": machine::facts(), "rounds": options.rounds })])?;
    println!("{}{} rounds.\n{LEGEND}\n", machine::describe(), options.rounds);
    for rows in rows.chunk_by(|one, other| one.table() == other.table()) {
        let timed = rows.iter().map(|&row| time(row, options.rounds)).collect::<Result<Vec<_>, _>>()?;
        println!("{}", table(&timed));
        lines.write(timed.iter().flat_map(Timed::lines))?;
    }
    Ok(())
}

fn verify(rows: &[Row], idle: &[usize]) -> Result<(), String> {
    let mut entrants = 0;
    for row in rows {
        entrants += row.entrants()?.0.len();
    }
    for &size in idle {
        idle::verify(size)?;
        entrants += idle::contestants().count();
    }
    println!("verified: {entrants} contestants in {} rows do what they say\n", rows.len() + idle.len());
    Ok(())
}

fn time(row: Row, rounds: u32) -> Result<Timed, String> {
    let (entrants, operations) = row.entrants()?;
    let outcomes = race(entrants, operations, rounds).map_err(|error| format!("{}: {error}", row.name()))?;
    Ok(Timed { row, outcomes })
}
