type ErrorCode = "HEAD_TOO_LONG"
    | "HEAD_INCOMPLETE"
    | "HEAD_BARE_LF"
    | "HEAD_BARE_CR"
    | "FIELD_FOLDED"
    | "FIELD_WITHOUT_COLON"
    | "FIELD_BLANK_BEFORE_COLON"
    | "FIELD_NAME_INVALID"
    | "FIELD_VALUE_INVALID"
    | "REQUEST_LINE_INVALID"
    | "REQUEST_METHOD_NOT_GET"
    | "REQUEST_HTTP_VERSION"
    | "REQUEST_TARGET_INVALID"
    | "REQUEST_HOST_MISSING"
    | "REQUEST_HOST_DUPLICATE"
    | "REQUEST_HOST_INVALID"
    | "REQUEST_UPGRADE_MISSING"
    | "REQUEST_UPGRADE_NOT_WEBSOCKET"
    | "REQUEST_CONNECTION_MISSING"
    | "REQUEST_CONNECTION_NOT_UPGRADE"
    | "REQUEST_KEY_MISSING"
    | "REQUEST_KEY_DUPLICATE"
    | "REQUEST_KEY_INVALID"
    | "REQUEST_VERSION_MISSING"
    | "REQUEST_VERSION_DUPLICATE"
    | "REQUEST_VERSION_UNSUPPORTED"
    | "REQUEST_ORIGIN_DUPLICATE"
    | "REQUEST_ORIGIN_INVALID"
    | "REQUEST_ORIGIN_REFUSED"
    | "REQUEST_PROTOCOL_INVALID"
    | "REQUEST_PROTOCOL_DUPLICATE"
    | "REQUEST_PROTOCOL_TOO_MANY"
    | "REQUEST_EXTENSIONS_INVALID"
    | "REQUEST_BODY"
    | "RESPONSE_STATUS_LINE_INVALID"
    | "RESPONSE_HTTP_VERSION"
    | "RESPONSE_INTERIM"
    | "RESPONSE_NOT_101"
    | "RESPONSE_UPGRADE_MISSING"
    | "RESPONSE_UPGRADE_NOT_WEBSOCKET"
    | "RESPONSE_CONNECTION_MISSING"
    | "RESPONSE_CONNECTION_NOT_UPGRADE"
    | "RESPONSE_ACCEPT_MISSING"
    | "RESPONSE_ACCEPT_DUPLICATE"
    | "RESPONSE_ACCEPT_WRONG"
    | "RESPONSE_PROTOCOL_NOT_OFFERED"
    | "RESPONSE_PROTOCOL_DUPLICATE"
    | "RESPONSE_EXTENSIONS_INVALID"
    | "RESPONSE_EXTENSION_NOT_OFFERED"
    | "RESPONSE_DEFLATE_DUPLICATE"
    | "RESPONSE_DEFLATE_PARAMETER_UNKNOWN"
    | "RESPONSE_DEFLATE_PARAMETER_DUPLICATE"
    | "RESPONSE_DEFLATE_PARAMETER_VALUE"
    | "RESPONSE_DEFLATE_SERVER_TAKEOVER"
    | "RESPONSE_DEFLATE_SERVER_BITS"
    | "RESPONSE_DEFLATE_CLIENT_BITS"
    | "RESPONSE_DEFLATE_CLIENT_BITS_NOT_OFFERED"
    | "BUILD_BUFFER_TOO_SMALL"
    | "BUILD_HOST_INVALID"
    | "BUILD_TARGET_INVALID"
    | "BUILD_ORIGIN_INVALID"
    | "BUILD_SUBPROTOCOL_INVALID"
    | "BUILD_SUBPROTOCOL_DUPLICATE"
    | "BUILD_SUBPROTOCOL_NOT_OFFERED"
    | "BUILD_EXTENSIONS_INVALID"
    | "BUILD_EXTENSION_NOT_OFFERED"
    | "BUILD_FIELD_NAME_INVALID"
    | "BUILD_FIELD_VALUE_INVALID"
    | "BUILD_FIELD_RESERVED"
    | "FRAME_RESERVED_BITS"
    | "FRAME_RESERVED_OPCODE"
    | "FRAME_UNMASKED"
    | "FRAME_MASKED"
    | "FRAME_LENGTH_NOT_MINIMAL"
    | "FRAME_LENGTH_HIGH_BIT"
    | "FRAME_CONTROL_FRAGMENTED"
    | "FRAME_CONTROL_TOO_LONG"
    | "FRAME_UNEXPECTED_CONTINUATION"
    | "FRAME_MESSAGE_UNFINISHED"
    | "FRAME_TOO_BIG"
    | "MESSAGE_TOO_BIG"
    | "MESSAGE_INVALID_UTF8"
    | "MESSAGE_DEFLATE_INVALID"
    | "CLOSE_BODY_ONE_BYTE"
    | "CLOSE_STATUS_NOT_ALLOWED"
    | "CLOSE_REASON_INVALID_UTF8"
    | "ENCODE_BUFFER_TOO_SMALL"
    | "ENCODE_CONTROL_TOO_LONG"
    | "ENCODE_CONTROL_FRAGMENTED"
    | "ENCODE_RESERVED_OPCODE"
    | "ENCODE_STATUS_NOT_ALLOWED"
    | "ENCODE_REASON_TOO_LONG"
    | "ENCODE_RESERVED_BITS"
    | "ENCODE_UNEXPECTED_CONTINUATION"
    | "ENCODE_MESSAGE_UNFINISHED"
    | "ENCODE_INVALID_UTF8"
    | "ENCODE_OUT_OF_MEMORY"
    | "ENCODE_REASON_WITHOUT_STATUS"
    | "SEND_NOT_OPEN"
    | "SEND_QUEUE_FULL";
interface Ws101Error extends Error {
    code: ErrorCode;
    section: string;
    statusCode?: number;
    range?: [
        start: number,
        end: number
    ];
}
interface AcceptSteps {
    key: string;
    nonce: Uint8Array | null;
    problem: Ws101Error | null;
    guid: string;
    concatenated: Uint8Array;
    digest: Uint8Array;
    accept: string;
}
declare function explainAcceptKey(key: string): AcceptSteps;
type FieldKind = "frame"
    | "fin"
    | "rsv1"
    | "rsv2"
    | "rsv3"
    | "opcode"
    | "mask"
    | "payload-length"
    | "extended-payload-length"
    | "masking-key"
    | "payload-data"
    | "close-status-code"
    | "close-reason"
    | "request-line"
    | "status-line"
    | "method"
    | "request-target"
    | "http-version"
    | "status-code"
    | "reason-phrase"
    | "field-line"
    | "field-name"
    | "colon"
    | "field-value"
    | "whitespace"
    | "line-end"
    | "end-of-head";
declare const fieldTexts: Record<FieldKind, {
    name: string;
    sentence: string;
    section: string;
}>;
type Role = "client" | "server";
interface InspectedField {
    kind: FieldKind;
    depth: number;
    start: number;
    end: number;
    value: bigint | null;
    complete: boolean;
}
interface Inspection {
    fields: InspectedField[];
    problems: Ws101Error[];
    consumed: number;
}
interface InspectOptions {
    as: "frames" | "request" | "response";
    role?: Role;
}
declare function inspect(bytes: Uint8Array | ArrayBuffer, o: InspectOptions): Inspection;
export {
    AcceptSteps,
    ErrorCode,
    FieldKind,
    InspectOptions,
    InspectedField,
    Inspection,
    Role,
    Ws101Error,
    explainAcceptKey,
    fieldTexts,
    inspect,
};
