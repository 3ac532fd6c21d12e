/**
 * The WebSocket protocol (RFC 6455) as a strict codec without I/O: bytes and texts in, bytes and facts out.
 *
 * @packageDocumentation
 */

export { type Bytes } from './arguments.ts';
export {
  describeStatusCode,
  encodeClosePayload,
  parseClosePayload,
  type ClosePayload,
  type StatusCodeText,
} from './close.ts';
export { Connection } from './connection.ts';
export {
  type ConnectionEvent,
  type ConnectionOptions,
  type ConnectionState,
  type TransportAction,
} from './connection-options.ts';
export { FrameDecoder, type FrameDecoderOptions, type FramePart, type Role } from './decoder.ts';
export {
  applyMask,
  encodeFrame,
  forgeFrame,
  generateMaskingKey,
  opcodes,
  type EncodeFrameOptions,
  type ForgeFrameOptions,
} from './encode.ts';
export { FrameEncoder, type FrameEncoderOptions } from './encoder.ts';
export { errorTexts, type ErrorCode, type ErrorText, type Ws101Error } from './errors.ts';
export {
  acceptKey,
  buildErrorResponse,
  buildRequest,
  buildResponse,
  generateKey,
  verifyRequest,
  verifyResponse,
  type Extension,
  type ExtensionParameter,
  type HeaderList,
  type RequestOptions,
  type ResponseOptions,
  type VerifiedRequest,
  type VerifiedResponse,
  type VerifyRequestOptions,
  type VerifyResponseOptions,
} from './handshake.ts';
export { HeadReader } from './head-reader.ts';
export { type BytesDelivery } from './resources.ts';
export { FrameDecoderStream, FrameEncoderStream } from './streams/frames.ts';
export { ConnectionStream, type ConnectionStreamOptions } from './streams/connection.ts';
export {
  acceptStream,
  connectStream,
  type AcceptStreamOptions,
  type AcceptedStream,
  type ConnectStreamOptions,
  type ConnectedStream,
  type OpeningOptions,
} from './streams/opening.ts';
export { type ConnectionEnd, type Message } from './streams/session.ts';
export { type ByteTransport, type TransportError } from './streams/transport.ts';
export { version } from '../generated/version.ts';
