//! What the module of `ws101/deflate` carries in vain, and how it is rid of it.
//!
//! zlib-rs asks while it runs whether a stream is gzip's or zlib's, which have a checksum. Those of permessage-deflate are
//! raw (RFC 7692 §7.2.1), which no compiler can know; and the tables of gzip's, CRC-32, are 8 KiB that no compression makes
//! smaller. Here they become zeros, which wasm-opt leaves out, and the functions of both checksums trap.
//!
//! The C library that zlib-rs allocates with exports its functions, and so keeps those that nobody calls.

use anyhow::{Result, ensure};
use walrus::{DataId, ExportId, FunctionBuilder, FunctionId, FunctionKind, Module};

/// What the names of the checksums' functions have in common, in both ways in which Rust mangles names.
const CHECKSUMS: [&str; 2] = ["zlib_rs5crc32", "zlib_rs7adler32"];

/// What is exported of the C library.
const C_FUNCTIONS: [&str; 4] = ["malloc", "calloc", "realloc", "free"];
/// What the names begin with of what else that library exports.
const C_LIBRARY: &str = "tinyrlibc_";

/// The polynomial, its lowest bit first, as zlib-rs and all of zlib's kin have it.
const POLYNOMIAL: u32 = 0xedb8_8320;

/// zlib-rs reads words of 4 bytes here, 1 or 5 of them at a time; each of these has a table for each byte of a word.
const WORD: usize = 4;
const WORDS_AT_A_TIME: [usize; 2] = [1, 5];

/// Takes it out.
///
/// # Errors
/// When zlib-rs is not as it was: then the module would be larger than it needs to be, or its tables are others.
pub(crate) fn take_out(module: &mut Module) -> Result<()> {
    for path in CHECKSUMS {
        let is_of_it = |name: &Option<String>| name.as_deref().is_some_and(|name| name.contains(path));
        let functions: Vec<FunctionId> =
            module.funcs.iter().filter(|function| is_of_it(&function.name)).map(walrus::Function::id).collect();
        ensure!(!functions.is_empty(), "the module has no function of {path}");
        for id in functions {
            trap(module, id);
        }
    }
    for words in WORDS_AT_A_TIME {
        ensure!(erase(module, &table(words)), "the module has no table of CRC-32 for {words} words at a time");
    }
    let is_of_c = |name: &str| C_FUNCTIONS.contains(&name) || name.starts_with(C_LIBRARY);
    let exports: Vec<ExportId> =
        module.exports.iter().filter(|export| is_of_c(&export.name)).map(walrus::Export::id).collect();
    for id in exports {
        module.exports.delete(id);
    }
    Ok(())
}

/// Lets a function do nothing but trap.
fn trap(module: &mut Module, id: FunctionId) {
    let of = module.types.get(module.funcs.get(id).ty());
    let (parameters, results) = (of.params().to_vec(), of.results().to_vec());
    let mut builder = FunctionBuilder::new(&mut module.types, &parameters, &results);
    builder.func_body().unreachable();
    let arguments = parameters.iter().map(|&parameter| module.locals.add(parameter)).collect();
    module.funcs.get_mut(id).kind = FunctionKind::Local(builder.local_func(arguments));
}

/// Replaces what is like `table` among the data by zeros; whether there was any.
fn erase(module: &mut Module, table: &[u8]) -> bool {
    let mut erased = false;
    let all: Vec<DataId> = module.data.iter().map(walrus::Data::id).collect();
    for id in all {
        let bytes = &mut module.data.get_mut(id).value;
        while let Some(place) = bytes.windows(table.len()).position(|window| window == table) {
            bytes[place..place + table.len()].fill(0);
            erased = true;
        }
    }
    erased
}

/// For each byte of a word, and each value of it: what it adds to the checksum of this many words.
fn table(words: usize) -> Vec<u8> {
    let row = |byte: usize| (0..=255).map(move |value| (0..8 * (WORD * words - byte)).fold(value, |sum, _| shift(sum)));
    (0..WORD).flat_map(row).flat_map(u32::to_le_bytes).collect()
}

fn shift(sum: u32) -> u32 {
    if sum & 1 == 0 { sum >> 1 } else { (sum >> 1) ^ POLYNOMIAL }
}

#[cfg(test)]
mod tests {
    use walrus::ir::{Instr, Unreachable};
    use walrus::{ConstExpr, DataKind, FunctionBuilder, Module, ValType};

    use super::{WORDS_AT_A_TIME, table, take_out};

    #[test]
    fn a_table_begins_as_everywhere() {
        // The last byte of a word is followed by nothing: this is the table that every implementation of CRC-32 has.
        let known: [u32; 4] = [0, 0x7707_3096, 0xee0e_612c, 0x9909_51ba];
        assert!(
            table(1)[3 * 1024..].iter().zip(known.iter().flat_map(|word| word.to_le_bytes())).all(|(&a, b)| a == b)
        );
    }

    #[test]
    fn functions_trap_and_tables_are_zeros_and_what_is_ours_stays() {
        let mut module = Module::default();
        let memory = module.memories.add_local(false, false, 1, None, None);
        let mut bytes = b"before".to_vec();
        bytes.extend(WORDS_AT_A_TIME.into_iter().flat_map(table));
        bytes.extend(b"behind");
        let length = bytes.len();
        let offset = ConstExpr::Value(walrus::ir::Value::I32(16));
        let data = module.data.add(DataKind::Active { memory, offset }, bytes);
        let names = ["_ZN7zlib_rs5crc324fold17h00E", "_RNv_7zlib_rs7adler327adler32", "_ZN7zlib_rs7deflate17h00E"];
        let [gzip, zlib, ours] = names.map(|name| {
            let mut builder = FunctionBuilder::new(&mut module.types, &[ValType::I32], &[ValType::I32]);
            builder.name(name.to_owned()).func_body().i32_const(7);
            let argument = module.locals.add(ValType::I32);
            builder.finish(vec![argument], &mut module.funcs)
        });
        for name in ["free", "tinyrlibc_itoa", "table_free"] {
            module.exports.add(name, ours);
        }

        take_out(&mut module).unwrap();

        let first = |id| {
            let function = module.funcs.get(id).kind.unwrap_local();
            function.block(function.entry_block()).instrs[0].0.clone()
        };
        assert!([gzip, zlib].into_iter().all(|id| matches!(first(id), Instr::Unreachable(Unreachable {}))));
        assert!(matches!(first(ours), Instr::Const(_)));
        let value = &module.data.get(data).value;
        assert_eq!((&value[..6], &value[length - 6..]), (&b"before"[..], &b"behind"[..]));
        assert!(value[6..length - 6].iter().all(|&byte| byte == 0));
        assert!(module.exports.iter().map(|export| &*export.name).eq(["table_free"]));
        assert!(Module::from_buffer(&module.emit_wasm()).is_ok());
    }

    #[test]
    fn a_module_without_it_is_an_error() {
        assert!(take_out(&mut Module::default()).is_err());
    }
}
