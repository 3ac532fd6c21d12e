// A recording divided into the four parts in which the places of findings count.

import { joinBytes } from '../state/bytes';
import type { Diagnosis, Place, Recording } from './engine';

export type PartName = Place['part'];
export type Parts = Record<PartName, Uint8Array>;

const encoder = new TextEncoder();

export function partsOf(recording: Recording, heads: Diagnosis['heads']): Parts {
  const { timeline } = recording;
  if (!timeline) {
    return { request: bytesOf(recording.request), response: bytesOf(recording.response), fromClient: bytesOf(recording.fromClient), fromServer: bytesOf(recording.fromServer) };
  }
  const sent = (from: 'client' | 'server') => joinBytes(...timeline.flatMap((moment) => (moment.from === from && 'bytes' in moment ? [bytesOf(moment.bytes)] : [])));
  const client = joinBytes(bytesOf(recording.request), sent('client'));
  const server = joinBytes(bytesOf(recording.response), sent('server'));
  return {
    request: client.subarray(0, heads.request),
    response: server.subarray(0, heads.response),
    fromClient: client.subarray(heads.request),
    fromServer: server.subarray(heads.response),
  };
}

function bytesOf(recorded: Recording['request']): Uint8Array {
  if (recorded === null || recorded === undefined) return new Uint8Array(0);
  if (typeof recorded === 'string') return encoder.encode(recorded);
  if (recorded instanceof Uint8Array) return recorded;
  return ArrayBuffer.isView(recorded) ? new Uint8Array(recorded.buffer, recorded.byteOffset, recorded.byteLength) : new Uint8Array(recorded);
}
