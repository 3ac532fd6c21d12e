//! The words of the rules, the fields and the status codes, for JavaScript.
//!
//! They are generated from the core's own tables: the module says a number, and what stands behind the number is
//! written once, in the core. The doctor's module tells its words itself; what is generated of them are the types of
//! their names, so that a page which says them in another language does not compile when one is missing.

use std::fs;
use std::path::Path;

use anyhow::Result;
use serde_json::{Value, json};
use ws101_core::handshake::{BuildError, HandshakeViolation, Refusal};
use ws101_core::inspect::FieldKind;
use ws101_core::{EncodeError, Rule, SendError, StatusCode, Violation};
use ws101_doctor::Cause;
use ws101_doctor::file::{Form, Gap};

/// Writes `tables.ts` into the folder of generated files.
pub(crate) fn write(folder: &Path) -> Result<()> {
    let rules = rules();
    let codes: Vec<&Value> = rules.iter().map(|rule| &rule["code"]).collect();
    let text = format!(
        "// Generated from the core's tables by `cargo xtask wasm`.\n\n\
         export type ErrorCode = {};\n\n\
         export interface Rule {{ number: number; code: ErrorCode; section: string; sentence: string; fix: string; \
         statusCode: number | null }}\n\n\
         export const rules: readonly Rule[] = {};\n\n\
         export const statusCodeNames: Record<number, string> = {};\n\n\
         export const refusals: Record<string, string> = {};\n",
        union(codes.iter().map(ToString::to_string)),
        pretty(&json!(rules))?,
        pretty(&status_codes())?,
        pretty(&refusals()?)?,
    );
    fs::write(folder.join("tables.ts"), text)?;
    Ok(())
}

/// Writes `fields.ts` into the folder of the generated files of `ws101/inspect`.
pub(crate) fn write_fields(folder: &Path) -> Result<()> {
    let kinds: Vec<&str> = FieldKind::ALL.iter().map(|kind| kind.text().key).collect();
    let text = format!(
        "// Generated from the core's tables by `cargo xtask wasm`.\n\n\
         export type FieldKind = {};\n\n\
         export const fieldKinds: readonly FieldKind[] = {};\n\n\
         export const fieldTexts: Record<FieldKind, {{ name: string; sentence: string; section: string }}> = {};\n",
        union(kinds.iter().map(|kind| json!(kind).to_string())),
        pretty(&json!(kinds))?,
        pretty(&fields())?,
    );
    fs::write(folder.join("fields.ts"), text)?;
    Ok(())
}

/// Writes `names.ts` into the folder of the doctor's generated files.
pub(crate) fn write_names(folder: &Path) -> Result<()> {
    let quoted = |name: &str| json!(name).to_string();
    let causes = union(Cause::ALL.iter().map(|cause| quoted(cause.name())));
    let explained = union(ws101_doctor::explained_causes().map(|cause| quoted(cause.name())));
    let coded = union(ws101_doctor::code_causes().map(|cause| quoted(cause.name())));
    let rules = union(ws101_doctor::rules().map(|rule| quoted(rule.code)));
    let forms = union(Form::ALL.iter().map(|form| quoted(form.name())));
    let gaps = union(Gap::ALL.iter().map(|gap| quoted(gap.name())));
    let text = format!(
        "// Generated from the doctor's tables by `cargo xtask wasm`.\n\n\
         export type CauseName = {causes};\n\n\
         export type ExplainedCause = {explained};\n\n\
         export type CodeCause = {coded};\n\n\
         export type RuleCode = {rules};\n\n\
         export type FileForm = {forms};\n\n\
         export type GapName = {gaps};\n",
    );
    fs::write(folder.join("names.ts"), text)?;
    Ok(())
}

/// Every rule of the core with its number: the peer's, then the caller's.
fn rules() -> Vec<Value> {
    let handshake = HandshakeViolation::ALL.iter().map(|rule| entry(rule.number(), rule.rule(), rule.status_code()));
    let build = BuildError::ALL.iter().map(|rule| entry(rule.number(), rule.rule(), None));
    let frames = Violation::ALL.iter().map(|rule| entry(rule.number(), rule.rule(), Some(rule.status_code().0)));
    let encode = EncodeError::ALL.iter().map(|rule| entry(rule.number(), rule.rule(), None));
    let send = [SendError::NotOpen, SendError::Full].map(|error| entry(error.number(), error.rule(), None));
    handshake.chain(build).chain(frames).chain(encode).chain(send).collect()
}

fn entry(number: u16, rule: Rule, status_code: Option<u16>) -> Value {
    json!({
        "number": number,
        "code": rule.code,
        "section": rule.section,
        "sentence": rule.sentence,
        "fix": rule.fix,
        "statusCode": status_code,
    })
}

fn fields() -> Value {
    let texts = FieldKind::ALL.iter().map(|kind| kind.text());
    texts
        .map(|text| {
            let words = json!({ "name": text.name, "sentence": text.sentence, "section": text.section });
            (text.key.to_owned(), words)
        })
        .collect::<serde_json::Map<_, _>>()
        .into()
}

fn status_codes() -> Value {
    (0..=u16::MAX)
        .filter_map(|code| Some((code.to_string(), json!(StatusCode(code).name()?))))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

/// The response to a request that breaks a rule is the same every time. Here it is text; in the module it would bring
/// every sentence along.
fn refusals() -> Result<Value> {
    let answered = HandshakeViolation::ALL.iter().filter(|rule| rule.status_code().is_some());
    let texts = answered.map(|&rule| {
        let refusal = Refusal::of(rule);
        let mut out = vec![0; refusal.encoded_len()];
        refusal.write(&mut out)?;
        Ok((rule.rule().code.to_owned(), json!(String::from_utf8(out)?)))
    });
    Ok(texts.collect::<Result<serde_json::Map<_, _>>>()?.into())
}

fn union(members: impl Iterator<Item = String>) -> String {
    members.collect::<Vec<_>>().join(" | ")
}

fn pretty(value: &Value) -> Result<String> {
    Ok(serde_json::to_string_pretty(value)?)
}

#[cfg(test)]
mod tests {
    use super::{fields, refusals, rules, status_codes};
    use std::collections::HashSet;

    #[test]
    fn no_number_and_no_code_names_two_rules() {
        let rules = rules();
        let numbers: HashSet<_> = rules.iter().map(|rule| rule["number"].as_u64().unwrap()).collect();
        let codes: HashSet<_> = rules.iter().map(|rule| rule["code"].as_str().unwrap()).collect();
        assert_eq!((numbers.len(), codes.len()), (rules.len(), rules.len()));
    }

    #[test]
    fn rules_have_the_status_code_that_answers_them() {
        let rules = rules();
        let status = |code: &str| rules.iter().find(|rule| rule["code"] == code).unwrap()["statusCode"].as_u64();
        assert_eq!(status("REQUEST_VERSION_UNSUPPORTED"), Some(426));
        assert_eq!(status("FRAME_UNMASKED"), Some(1002));
        assert_eq!(status("ENCODE_RESERVED_OPCODE"), None);
    }

    #[test]
    fn a_refusal_is_a_whole_response() {
        let refusals = refusals().unwrap();
        let text = refusals["REQUEST_VERSION_UNSUPPORTED"].as_str().unwrap();
        assert!(text.starts_with("HTTP/1.1 426 ") && text.contains("\r\nSec-WebSocket-Version: 13\r\n"), "{text}");
        assert_eq!(refusals.get("RESPONSE_NOT_101"), None);
    }

    #[test]
    fn fields_and_status_codes_have_names() {
        assert_eq!(fields()["masking-key"]["section"], "RFC 6455 §5.3");
        assert_eq!(status_codes()["1000"], "Normal Closure");
        assert_eq!(status_codes().get("4000"), None);
    }
}
