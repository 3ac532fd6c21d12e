//! What Firefox writes: two sentences into the console, in the user's language, and the rest into `MOZ_LOG`.

use super::known::table;

table! { "Firefox":
    "firefox can't establish a connection to the server at {$}" => [AnswerNotAccepted, NothingListens, ClosedWhileConnecting, CertificateUntrusted, PlainToTlsServer];
    "was interrupted while the page was loading" => [FrameBroken, ConnectionReset, PageLeft];
    // The same in other languages.
    "firefox kann keine verbindung zu dem server unter {$}" => [AnswerNotAccepted, NothingListens, ClosedWhileConnecting];
    "firefox kann keine verbindung {} aufbauen" => [AnswerNotAccepted, NothingListens, ClosedWhileConnecting];
    "unterbrochen, während die seite geladen wurde" => [FrameBroken, ConnectionReset, PageLeft];
    "firefox ne peut établir de connexion avec le serveur" => [AnswerNotAccepted, NothingListens, ClosedWhileConnecting];
    "interrompue pendant le chargement de la page" => [FrameBroken, ConnectionReset, PageLeft];
    "firefox no puede establecer una conexión con el servidor" => [AnswerNotAccepted, NothingListens, ClosedWhileConnecting];
    "fue interrumpida mientras la página" => [FrameBroken, ConnectionReset, PageLeft];
    "firefox не может установить соединение с сервером" => [AnswerNotAccepted, NothingListens, ClosedWhileConnecting];
    "firefox 无法建立到 {} 服务器的连接" => [AnswerNotAccepted, NothingListens, ClosedWhileConnecting];
    "firefox 无法建立" => [AnswerNotAccepted, NothingListens, ClosedWhileConnecting];
    "载入页面时与 {} 的连接中断" => [FrameBroken, ConnectionReset, PageLeft];
    "firefox は {} のサーバーへの接続を確立できませんでした" => [AnswerNotAccepted, NothingListens, ClosedWhileConnecting];
    "firefox 無法與 {} 伺服器建立連線" => [AnswerNotAccepted, NothingListens, ClosedWhileConnecting];
    // MOZ_LOG=nsWebSocket:5
    "http response header upgrade: websocket not found" => [UpgradeMissingInAnswer, UpgradeNamesOther, FieldsStripped];
    "http response header 'connection: upgrade' not found" => [ConnectionMissingInAnswer, ConnectionRewritten, FieldsStripped];
    "http response header sec-websocket-accept check failed" => [AcceptMiscomputed, AcceptMissingInAnswer, AcceptOfAnotherKey];
    "server replied with non-matching subprotocol [{}]" => [SubprotocolOther, SubprotocolList];
    "http sec-websocket-extensions negotiated unknown value {$}" => [ExtensionUnasked];
    "found unknown parameter" => [DeflateParameterForeign];
    "found invalid parameter {$}" => [DeflateParameterInvalid];
    "found multiple parameters {$}" => [DeflateParameterTwice];
    "parameter {} must not have value" => [DeflateParameterInvalid];
    "non-minimal-encoded payload length" => [LengthNotShortest];
    "high bit of 64 bit length set" => [LengthByteOrder];
    "unexpected reserved bits {x}" => ReservedBitsInPlace;
    "unknown op code {n}" => Opcode;
    "unknown control op code {n}" => Opcode;
    "fragmented control frame code {n}" => [ControlFragmented];
    "bad control frame code {n} length {n}" => [ControlTooLong];
    "continuation code in first fragment" => [ContinuationFirst];
    "illegal fragment sequence" => [FragmentsRepeatOpcode, ContinuationFirst, WritersInterleave];
    "nested fragments" => [FragmentsRepeatOpcode, WritersInterleave];
    "text frame invalid utf-8" => [TextInOtherEncoding, TextCut, CompressedWithoutRsv1];
    "close frame invalid utf-8" => [CloseReasonInOtherEncoding];
    "client receiving masked frame" => [ServerMasks, UnframedUtf8, EchoedWithMask];
    "an attempt was made to use an object that is not, or is no longer, usable" => [SentTooEarly];
    "an invalid or illegal string was specified" => [UrlSchemeWrong, UrlHasFragment, SubprotocolArgumentWrong];
    "ns_error_connection_refused" => [NothingListens];
    "ns_error_websocket_connection_refused" => [AnswerNotAccepted, NothingListens];
    "ns_error_net_reset" => [ResetBeforeAnswer, ConnectionReset];
    "ns_error_net_timeout" => [NetworkGone, AnswerTookTooLong];
    "ns_error_unknown_host" => [NameUnknown];
    "ns_error_port_access_not_allowed" => [PortBlocked];
    "sec_error_unknown_issuer" => [CertificateUntrusted];
    "mozilla_pkix_error_self_signed_cert" => [CertificateUntrusted];
    "ssl_error_rx_record_too_long" => [TlsToPlainServer];
    "the operation is insecure" => [MixedContent, PolicyForbids];
    "content-security-policy: the page's settings blocked the loading of a resource" => [PolicyForbids];
    "content-security-policy: the page's settings blocked" => [PolicyForbids];
}
