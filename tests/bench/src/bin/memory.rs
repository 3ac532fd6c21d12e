//! Counts what `ws101-core` and its peers allocate: for each message that they read, and for a connection at rest.
//!
//! A program of its own, because an allocator that counts would disturb the timing of those who allocate.

use std::alloc::System;
use std::process::ExitCode;
use std::rc::Rc;

use serde_json::{Value, json};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, Stats, StatsAlloc};
use ws101_bench::contestant::{Contestant, Echo, Standing};
use ws101_bench::idle;
use ws101_bench::inbox::{Inbox, Look};
use ws101_bench::options::{Mode, Options};
use ws101_bench::peers::CONTESTANTS;
use ws101_bench::report::Lines;
use ws101_bench::rows::{Row, bytes, decode_rows};
use ws101_bench::statistics::ratio;
use ws101_bench::table::{Table, number};
use ws101_bench::transport::Feed;
use ws101_bench::wire::Wire;

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

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
    if options.mode == Mode::Verify {
        return Ok(());
    }
    let mut lines = Lines::append(options.json.as_deref())?;
    let rows: Vec<Row> = decode_rows().into_iter().filter(|&row| options.want(&row.allocations_name())).collect();
    for rows in rows.chunk_by(|one, other| one.table() == other.table()) {
        lines.write(allocations(rows)?)?;
    }
    let sizes: Vec<_> = idle::SIZES.into_iter().filter(|&size| options.want(&idle::name(size))).collect();
    if !sizes.is_empty() {
        lines.write(idle_connections(&sizes)?)?;
    }
    Ok(())
}

/// Prints how often each contestant asks for memory for each message of a row, once it is warm.
fn allocations(rows: &[Row]) -> Result<Vec<Value>, String> {
    let title = format!("memory/allocations/{}", rows[0].table());
    let mut table = Table::new(&title, rows.iter().map(|row| row.column()));
    let mut lines = Vec::new();
    for contestant in contestants_that_decode() {
        let mut cells = Vec::new();
        for &row in rows {
            let counted = allocations_of(contestant, row)
                .map_err(|error| format!("{}: {}: {error}", row.allocations_name(), contestant.name))?;
            cells.push(number(counted));
            lines.push(json!({
                "row": row.allocations_name(),
                "contestant": contestant.name,
                "version": contestant.version(),
                "allocations_per_message": counted,
            }));
        }
        table.row(contestant.name, cells);
    }
    println!("{table}Allocations and reallocations for each message, the connection being warm.\n");
    Ok(lines)
}

fn contestants_that_decode() -> impl Iterator<Item = &'static Contestant> {
    CONTESTANTS.iter().filter(|contestant| contestant.decode.is_some() && contestant.standing != Standing::Limit)
}

fn allocations_of(contestant: &Contestant, row: Row) -> Result<f64, String> {
    let (Row::Decode { content, size, read }, Some(decode)) = (row, contestant.decode) else { return Ok(0.0) };
    let wire = Rc::new(Wire::new(content, size));
    let mut inbox = Inbox::new(Rc::clone(&wire), Look::Glance);
    let mut pass = decode(&Feed::new(Rc::clone(&wire), read));
    for _ in 0..2 {
        pass(&mut inbox)?;
        inbox.end()?;
    }
    let region = Region::new(ALLOCATOR);
    pass(&mut inbox)?;
    let Stats { allocations, reallocations, .. } = region.change();
    inbox.end()?;
    Ok(ratio(allocations + reallocations, wire.messages()))
}

/// Prints how many bytes a connection at rest holds.
fn idle_connections(sizes: &[usize]) -> Result<Vec<Value>, String> {
    let columns = sizes.iter().map(|&size| format!("after {}", bytes(size)));
    let mut table = Table::new("memory/idle connection", columns);
    let mut lines = Vec::new();
    for (contestant, echo) in idle::contestants() {
        let mut cells = Vec::new();
        for &size in sizes {
            let held = held(echo, size).map_err(|error| format!("{}: {error}", contestant.name))?;
            cells.push(group(held));
            lines.push(json!({
                "row": idle::name(size),
                "contestant": contestant.name,
                "version": contestant.version(),
                "bytes_held": held,
            }));
        }
        table.row(contestant.name, cells);
    }
    println!(
        "{table}Bytes that a server's connection holds, itself included, after it received a message of that size and \
         sent it back.\nNot counted: buffers that a caller lends for a call and one of which serves all connections \
         (ws101-core, and the codecs'\nread buffer).\n"
    );
    Ok(lines)
}

/// What is allocated while the connection is made and used, and not given back.
fn held(echo: Echo, size: usize) -> Result<usize, String> {
    let (transport, _outlet) = idle::network(size);
    let region = Region::new(ALLOCATOR);
    let connection = echo(transport)?;
    let Stats { bytes_allocated, bytes_deallocated, .. } = region.change();
    drop(connection);
    Ok(bytes_allocated.saturating_sub(bytes_deallocated))
}

fn group(count: usize) -> String {
    u32::try_from(count).map_or_else(|_| count.to_string(), |count| number(f64::from(count)))
}
