//! What .NET writes, and `SignalR` on top of it.

use super::known::table;

table! { ".NET":
    "the server returned status code '{n}' when status code '101' was expected" => Status;
    "unable to connect to the remote server" => [NothingListens, AnswerNotAccepted, NameUnknown, CertificateUntrusted];
    "the remote party closed the websocket connection without completing the close handshake" => [EndedWithoutClose, IdleTimeout, ConnectionReset];
    "the websocket is in an invalid state ('{}') for this operation" => [UsedAfterClose];
    "there is already one outstanding '{}' call for this websocket instance" => [WritesAtOnce];
    "the websocket received a frame with one or more reserved bits set" => [CompressedUnasked, UnframedBytes, LostSync];
    "the websocket server sent a masked frame" => [ServerMasks, UnframedUtf8, EchoedWithMask];
    "the websocket client sent an unmasked frame" => [ClientDoesNotMask];
    "the websocket received a continuation frame from a previous final message" => [ContinuationFirst, LostSync];
    "the websocket expected a continuation frame after having received a previous non-final frame" => [FragmentsRepeatOpcode, WritersInterleave];
    "the websocket received an invalid control message" => [ControlTooLong, ControlFragmented];
    "the websocket received a frame with an unknown opcode: '0x{x}'" => OpcodeInHex;
    "receive a pong frame in response to a ping frame" => [PingUnanswered];
    "the 'sec-websocket-accept' header value '{}' is invalid" => [AcceptMiscomputed, AcceptOfAnotherKey];
    "the 'connection' header value '{}' is invalid" => [ConnectionRewritten, FieldsStripped];
    "the 'upgrade' header value '{}' is invalid" => [UpgradeNamesOther, FieldsStripped];
    "not a websocket request" => [NotAWebSocketRequest, UpgradeNotForwarded];
    "websocket failed to connect. the connection could not be found on the server" => [UpgradeNotForwarded, NoSuchPath, LongPollingFallback];
    "failed to start the transport 'websockets'" => [AnswerNotAccepted, UpgradeNotForwarded];
    "server timeout elapsed without receiving a message from the server" => [PingUnanswered, IdleTimeout];
    "no connection could be made because the target machine actively refused it" => [NothingListens];
    "an existing connection was forcibly closed by the remote host" => [ConnectionReset];
    "the remote certificate is invalid" => [CertificateUntrusted];
    "no such host is known" => [NameUnknown];
}
