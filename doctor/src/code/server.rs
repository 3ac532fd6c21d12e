//! How a server deals with several clients, and with those that leave.

use super::pattern::Fit;
use super::{Code, Spot};
use crate::Cause;

pub(super) fn check(code: &Code<'_>) -> Vec<Spot> {
    let mut spots = code.spots(Cause::SelectOverwritesList, "socket_select|stream_select ( $this -> %w ,");
    spots.extend(code.spots(Cause::SelectOverwritesList, "socket_select|stream_select ( self :: %w ,"));
    spots.extend(the_list_itself(code));
    spots.extend(one_flag(code));
    spots.extend(ends_with_client(code));
    spots.extend(by_address(code));
    spots.extend(terminal(code));
    let binds = code.find("socket_bind|stream_socket_server (").into_iter().filter(|fit| code.is_in_loop(fit.first));
    spots.extend(binds.map(|fit| code.spot(Cause::ListenerRemadeInLoop, fit)));
    spots.extend(no_error_listener(code));
    spots.extend(unchecked_writes(code));
    spots
}

/// `socket_select($sockets, …)` within a loop that never fills `$sockets` anew.
fn the_list_itself(code: &Code<'_>) -> Vec<Spot> {
    let fits = code.find("socket_select|stream_select ( %w ,").into_iter();
    let itself = fits.filter(|fit| {
        let name = code.tokens[fit.first + 2].text;
        if name == "$this" || !code.is_in_loop(fit.first) {
            return false;
        }
        // A copy is made where the name is given another value within a loop.
        let assigned = code.find(&format!("{name} =")).into_iter().filter(|assigned| assigned.first != fit.first);
        let copied = assigned.filter(|assigned| code.is_in_loop(assigned.first)).count() > 0;
        let collects = !code.find(&format!("{name} [ ] =")).is_empty();
        collects && !copied
    });
    itself.map(|fit| code.spot(Cause::SelectOverwritesList, Fit { first: fit.first, last: fit.last })).collect()
}

/// PHP's `$handshake`, which belongs to no client.
fn one_flag(code: &Code<'_>) -> Vec<Spot> {
    let flags =
        ["$handshake", "$handshaked", "$shaken", "$isHandshake", "$is_handshake", "$handshakeDone", "$hand_shake"];
    let flag = flags.iter().find(|flag| {
        !code.find(&format!("{flag} = true|false|TRUE|FALSE|0|1")).is_empty()
            && (!code.find("socket_select|stream_select|socket_accept|stream_socket_accept (").is_empty()
                || code.mentions(&["$clients"]))
    });
    let Some(flag) = flag else { return Vec::new() };
    let tests = [
        format!("if ( ! {flag} )"),
        format!("if ( {flag} ==|===|!=|!== true|false|TRUE|FALSE|0|1 )"),
        format!("if ( {flag} )"),
        format!("if ( true|false|TRUE|FALSE == {flag} )"),
    ];
    tests.iter().flat_map(|pattern| code.spots(Cause::OneHandshakeFlag, pattern)).collect()
}

/// `if ($bytes == 0) return;` in the loop that serves all.
fn ends_with_client(code: &Code<'_>) -> Vec<Spot> {
    let patterns = [
        "if ( %w ==|=== 0 ) return|exit|die",
        "if ( %w ==|=== 0 ) { return|exit|die",
        "if ( %w ==|=== false ) return|exit|die",
        "if ( ! %w ) exit|die",
        "if ( %w < 1|7|9 ) return|exit|die",
    ];
    let names = ["bytes", "len", "length", "n", "size", "recv", "data", "buffer", "buf", "read", "received"];
    let fits = patterns.iter().flat_map(|pattern| code.find(pattern));
    let in_the_loop = fits.filter(|fit| {
        let condition = code.tokens[fit.first + 2..fit.last].iter();
        let about_bytes = condition.map(|token| token.text.trim_start_matches('$').to_ascii_lowercase());
        let about_bytes = about_bytes.into_iter().any(|name| names.contains(&name.as_str()));
        about_bytes
            && code.is_in_loop(fit.first)
            && code.mentions(&["socket_recv", "socket_read", "fread", "socket_select", "stream_select"])
    });
    in_the_loop.map(|fit| code.spot(Cause::ReturnsAtZeroBytes, fit)).collect()
}

/// `$clients[$ip] = …` and the like.
fn by_address(code: &Code<'_>) -> Vec<Spot> {
    let address = "$ip|$addr|$address|$remote|$remote_ip|$host|$client_ip|$peer|ip|addr|address|remoteAddress|remote_addr|clientIp|client_ip";
    let list = "$clients|$users|$sockets|$connections|$peers|clients|users|sockets|connections|peers|conns";
    let patterns = [
        format!("{list} [ {address} ] ="),
        format!("$this -> clients|users|sockets|connections [ {address} ] ="),
        format!("{list} [ %w . remoteAddress ] ="),
        format!("{list} [ %w . socket . remoteAddress ] ="),
        format!("{list} [ addr|address|peer [ 0 ] ] ="),
        format!("{list} . set ( {address} ,"),
        format!("{list} . set ( ... remoteAddress ,"),
        format!("{list} . put ( %w . getInetAddress|getHostAddress ("),
    ];
    patterns.iter().flat_map(|pattern| code.spots(Cause::ClientsByAddress, pattern)).collect()
}

/// Reading what somebody types, in the loop that serves.
fn terminal(code: &Code<'_>) -> Vec<Spot> {
    if !code.mentions(&[
        "socket_select",
        "socket_accept",
        "stream_select",
        "stream_socket_accept",
        ".accept()",
        "socket_listen",
        "$client",
    ]) {
        return Vec::new();
    }
    let patterns = ["fgets ( STDIN", "readline (", "stream_get_line ( STDIN", "input ("];
    let fits = patterns.iter().flat_map(|pattern| code.find(pattern));
    let calls = fits.filter(|fit| {
        // Not a method of that name, nor its definition.
        let before = fit.first.checked_sub(1).map_or("", |at| code.tokens[at].text);
        !matches!(before, "." | "->" | "::" | "function" | "def" | "func")
    });
    calls.map(|fit| code.spot(Cause::WaitsForTerminal, fit)).collect()
}

/// A server in Node on bare sockets that listens to no error.
fn no_error_listener(code: &Code<'_>) -> Vec<Spot> {
    let listens = !code.find(". on|once|addListener ( 'error'|\"error\"|`error` ,").is_empty()
        || code.mentions(&["uncaughtexception", "clienterror"]);
    if listens || !code.is_handmade() {
        return Vec::new();
    }
    let servers = [". on ( 'upgrade'|\"upgrade\" ,", "net . createServer (", "tls . createServer ("];
    servers.iter().flat_map(|pattern| code.spots(Cause::NoErrorListener, pattern)).collect()
}

/// `socket_write(…);` as a statement of its own.
fn unchecked_writes(code: &Code<'_>) -> Vec<Spot> {
    let writes = code.find("socket_write|fwrite ( %w").into_iter();
    let alone = writes.filter(|fit| {
        let before = fit.first.checked_sub(1).map_or(";", |at| code.tokens[at].text);
        // `@` only hides what it says.
        let before =
            if before == "@" { fit.first.checked_sub(2).map_or(";", |at| code.tokens[at].text) } else { before };
        matches!(before, ";" | "{" | "}" | "<?php") && code.tokens[fit.last].text.starts_with('$') && code.is_handmade()
    });
    alone.map(|fit| code.spot(Cause::WriteUnchecked, fit)).collect()
}
