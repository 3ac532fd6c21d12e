//! What stands between writes: nginx, Apache, `HAProxy`, Envoy, Cloudflare.

use super::known::table;

table! { "a proxy":
    "upstream prematurely closed connection while reading response header from upstream" => [ClosedBeforeAnswer, ErrorUnhandled, HttpVersionOld, PlainToTlsServer];
    "upstream prematurely closed connection" => [ClosedBeforeAnswer, EndedWithoutClose];
    "upstream timed out ({n}: {}) while proxying upgraded connection" => [IdleTimeout];
    "upstream timed out ({n}: {}) while reading upstream" => [IdleTimeout, UpstreamSilent];
    "upstream timed out ({n}: {}) while reading response header from upstream" => [UpstreamSilent, AnswerTookTooLong];
    "upstream timed out ({n}: {}) while connecting to upstream" => [NetworkGone];
    "upstream timed out" => [UpstreamSilent, IdleTimeout];
    "upstream sent no valid http/1.0 header" => [NotHttp, FrameInsteadOfHead, TlsToPlainServer];
    "upstream sent invalid header" => [NotHttp, FieldsLeftOut];
    "upstream sent too big header" => [HeadRefusedAsTooLong];
    "connect() failed ({n}: {}) while connecting to upstream" => [UpstreamDown, NothingListens];
    "connect() to {} failed ({n}: {}) while connecting to upstream" => [UpstreamDown, NothingListens];
    "no live upstreams while connecting to upstream" => [UpstreamUnavailable, UpstreamDown];
    "host not found in upstream" => [NameUnknown];
    "recv() failed ({n}: {}) while proxying upgraded connection" => [ConnectionReset];
    "recv() failed ({n}: {}) while reading response header from upstream" => [ResetBeforeAnswer, ErrorUnhandled];
    "send() failed ({n}: {}) while proxying upgraded connection" => [PeerGone];
    "peer closed connection in ssl handshake" => [TlsFailed];
    "ssl_do_handshake() failed" => [TlsFailed, TlsToPlainServer];
    "the plain http request was sent to https port" => [PlainToTlsServer];
    "client sent plain http request to https port" => [PlainToTlsServer];
    "client sent invalid request while reading client request line" => [RequestUnreadable];
    "client sent invalid method while reading client request line" => [RequestUnreadable, NotAFrame];
    "worker_connections are not enough" => [FileDescriptorsGone];
    "request header or cookie too large" => [HeadRefusedAsTooLong];
    "http/1.1' {n} {n}" => Status;
    "http/1.0' {n} {n}" => Status;
    "http/1.1 {n} " => Status;
    "http/1.0 {n} " => Status;
    // Apache
    "no protocol handler was valid for the url" => [UpgradeNotForwarded, LibraryMissing];
    "failed to make connection to backend" => [UpstreamDown];
    "error reading status line from remote server" => [UpstreamSilent, ClosedBeforeAnswer, NotHttp];
    "error reading from remote server returned by" => [UpstreamSilent, ClosedBeforeAnswer];
    // HAProxy
    "sc-- " => [UpstreamDown];
    "sh-- " => [UpstreamSilent, UpstreamDown];
    "sd-- " => [IdleTimeout, ConnectionReset];
    "cd-- " => [IdleTimeout, ConnectionReset];
    "ch-- " => [ClientLeftFirst];
    // Envoy, ingresses
    "upstream connect error or disconnect/reset before headers" => [UpstreamDown, UpgradeNotForwarded];
    "no healthy upstream" => [UpstreamUnavailable];
    "stream timeout" => [IdleTimeout];
    // Cloudflare and pages of errors
    "error code 52{n}" => [CdnCannotReachServer];
    "error code: 52{n}" => [CdnCannotReachServer];
    "error 52{n}" => [CdnCannotReachServer];
    "522: connection timed out" => [CdnCannotReachServer];
    "web server is down" => [CdnCannotReachServer];
    "web server is returning an unknown error" => [CdnCannotReachServer];
    "bad gateway" => [UpstreamDown];
    "service unavailable" => [UpstreamUnavailable];
    "gateway timeout" => [UpstreamSilent];
    "gateway time-out" => [UpstreamSilent];
    "upgrade required" => [UpgradeExpected, UpgradeNotForwarded];
    "client closed request" => [ClientLeftFirst];
}
