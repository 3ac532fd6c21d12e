//! How code computes the accept value: by which hash, of what, and in which form.

use super::pattern::Fit;
use super::{Code, Spot};
use crate::Cause;

/// What each row of tokens does; the patterns name functions that hardly stand in other code.
const PATTERNS: &[(Cause, &str)] = &[
    (Cause::AcceptDigestNibbles, "pack ( 'h*'|\"h*\""),
    (Cause::AcceptOfDecodedKey, "sha1 ( base64_decode ("),
    (Cause::AcceptOfDecodedKey, "sha1 ( b64decode|base64.b64decode ("),
    (Cause::AcceptOfDecodedKey, "sha1 ( base64 . b64decode ("),
    (Cause::AcceptLowerCased, "strtolower|strtoupper ( base64_encode ("),
    (Cause::AcceptLowerCased, "digest ( 'base64'|\"base64\" ) . toLowerCase|toUpperCase"),
    (Cause::AcceptOfHexDigest, "btoa ( ... digest ( 'hex'|\"hex\" ) )"),
    (Cause::AcceptOfHexDigest, "Buffer . from ( %w . digest ( 'hex'|\"hex\" ) )"),
    (Cause::AcceptOfHexDigest, "Buffer . from ( ... digest ( 'hex'|\"hex\" ) ) . toString ( 'base64'|\"base64\" )"),
    (Cause::AcceptOfHexDigest, "b64encode ( ... hexdigest ( )"),
    (Cause::AcceptOfHexDigest, "EncodeToString ( [ ] byte ( hex . EncodeToString ("),
    (Cause::AcceptOfHexDigest, "EncodeToString ( [ ] byte ( fmt . Sprintf ( \"%x\""),
    (Cause::AcceptOfHexDigest, "sha1Hex ( ... getBytes"),
    (Cause::AcceptOfHexDigest, "ToBase64String ( ... BitConverter . ToString ("),
    (
        Cause::AcceptDigestAsText,
        "Buffer . from ( ... digest ( 'binary'|'latin1'|\"binary\"|\"latin1\" ) ) . toString ( 'base64'|\"base64\" )",
    ),
    (Cause::AcceptGuidCase, "strtolower ( $guid|GUID|$magic|MAGIC|WS_GUID|MAGIC_STRING )"),
    (Cause::AcceptGuidCase, "strtolower ( self|static :: GUID|MAGIC|WS_GUID )"),
    (Cause::AcceptGuidCase, "guid|GUID|MAGIC|magic|WS_GUID|MAGIC_STRING . toLowerCase|ToLower|lower ( )"),
    (Cause::AcceptUrlSafe, "urlsafe_b64encode ( ... sha1"),
    (Cause::AcceptUrlSafe, "digest ( 'base64url'|\"base64url\" )"),
    (Cause::AcceptUrlSafe, "base64 . URLEncoding . EncodeToString"),
    (Cause::AcceptUrlSafe, "getUrlEncoder ("),
    (Cause::AcceptWithoutPadding, "base64 . RawStdEncoding . EncodeToString"),
    (Cause::AcceptWithoutPadding, "getEncoder ( ) . withoutPadding ("),
];

/// What stands in a statement with the GUID and is wrong only there.
const BESIDE_THE_GUID: &[(Cause, &str)] = &[
    (Cause::AcceptOtherHash, "createHash ( 'md5'|'sha256'|'sha512'|\"md5\"|\"sha256\"|\"sha512\" )"),
    (Cause::AcceptOtherHash, "hashlib . md5|sha256|sha512 ("),
    (Cause::AcceptOtherHash, "md5 ("),
    (Cause::AcceptOtherHash, "hash ( 'md5'|'sha256'|\"md5\"|\"sha256\" ,"),
    (Cause::AcceptOfUtf16, "Encoding . Unicode . GetBytes ("),
    (Cause::AcceptOfDecodedKey, "Buffer . from ( %w , 'base64'|\"base64\" )"),
    (Cause::AcceptOfDecodedKey, "b64decode ( ... ) +"),
];

pub(super) fn check(code: &Code<'_>) -> Vec<Spot> {
    // All of these are right elsewhere: in a token, in a file's checksum.
    if !code.mentions(&["258eafa5", "websocket", "guid", "accept"]) {
        return code.spots(Cause::AcceptDigestNibbles, "pack ( 'h*'|\"h*\" , sha1 (");
    }
    let mut spots: Vec<Spot> = PATTERNS.iter().flat_map(|(cause, pattern)| code.spots(*cause, pattern)).collect();
    for (cause, pattern) in BESIDE_THE_GUID {
        for fit in code.find(pattern) {
            let statement = code.statement(fit.first);
            if statement.iter().any(|token| is_guid(token.text)) {
                spots.push(code.spot(*cause, fit));
            }
        }
    }
    spots.extend(hex_in_base64(code));
    spots.extend(no_base64(code));
    spots
}

/// The GUID itself, or what people call the constant that holds it.
fn is_guid(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    lower.contains("258eafa5") || lower.contains("guid") || lower.contains("magic")
}

/// PHP's `base64_encode(sha1($text))`, whose inner call has no `true`.
fn hex_in_base64(code: &Code<'_>) -> Vec<Spot> {
    let calls = code.find("base64_encode ( sha1 (").into_iter();
    calls.filter(|fit| gives_hex(code, *fit)).map(|fit| code.spot(Cause::AcceptOfHexDigest, fit)).collect()
}

/// The digest of key and GUID in hex, in code that knows no base64.
fn no_base64(code: &Code<'_>) -> Vec<Spot> {
    if code.mentions(&["base64", "b64", "btoa", "pack("]) {
        return Vec::new();
    }
    let php = code.find("sha1 (").into_iter().filter(|fit| gives_hex(code, *fit));
    let others = ["digest ( 'hex'|\"hex\" )", "hexdigest ( )", "sha1Hex ("];
    let fits = php.chain(others.iter().flat_map(|pattern| code.find(pattern)));
    let beside = fits.filter(|fit| code.statement(fit.first).iter().any(|token| is_guid(token.text)));
    beside.map(|fit| code.spot(Cause::AcceptNotInBase64, fit)).collect()
}

/// Whether a call of PHP's `sha1`, which ends with the opening bracket, has no second argument that is true.
fn gives_hex(code: &Code<'_>, fit: Fit) -> bool {
    // Others have functions of this name that give bytes.
    let method = fit.first.checked_sub(1).is_some_and(|at| matches!(code.tokens[at].text, "." | "->" | "::"));
    let mut depth = 1_usize;
    let arguments = code.tokens[fit.last + 1..].iter().take_while(|token| {
        match token.text {
            "(" | "[" => depth += 1,
            ")" | "]" => depth -= 1,
            _ => {}
        }
        depth > 0
    });
    let arguments: Vec<&str> = arguments.map(|token| token.text).collect();
    !method && !matches!(arguments[..], [.., ",", "true" | "TRUE" | "True" | "1"])
}
