//! Lines that say little: they are only explained where nothing else in the text is known.

use super::known::table;

table! { "any client":
    "error during websocket handshake" => [AnswerNotAccepted];
    "websocket handshake failed" => [AnswerNotAccepted, UpgradeNotForwarded, AcceptMiscomputed];
    "websocket upgrade failed" => [AnswerNotAccepted, UpgradeNotForwarded];
    "websocket connection failed" => [NothingListens, AnswerNotAccepted, CertificateUntrusted, UpgradeNotForwarded];
    "websocket connection to '{}' failed" => [NothingListens, AnswerNotAccepted, CertificateUntrusted, UpgradeNotForwarded];
    "error in connection establishment" => [NothingListens, NameUnknown, CertificateUntrusted];
    "websocket protocol error" => [FrameBroken, AnswerNotAccepted];
    "websocket: the client is not using the websocket protocol" => [NotAWebSocketRequest, ConnectionFieldLost];
    "invalid websocket frame" => [FrameBroken, UnframedBytes];
    "unexpected eof" => [EndedWithoutClose, IdleTimeout];
    "connection closed unexpectedly" => [EndedWithoutClose, IdleTimeout];
    "websocket error" => [NothingListens, AnswerNotAccepted, FrameBroken];
    "websocket is closed" => [EndedWithoutClose, UsedAfterClose];
    "connection closed abnormally" => [EndedWithoutClose, IdleTimeout];
    "abnormal closure" => [EndedWithoutClose, IdleTimeout];
}
