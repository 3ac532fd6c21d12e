//! What command lines, systems and other libraries write: curl, websocat, libwebsockets, OpenSSL, operating systems.

use super::known::table;

table! { "a tool":
    "refused websocket upgrade: {n}" => Status;
    "refused websockets upgrade: {n}" => Status;
    "received unexpected status code ({n}" => Status;
    "got bad http response '{n}'" => Status;
    "empty reply from server" => [ClosedBeforeAnswer, PlainToTlsServer];
    "received http/0.9 when not allowed" => [NotHttp, FrameInsteadOfHead];
    "could not resolve host" => [NameUnknown];
    "name or service not known" => [NameUnknown];
    "nodename nor servname provided" => [NameUnknown];
    "temporary failure in name resolution" => [NameUnknown, NetworkGone];
    "ssl certificate problem" => [CertificateUntrusted];
    "certificate verify failed" => [CertificateUntrusted];
    "wrong version number" => [TlsToPlainServer];
    "sslv3 alert handshake failure" => [TlsFailed];
    "tlsv1 alert protocol version" => [TlsFailed];
    "unexpected eof while reading" => [ConnectionReset, TlsFailed];
    "hs: ws upgrade response not 101" => [StatusUnexpected, HttpHandlerAnswered, UpgradeNotForwarded];
    "hs: accept missing" => [AcceptMissingInAnswer];
    "hs: upgrade missing" => [UpgradeMissingInAnswer, FieldsStripped];
    "hs: connection missing" => [ConnectionMissingInAnswer, FieldsStripped];
    "hs: protocol missing" => [SubprotocolUnanswered];
    "hs: accept '{}' wrong vs '{}'" => [AcceptMiscomputed, AcceptOfAnotherKey];
    "closed before established" => [AnswerNotAccepted, ClosedBeforeAnswer];
    "connection refused" => [NothingListens];
    "connection reset by peer" => [ConnectionReset];
    "connection timed out" => [NetworkGone, AnswerTookTooLong];
    "operation timed out" => [NetworkGone, AnswerTookTooLong];
    "no route to host" => [NetworkGone];
    "network is unreachable" => [NetworkGone];
    "broken pipe" => [PeerGone, UsedAfterClose];
    "address already in use" => [AddressInUse];
    "failed to connect to websocket" => [NothingListens, AnswerNotAccepted];
    "socket_write(): unable to write to socket" => [PeerGone];
    "fwrite(): send of {n} bytes failed with errno={n}" => [PeerGone];
}
