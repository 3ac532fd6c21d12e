/// <reference lib="esnext.disposable" />
type Bytes = Uint8Array | ArrayBuffer;
interface ClosePayload {
    code: number | null;
    reason: string;
}
interface StatusCodeText {
    name: string;
    sendable: boolean;
    section: string;
}
declare function parseClosePayload(payload: Uint8Array | ArrayBuffer): ClosePayload;
declare function encodeClosePayload(code: number, reason?: string): Uint8Array;
declare function describeStatusCode(code: number): StatusCodeText;
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
interface ErrorText {
    sentence: string;
    fix: string;
    section: string;
    statusCode: number | null;
}
declare const errorTexts: Record<ErrorCode, ErrorText>;
type HeaderList = readonly (readonly [
    name: string,
    value: string
])[];
interface RequestOptions {
    host: string;
    target?: string;
    key: string;
    origin?: string;
    subprotocols?: readonly string[];
    extensions?: string;
    headers?: HeaderList;
}
interface ResponseOptions {
    key: string;
    subprotocol?: string;
    extensions?: string;
    headers?: HeaderList;
}
interface VerifyRequestOptions {
    allowedOrigins?: readonly string[];
}
interface VerifyResponseOptions {
    key: string;
    subprotocols?: readonly string[];
    extensions?: string;
}
interface ExtensionParameter {
    name: string;
    value: string | null;
}
interface Extension {
    name: string;
    parameters: ExtensionParameter[];
}
interface VerifiedRequest {
    target: string;
    host: string;
    origin: string | null;
    key: string;
    subprotocols: string[];
    extensions: Extension[];
}
interface VerifiedResponse {
    subprotocol: string | null;
    extensions: Extension[];
}
declare function generateKey(): string;
declare function acceptKey(key: string): string;
declare function buildRequest(o: RequestOptions): Uint8Array;
declare function verifyRequest(head: Uint8Array | ArrayBuffer | string, o?: VerifyRequestOptions): VerifiedRequest;
declare function buildResponse(o: ResponseOptions): Uint8Array;
declare function buildErrorResponse(error: Ws101Error): Uint8Array;
declare function verifyResponse(head: Uint8Array | ArrayBuffer | string, o: VerifyResponseOptions): VerifiedResponse;
interface DeflateOffer {
    serverNoContextTakeover?: boolean;
    clientNoContextTakeover?: boolean;
    serverMaxWindowBits?: number;
    clientMaxWindowBits?: number | true;
}
interface AcceptDeflateOptions {
    serverNoContextTakeover?: boolean;
    clientNoContextTakeover?: boolean;
    serverMaxWindowBits?: number;
    clientMaxWindowBits?: number;
}
interface DeflateAgreement {
    serverNoContextTakeover: boolean;
    clientNoContextTakeover: boolean;
    serverMaxWindowBits: number;
    clientMaxWindowBits: number;
}
interface AcceptedDeflate extends DeflateAgreement {
    response: string;
}
declare function offerDeflate(...offers: DeflateOffer[]): string;
declare function acceptDeflate(extensions: readonly Extension[], o?: AcceptDeflateOptions): AcceptedDeflate | null;
declare function agreeDeflate(offer: string, extensions: readonly Extension[]): DeflateAgreement | null;
interface CompressionOptions {
    level?: number;
    threshold?: number;
    noContextTakeover?: boolean;
    idleMemory?: "kept" | "freed";
}
interface DeflateOptions extends Partial<DeflateAgreement>, CompressionOptions {
}
interface ExtensionOptions {
    deflate?: DeflateOptions | null;
}
interface OfferingOptions {
    deflate?: DeflateOffer & CompressionOptions;
}
interface AcceptingOptions {
    deflate?: AcceptDeflateOptions & CompressionOptions;
}
type BytesDelivery = "copy" | "write-back" | "view";
interface ConnectionOptions extends ExtensionOptions {
    maxFrame?: number;
    maxMessage?: number;
    maxOutgoing?: number;
    delivery?: "messages" | "parts";
    bytes?: BytesDelivery;
    pongs?: "automatic" | "by-caller";
    closes?: "automatic" | "by-caller";
    keepAlive?: {
        interval: number;
        patience: number;
    };
    closeTimeout?: number;
}
type ConnectionEvent = {
    type: "text";
    data: string;
} | {
    type: "binary";
    data: Uint8Array;
} | {
    type: "text-part" | "binary-part";
    data: Uint8Array;
    first: boolean;
    last: boolean;
} | {
    type: "ping" | "pong";
    data: Uint8Array;
} | {
    type: "close";
    code: number | null;
    reason: string;
} | {
    type: "violation";
    error: Ws101Error;
};
type ConnectionState = "open" | "close-sent" | "close-received" | "closed" | "failed" | "lost" | "timed-out";
type TransportAction = "continue" | "await-close" | "close";
type Role = "client" | "server";
interface FrameDecoderOptions {
    role: Role;
    maxPayload?: number;
    allowedRsv?: number;
    bytes?: BytesDelivery;
}
declare class FramePart {
    #private;
    readonly fin: boolean;
    readonly rsv1: boolean;
    readonly rsv2: boolean;
    readonly rsv3: boolean;
    readonly opcode: number;
    readonly payloadLength: number;
    readonly frameStart: number;
    readonly headerLength: number;
    readonly offset: number;
    readonly payload: Uint8Array;
    readonly first: boolean;
    readonly last: boolean;
    constructor(row: Uint32Array, at: number, payload: Uint8Array);
    get maskingKey(): Uint8Array | null;
}
declare class FrameDecoder {
    #private;
    constructor(o: FrameDecoderOptions);
    decode(chunk: Uint8Array | ArrayBuffer): Iterable<FramePart>;
    push(chunk: Uint8Array | ArrayBuffer): number;
    get taken(): number;
    get violation(): Ws101Error | null;
    get isBetweenMessages(): boolean;
    table(): Uint32Array;
    bytes(): Uint8Array;
    payload(row: number): Uint8Array;
    free(): void;
    [Symbol.dispose]: () => void;
    spill(): void;
}
declare class Connection {
    #private;
    static server(o?: ConnectionOptions): Connection;
    static client(o?: ConnectionOptions): Connection;
    private constructor();
    receive(chunk?: Uint8Array | ArrayBuffer): IterableIterator<ConnectionEvent>;
    transportEnded(): void;
    sendText(data: string): void;
    sendBinary(data: Uint8Array | ArrayBuffer): void;
    sendFragment(o: {
        opcode: number;
        payload?: Uint8Array | ArrayBuffer | string;
        fin?: boolean;
    }): void;
    ping(data?: Uint8Array | ArrayBuffer | string): void;
    pong(data?: Uint8Array | ArrayBuffer | string): void;
    close(code?: number, reason?: string): void;
    takeOutgoing(): Uint8Array;
    get outgoingLength(): number;
    get transportAction(): TransportAction;
    get state(): ConnectionState;
    get role(): Role;
    get pending(): number;
    tick(now: number): number | null;
    shrink(): void;
    free(): void;
    [Symbol.dispose]: () => void;
    spill(): void;
}
declare const opcodes: {
    readonly continuation: 0;
    readonly text: 1;
    readonly binary: 2;
    readonly close: 8;
    readonly ping: 9;
    readonly pong: 10;
};
interface EncodeFrameOptions {
    opcode: number;
    payload?: Uint8Array | ArrayBuffer | string;
    fin?: boolean;
    rsv1?: boolean;
    rsv2?: boolean;
    rsv3?: boolean;
    maskingKey?: Uint8Array | "random" | null;
}
interface ForgeFrameOptions {
    fin?: boolean;
    rsv1?: boolean;
    rsv2?: boolean;
    rsv3?: boolean;
    opcode: number;
    lengthForm?: 7 | 16 | 64;
    declaredLength?: number | bigint;
    maskingKey?: Uint8Array | null;
    payload?: Uint8Array | ArrayBuffer | string;
}
declare function generateMaskingKey(): Uint8Array;
declare function encodeFrame(o: EncodeFrameOptions): Uint8Array;
declare function forgeFrame(o: ForgeFrameOptions): Uint8Array;
declare function applyMask(data: Uint8Array, maskingKey: Uint8Array, offset?: number): Uint8Array;
interface FrameEncoderOptions {
    role: Role;
}
declare class FrameEncoder {
    #private;
    constructor(o: FrameEncoderOptions);
    encode(o: EncodeFrameOptions): void;
    get length(): number;
    take(): Uint8Array;
    free(): void;
    [Symbol.dispose]: () => void;
}
declare class HeadReader {
    #private;
    constructor(o?: {
        maxLength?: number;
    });
    receive(chunk: Uint8Array | ArrayBuffer): {
        head: Uint8Array;
        rest: Uint8Array;
    } | null;
    free(): void;
    [Symbol.dispose]: () => void;
}
declare class FrameDecoderStream {
    readonly readable: ReadableStream<FramePart>;
    readonly writable: WritableStream<Uint8Array>;
    constructor(o: FrameDecoderOptions);
}
declare class FrameEncoderStream {
    readonly readable: ReadableStream<Uint8Array>;
    readonly writable: WritableStream<EncodeFrameOptions>;
    constructor(o: FrameEncoderOptions);
}
interface ByteTransport {
    readonly readable: ReadableStream<Uint8Array>;
    readonly writable: WritableStream<Uint8Array>;
}
interface TransportError extends Error {
    code: "TRANSPORT_LOST" | "PEER_SILENT" | "HANDSHAKE_TIMEOUT";
    statusCode?: number;
}
type Message = string | Uint8Array;
interface ConnectionEnd {
    code: number | null;
    reason: string;
}
interface ConnectionStreamOptions extends Omit<ConnectionOptions, "delivery" | "bytes" | "pongs" | "closes"> {
    received?: Uint8Array | ArrayBuffer;
}
declare class ConnectionStream {
    #private;
    readonly readable: ReadableStream<Message>;
    readonly writable: WritableStream<Message>;
    readonly closed: Promise<ConnectionEnd>;
    readonly role: Role;
    static server(transport: ByteTransport, o?: ConnectionStreamOptions): ConnectionStream;
    static client(transport: ByteTransport, o?: ConnectionStreamOptions): ConnectionStream;
    private constructor();
    close(code?: number, reason?: string): Promise<ConnectionEnd>;
}
interface OpeningOptions extends Omit<ConnectionStreamOptions, "received" | "deflate"> {
    maxHead?: number;
    handshakeTimeout?: number;
    signal?: AbortSignal;
}
interface AcceptStreamOptions extends OpeningOptions, AcceptingOptions, VerifyRequestOptions {
    subprotocols?: readonly string[] | ((request: VerifiedRequest) => string | null | Promise<string | null>);
    headers?: HeaderList | ((request: VerifiedRequest) => HeaderList | Promise<HeaderList>);
}
interface ConnectStreamOptions extends OpeningOptions, OfferingOptions, Omit<RequestOptions, "key" | "extensions"> {
}
type AcceptedStream = ConnectionStream & {
    readonly request: VerifiedRequest;
    readonly subprotocol: string | null;
};
type ConnectedStream = ConnectionStream & {
    readonly response: VerifiedResponse;
    readonly subprotocol: string | null;
};
declare function acceptStream(transport: ByteTransport, o?: AcceptStreamOptions): Promise<AcceptedStream>;
declare function connectStream(transport: ByteTransport, o: ConnectStreamOptions): Promise<ConnectedStream>;
declare const version: string;
export {
    AcceptDeflateOptions,
    AcceptStreamOptions,
    AcceptedDeflate,
    AcceptedStream,
    ByteTransport,
    Bytes,
    BytesDelivery,
    ClosePayload,
    CompressionOptions,
    ConnectStreamOptions,
    ConnectedStream,
    Connection,
    ConnectionEnd,
    ConnectionEvent,
    ConnectionOptions,
    ConnectionState,
    ConnectionStream,
    ConnectionStreamOptions,
    DeflateAgreement,
    DeflateOffer,
    DeflateOptions,
    EncodeFrameOptions,
    ErrorCode,
    ErrorText,
    Extension,
    ExtensionParameter,
    ForgeFrameOptions,
    FrameDecoder,
    FrameDecoderOptions,
    FrameDecoderStream,
    FrameEncoder,
    FrameEncoderOptions,
    FrameEncoderStream,
    FramePart,
    HeadReader,
    HeaderList,
    Message,
    OpeningOptions,
    RequestOptions,
    ResponseOptions,
    Role,
    StatusCodeText,
    TransportAction,
    TransportError,
    VerifiedRequest,
    VerifiedResponse,
    VerifyRequestOptions,
    VerifyResponseOptions,
    Ws101Error,
    acceptDeflate,
    acceptKey,
    acceptStream,
    agreeDeflate,
    applyMask,
    buildErrorResponse,
    buildRequest,
    buildResponse,
    connectStream,
    describeStatusCode,
    encodeClosePayload,
    encodeFrame,
    errorTexts,
    forgeFrame,
    generateKey,
    generateMaskingKey,
    offerDeflate,
    opcodes,
    parseClosePayload,
    verifyRequest,
    verifyResponse,
    version,
};
