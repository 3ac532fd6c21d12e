//! What to do about the fields of the 101.

use super::advice;

advice! {
    FieldsLeftOut { Server, none, none, "Answer with `Upgrade: websocket`, `Connection: Upgrade` and `Sec-WebSocket-Accept`, or leave the handshake to a library.", "Paste the response here: all its mistakes are listed, not only the first." }
    FieldsStripped { Between, HandshakeViolation::ResponseConnectionMissing, none, "Have each proxy on the way support WebSocket for this route.", "Compare what the server sent with what the client got." }
    UpgradeMissingInAnswer { Server, HandshakeViolation::ResponseUpgradeMissing, "upgrade-missing", "Answer `Upgrade: websocket`.", "Paste the response here; where the server did send it, a proxy took it off." }
    UpgradeNamesOther { Server, HandshakeViolation::ResponseUpgradeNotWebsocket, "upgrade-to-h2c", "Answer `Upgrade: websocket`, once and with nothing beside it.", "See who writes the field: a server of HTTP/2 answers `h2c`." }
    UpgradeTwice { Server, HandshakeViolation::ResponseUpgradeNotWebsocket, "upgrade-list", "Write the field in one place, as `Upgrade: websocket`; Firefox lets it pass, Chromium does not.", "Connect past the proxy: if one is left, the other is the proxy's." }
    ConnectionMissingInAnswer { Server, HandshakeViolation::ResponseConnectionMissing, "connection-missing", "Answer `Connection: Upgrade`.", "Paste the response here; where the server did send it, a proxy took it off." }
    ConnectionRewritten { Between, HandshakeViolation::ResponseConnectionNotUpgrade, none, "Answer `Connection: Upgrade`, and have proxies leave it.", "Connect past the proxy and compare." }
    AcceptMissingInAnswer { Server, HandshakeViolation::AcceptMissing, "accept-missing", "Answer with the base64 form of the SHA-1 of the key and the GUID, under exactly this name.", "Look for `Sec-WebSocket-Key1` or `WebSocket-Location` in the server: it speaks the draft of 2010." }
    AcceptTwiceInAnswer { Server, HandshakeViolation::AcceptDuplicate, "accept-twice", "Let the library or the application write it, not both.", "Search the application for the field's name." }
    AcceptMiscomputed { Server, HandshakeViolation::AcceptWrong, "accept-constant", "Hash the key as it was written and then the GUID with SHA-1, and encode the twenty bytes in base64.", "Paste the request and the response: the value says which mistake made it." }
    SubprotocolUnasked { Server, HandshakeViolation::ResponseProtocolNotOffered, none, "Leave Sec-WebSocket-Protocol out where the request has none.", "Look for the line in the server that always writes the field." }
    SubprotocolOther { Server, HandshakeViolation::ResponseProtocolNotOffered, "subprotocol-not-offered", "Answer with one of the offered names, letter for letter, or leave the field out.", "Compare Sec-WebSocket-Protocol in the request with that in the response." }
    SubprotocolList { Server, HandshakeViolation::ResponseProtocolDuplicate, "subprotocol-list", "Choose one of the offered names and send that.", "Compare Sec-WebSocket-Protocol in the request with that in the response." }
    SubprotocolUnanswered { Server, DoctorRule::ResponseProtocolMissing, "subprotocol-not-chosen", "Have the server answer with one of the offered names; or offer none, and do not pass a token or `null` there.", "See what is passed as second argument of `new WebSocket`." }
    ExtensionUnasked { Server, HandshakeViolation::ExtensionNotOffered, none, "Answer only with extensions that the request offered.", "Compare Sec-WebSocket-Extensions in the request with that in the response." }
    ExtensionsUnreadable { Server, HandshakeViolation::ResponseExtensions, "extensions-malformed", "Write `name; parameter=value`, or leave the field out where no extension is taken.", "Paste the response here." }
    ExtensionTwice { Server, HandshakeViolation::DeflateDuplicate, none, "Accept one of the offers, once.", "Compare Sec-WebSocket-Extensions in the request with that in the response." }
    DeflateOfferEchoed { Server, HandshakeViolation::DeflateParameterValue, "deflate-client-bits-without-value", "Answer `permessage-deflate` alone, or give the parameter a value from 8 to 15.", "Look for the line that copies the request's field into the response." }
    DeflateParameterForeign { Server, HandshakeViolation::DeflateParameterUnknown, "deflate-parameter-unknown", "Use the four parameters of RFC 7692 only.", "Paste the response here." }
    DeflateParameterInvalid { Server, HandshakeViolation::DeflateParameterValue, "deflate-server-bits-16", "Write the bits as 8 to 15 without leading zeros, and the two other parameters without a value.", "Paste the response here." }
    DeflateParameterTwice { Server, HandshakeViolation::DeflateParameterDuplicate, "deflate-parameter-twice", "Give each parameter once.", "Paste the response here." }
    StatusLineMisread { Server, HandshakeViolation::StatusLine, "http-1.0", "Answer `HTTP/1.1 101 Switching Protocols`, letter for letter.", "Paste the first line of the response here." }
    NotHttp { Server, DoctorRule::ResponseNotHttp, none, "Connect to the port of the WebSocket server, with wss: where it speaks TLS.", "Look at the first bytes of the answer: `15 03` is TLS, letters are some other protocol's greeting." }
    FrameInsteadOfHead { Server, DoctorRule::ResponseNotHttp, "frame-instead-of-head", "Answer each connection's own handshake first; keep that state for each client, not in one flag for all.", "Connect a second client while the first is connected: if only the second fails, one flag serves all." }
    HeadUnfinished { Server, HandshakeViolation::HeadIncomplete, "one-crlf-too-few", "End the head with CR LF CR LF.", "Paste the server's bytes: see whether they end in `0d 0a 0d 0a`." }
}
