//! How code reads and writes frames.

use super::lexer::{Kind, Token};
use super::{Code, Spot};
use crate::Cause;

pub(super) fn check(code: &Code<'_>) -> Vec<Spot> {
    let mut spots = Vec::new();
    for pattern in [
        "if|elseif|while ( %w = 126|127 )",
        "if|elseif|while ( %w = 0x7e|0x7f )",
        "( %w = 126|127 ) {",
        "if ( ( %w = 126|127",
    ] {
        spots.extend(code.spots(Cause::LengthAssigned, pattern));
    }
    if code.is_handmade() || code.is_websocket() {
        spots.extend(code.spots(Cause::StrSplit125, "str_split|mb_str_split ( ... , 125 )"));
        spots.extend(code.spots(Cause::TextCut, "range ( 0 , len ( %w ) , 125 )"));
        spots.extend(code.spots(Cause::TextCut, "chunk_split ( ... , 125"));
        spots.extend(code.texts().filter(|(_, token)| token.text.contains(".{1,125}")).map(|(_, token)| Spot {
            cause: Cause::TextCut,
            start: token.start,
            end: token.end(),
        }));
    } else {
        spots.extend(code.spots(Cause::StrSplit125, "str_split ( %w , 125 )"));
    }
    if code.is_handmade() {
        spots.extend(little_endian(code));
        spots.extend(in_characters(code));
        spots.extend(long_messages(code));
        spots.extend(opcode_ignored(code));
        spots.extend(beyond_the_read(code));
        spots.extend(length_unused(code));
    }
    let reserved = code.spots(Cause::CloseCodeReserved, ". close ( 1004|1005|1006|1015");
    spots.extend(reserved);
    spots.extend(code.spots(Cause::CloseCodeReserved, "-> close ( 1004|1005|1006|1015"));
    spots
}

/// Lengths whose lowest byte is written first.
fn little_endian(code: &Code<'_>) -> Vec<Spot> {
    let patterns = [
        ". writeUInt16LE|writeUInt32LE|writeBigUInt64LE|readUInt16LE|readUInt32LE|readBigUInt64LE (",
        "LittleEndian . PutUint16|PutUint64|Uint16|Uint64 (",
        "order ( ByteOrder . LITTLE_ENDIAN )",
        ". setUint16|setBigUint64|getUint16|getBigUint64 ( ... , true )",
    ];
    let mut spots: Vec<Spot> =
        patterns.iter().flat_map(|pattern| code.spots(Cause::LengthByteOrder, pattern)).collect();
    // C#'s `BitConverter.GetBytes((ushort)length)`, which nothing turns round.
    if !code.mentions(&["reverse", "hosttonetworkorder", "islittleendian"]) {
        spots.extend(
            code.spots(Cause::LengthByteOrder, "BitConverter . GetBytes ( ( ushort|short|UInt16|ulong|UInt64|long )"),
        );
    }
    for fit in code.find("pack|unpack ( %s") {
        let format = code.tokens[fit.last].inner();
        let before = fit.first.checked_sub(2).map_or("", |at| code.tokens[at].text);
        let python = matches!(before, "struct");
        let wrong = if python {
            // `<`, `=`, `@` and nothing at all are the machine's order, which is little-endian nearly everywhere.
            let (order, fields) = match format.chars().next() {
                Some(order @ ('<' | '>' | '!' | '=' | '@')) => (order, &format[1..]),
                _ => ('@', format),
            };
            !matches!(order, '>' | '!') && fields.contains(['H', 'Q'])
        } else {
            // PHP: `v`, `V` and `P` are little-endian, `S`, `L` and `Q` the machine's.
            let letters = || format.chars().filter(char::is_ascii_alphabetic);
            format.len() <= 8
                && letters().any(|c| "vVPSLQ".contains(c))
                && letters().all(|c| "vVPSLQCcnNJaA".contains(c))
        };
        if wrong {
            spots.push(code.spot(Cause::LengthByteOrder, fit));
        }
    }
    spots
}

/// Lengths of text that are taken before it is encoded.
fn in_characters(code: &Code<'_>) -> Vec<Spot> {
    let mut spots = code.spots(Cause::LengthInCharacters, "mb_strlen ( %w )");
    // With `8bit` it counts bytes.
    spots.retain(|spot| code.text.get(spot.start..spot.end).is_some());
    let lengths = [
        // JavaScript and C#, Java, Python.
        ("%w . length|Length <=|<|>|>=|, %n", 0),
        ("%w . length ( ) <=|<|>|>= %n", 0),
        ("len ( %w ) <=|<|>|>= %n", 2),
        ("0x81|129|0b10000001 , %w . length|Length", 2),
        ("0x81|129|0b10000001 , len ( %w )", 4),
    ];
    for (pattern, name_at) in lengths {
        for fit in code.find(pattern) {
            let name = code.tokens[fit.first + name_at];
            let number = code.tokens[fit.last];
            let about_length = number.kind != Kind::Number
                || matches!(number.text, "125" | "126" | "127" | "65535" | "65536" | "0x7e" | "0xffff");
            if about_length && name.kind == Kind::Word && is_text(code, name) {
                spots.push(code.spot(Cause::LengthInCharacters, fit));
            }
        }
    }
    spots
}

/// Whether the code encodes this variable elsewhere, and so holds text in it, and never puts bytes into it.
fn is_text(code: &Code<'_>, name: Token<'_>) -> bool {
    let name = name.text;
    let encoded = [
        format!("Buffer . from|alloc ( {name} )"),
        format!("Buffer . from ( {name} , %s )"),
        format!("encode ( {name} )"),
        format!("GetBytes ( {name} )"),
        format!("{name} . encode ("),
        format!("{name} . getBytes ("),
        format!(". write ( {name} , %w , 'utf8'|\"utf8\""),
        format!("bytes ( {name} ,"),
    ];
    let made_bytes = [
        format!("{name} = Buffer"),
        format!("{name} = {name} . encode"),
        format!("{name} = {name} . getBytes"),
        format!("{name} = %w . encode"),
        format!("{name} = ... GetBytes ("),
        format!("{name} = bytes ("),
        format!("{name} = new TextEncoder"),
    ];
    encoded.iter().any(|pattern| !code.find(pattern).is_empty())
        && made_bytes.iter().all(|pattern| code.find(pattern).is_empty())
}

/// A length that is put into the second byte, in code that knows no other form.
fn long_messages(code: &Code<'_>) -> Vec<Spot> {
    let knows_other_forms =
        code.tokens.iter().any(|token| matches!(token.text, "126" | "127" | "0x7e" | "0x7E" | "125" | "0x7d"))
            || code.mentions(&["\\x7e", "1.125", "2, 125"]);
    let writes = [
        "\"\\x81\" . chr ( strlen ( %w ) )",
        "chr ( 129|0x81 ) . chr ( strlen ( %w ) )",
        "pack ( 'CC'|\"CC\"|'C2'|\"C2\" , 129|0x81 , strlen ( %w ) )",
        "Buffer . from ( [ 0x81|129 , %w . length ]",
        "Buffer . from ( [ 0x81|129 , Buffer . byteLength ( %w ) ]",
        "bytes|bytearray ( [ 0x81|129 , len ( %w ) ] )",
        "[ ] byte { 0x81|129 , byte ( len ( %w ) )",
        "0x81|129 , ( byte ) %w . length|Length",
    ];
    let spots = writes.iter().flat_map(|pattern| code.spots(Cause::LongMessagesForgotten, pattern));
    spots.filter(|_| !knows_other_forms).collect()
}

/// The length and the mask are taken out of a frame, in code that never looks at the opcode.
fn opcode_ignored(code: &Code<'_>) -> Vec<Spot> {
    let looks = code.mentions(&[
        "opcode",
        "op_code",
        "0x0f",
        "0xf ",
        "0xf)",
        "0xf;",
        "0b1111",
        "& 15",
        "&15",
        "0x88",
        "0x8)",
        "== 8",
        "=== 8",
        "0x08",
        "136",
        "frametype",
        "frame_type",
    ]);
    if looks {
        return Vec::new();
    }
    let length = code.find("& 127|0x7f|0b01111111|0b1111111");
    // Only who unmasks reads whole frames.
    let unmasks = code.find("^").len() + code.find("^=").len() > 0;
    length.first().filter(|_| unmasks).map(|fit| code.spot(Cause::OpcodeIgnored, *fit)).into_iter().collect()
}

/// PHP's `ord($buffer[1])`, of a buffer whose length nobody asks.
fn beyond_the_read(code: &Code<'_>) -> Vec<Spot> {
    let reads = code.find("ord ( %w [ 1 ] ) &").into_iter();
    let blind = reads.filter(|fit| {
        let name = code.tokens[fit.first + 2].text;
        let asks =
            [format!("strlen ( {name} ) <|<=|>|>=|==|==="), format!("isset ( {name}"), format!("empty ( {name}")];
        name.starts_with('$') && asks.iter().all(|pattern| code.find(pattern).is_empty())
    });
    blind.map(|fit| code.spot(Cause::ByteBeyondRead, fit)).collect()
}

/// A length that is only compared, and never counted with.
fn length_unused(code: &Code<'_>) -> Vec<Spot> {
    let reads = code.find("%w = ... & 127|0x7f ;").into_iter();
    let unused = reads.filter(|fit| {
        let name = code.tokens[fit.first].text;
        let uses = code.tokens.iter().enumerate().filter(|(at, token)| *at != fit.first && token.text == name);
        let mut compared = 0;
        let only_compared = uses.into_iter().all(|(at, _)| {
            compared += 1;
            let next = |offset: usize| code.tokens.get(at + offset).map_or("", |token| token.text);
            matches!(next(1), "==" | "===" | "=") && matches!(next(2), "126" | "127" | "0x7e" | "0x7f")
        });
        only_compared && compared > 0
    });
    unused.map(|fit| code.spot(Cause::LengthUnused, fit)).collect()
}
