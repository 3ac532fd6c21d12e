// The steps from key to accept, each with the bytes that it gives.

import type { AcceptSteps } from '../engine';
import { utf8 } from './bytes';

export type AcceptStepId = 'key' | 'nonce' | 'guid' | 'concatenated' | 'digest' | 'accept';

export interface AcceptStep {
  id: AcceptStepId;
  bytes: Uint8Array;
  /** As text, where the step's bytes are text. */
  text: string | null;
}

/** In the order in which a server works; the nonce is left out where the key is none. */
export function acceptSteps(steps: AcceptSteps): AcceptStep[] {
  const list: AcceptStep[] = [
    { id: 'key', bytes: utf8(steps.key), text: steps.key },
    { id: 'guid', bytes: utf8(steps.guid), text: steps.guid },
    { id: 'concatenated', bytes: steps.concatenated, text: steps.key + steps.guid },
    { id: 'digest', bytes: steps.digest, text: null },
    { id: 'accept', bytes: utf8(steps.accept), text: steps.accept },
  ];
  if (steps.nonce) list.splice(1, 0, { id: 'nonce', bytes: steps.nonce, text: null });
  return list;
}

/** A text area gives every line end as LF; on the wire each is CRLF. */
export function headFromEditor(text: string): string {
  return text.replace(/\r\n|\r|\n/g, '\r\n');
}

export function headForEditor(head: string): string {
  return head.replace(/\r\n/g, '\n');
}
