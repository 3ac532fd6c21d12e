//! What stands where the response should be.

use ws101_core::{Rsv, Span};

use crate::judge::frames::looks_like_frame;
use crate::judge::report::Report;
use crate::judge::{quote, request};
use crate::{Cause, DoctorRule, End, Finding};

/// How many bytes stand before the status line that the response begins with; `None` where none comes.
pub(super) fn before_head(bytes: &[u8], start: usize) -> Option<usize> {
    let rest = bytes.get(start..)?;
    let mark = if rest.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
    let is_blank = |&&byte: &&u8| matches!(byte, 0 | b'\r' | b'\n' | b' ' | b'\t');
    let junk = mark + rest[mark..].iter().take_while(is_blank).count();
    let begins = rest[junk..].get(..5).is_some_and(|text| text.eq_ignore_ascii_case(b"HTTP/"));
    begins.then_some(junk)
}

pub(super) fn tell_before_head(report: &mut Report<'_>, at: Span) {
    let rule = DoctorRule::BytesBeforeHead;
    let finding = report.finding(rule.rule(), rule.severity(), End::Server, at);
    report.add(finding.found(quote::hex(at.of(report.bytes(End::Server)))).expected(super::EXAMPLE));
}

/// What the server sent is no HTTP: what it is instead.
pub(super) fn judge(report: &Report<'_>, asked: Option<&[u8]>) -> Finding {
    let bytes = report.bytes(End::Server);
    let echoed = asked.is_some_and(|asked| {
        let same = asked.iter().zip(bytes).take_while(|(one, other)| one == other).count();
        same == bytes.len() || same >= 16
    });
    let cause = if echoed {
        Cause::EchoesBytes
    } else if request::is_tls(bytes) {
        Cause::PlainToTlsServer
    } else if looks_like_frame(bytes, 0, Rsv::NONE) || bytes.first().is_some_and(|byte| b"{[".contains(byte)) {
        Cause::FrameInsteadOfHead
    } else {
        Cause::NotHttp
    };
    let rule = DoctorRule::ResponseNotHttp;
    let finding = report.finding(rule.rule(), rule.severity(), End::Server, Span::new(0, bytes.len()));
    let is_text = bytes.iter().take(16).all(|byte| byte.is_ascii_graphic() || byte.is_ascii_whitespace());
    let found = if is_text { quote::text(bytes) } else { quote::hex(bytes) };
    finding.found(found).expected(super::EXAMPLE).caused_by([cause])
}
