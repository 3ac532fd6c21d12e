/**
 * What each bit of a head or of frames means, and how an accept value comes about: for those who show, teach or debug.
 *
 * @packageDocumentation
 */

export { explainAcceptKey, type AcceptSteps } from './accept.ts';
export { fieldTexts, inspect, type FieldKind, type InspectedField, type Inspection, type InspectOptions } from './inspect.ts';
export { type Role } from '../decoder.ts';
export { type ErrorCode, type Ws101Error } from '../errors.ts';
