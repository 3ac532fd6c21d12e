//! What Safari writes into the console.

use super::known::table;

table! { "Safari":
    "failed: there was a bad response from the server" => [AnswerNotAccepted, HttpHandlerAnswered, UpgradeNotForwarded];
    "there was a bad response from the server" => [AnswerNotAccepted, HttpHandlerAnswered, UpgradeNotForwarded];
    "failed: could not connect to the server" => [NothingListens, NetworkGone];
    "failed: the network connection was lost" => [EndedWithoutClose, FrameBroken, IdleTimeout];
    "failed: the operation couldn't be completed. connection refused" => [NothingListens];
    "failed: the operation couldn't be completed. protocol error" => [FrameBroken, AnswerNotAccepted];
    "failed: the operation couldn't be completed. socket is not connected" => [PeerGone, ConnectionReset, NetworkChanged];
    "failed: the operation couldn't be completed. software caused connection abort" => [NetworkChanged, ConnectionReset];
    "failed: the operation couldn't be completed. operation timed out" => [NetworkGone, AnswerTookTooLong];
    "osstatus error -9807" => [CertificateUntrusted];
    "osstatus error -9847" => [TlsFailed, TlsToPlainServer];
    "osstatus error -9836" => [TlsToPlainServer, TlsFailed];
    "the certificate for this server is invalid" => [CertificateUntrusted];
    "failed: an ssl error has occurred" => [CertificateUntrusted, TlsToPlainServer];
    "failed: a server with the specified hostname could not be found" => [NameUnknown];
    "failed: the internet connection appears to be offline" => [NetworkGone];
    "websocket network error" => [AnswerNotAccepted, NothingListens, CertificateUntrusted];
    "origin {} is not allowed by access-control-allow-origin" => [OriginOrPermissionRefused];
    "was not allowed to connect to insecure content from" => [MixedContent];
    "blocked by its content security policy" => [PolicyForbids];
    "the string did not match the expected pattern" => [UrlSchemeWrong, UrlUnreadable, SubprotocolArgumentWrong];
    "wrong url scheme for websocket" => [UrlSchemeWrong];
    "url has fragment component" => [UrlHasFragment];
    "websocket protocol contains duplicates" => [SubprotocolArgumentWrong];
    "wrong protocol for websocket" => [SubprotocolArgumentWrong];
    "the object is in an invalid state" => [SentTooEarly];
    "the frame was unmasked" => [ClientDoesNotMask];
}
