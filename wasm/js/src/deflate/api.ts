/**
 * The WebSocket protocol (RFC 6455) as a strict codec without I/O, with permessage-deflate (RFC 7692): all that `ws101`
 * has, and messages that are compressed.
 *
 * @packageDocumentation
 */

export * from '../api.ts';
export { type CompressionOptions, type DeflateOptions } from './extension.ts';
export {
  acceptDeflate,
  agreeDeflate,
  offerDeflate,
  type AcceptDeflateOptions,
  type AcceptedDeflate,
  type DeflateAgreement,
  type DeflateOffer,
} from './negotiation.ts';
