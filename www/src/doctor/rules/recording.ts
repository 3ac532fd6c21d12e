// An example as the recording that it stands for.

import { joinBytes } from '../../state/bytes';
import type { Recording } from '../engine';
import type { Example, Head } from './page';

export function recordingOf(example: Example): Recording {
  if (example.timeline) {
    return {
      timeline: example.timeline.map(({ at, from, head, hex, ended }) =>
        ended ? { at, from, ended } : { at, from, bytes: joinBytes(head === undefined ? new Uint8Array() : headBytes(head), hexBytes(hex ?? '')) },
      ),
    };
  }
  return {
    request: example.request === undefined ? null : headBytes(example.request),
    response: example.response === undefined ? null : headBytes(example.response),
    fromServer: hexBytes(example.fromServer ?? ''),
    fromClient: hexBytes(example.fromClient ?? ''),
    ended: example.ended ?? null,
  };
}

function headBytes(head: Head): Uint8Array {
  const text = typeof head === 'string' ? head : [...head, '', ''].join('\r\n');
  return new TextEncoder().encode(text);
}

/** `81 05 41*5`: two digits a byte, and a byte that is repeated. */
export function hexBytes(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const repeated = /^([0-9a-f]{2})\*(\d+)$/.exec(word);
    if (repeated) {
      const byte = Number.parseInt(repeated[1]!, 16);
      for (let left = Number(repeated[2]); left > 0; left -= 1) bytes.push(byte);
    } else if (/^([0-9a-f]{2})+$/.test(word)) {
      for (let at = 0; at < word.length; at += 2) bytes.push(Number.parseInt(word.slice(at, at + 2), 16));
    } else {
      throw new Error(`no bytes in an example: ${word}`);
    }
  }
  return Uint8Array.from(bytes);
}
