import { expect, it } from 'vitest';
import { explainAcceptKey } from '../engine';
import { acceptSteps, headForEditor, headFromEditor } from './accept-steps';
import { formatHex } from './bytes';

it('shows every step of §1.3', () => {
  const steps = acceptSteps(explainAcceptKey('dGhlIHNhbXBsZSBub25jZQ=='));
  expect(steps.map((step) => [step.id, step.text ?? formatHex(step.bytes, '')])).toEqual([
    ['key', 'dGhlIHNhbXBsZSBub25jZQ=='],
    ['nonce', '7468652073616d706c65206e6f6e6365'],
    ['guid', '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'],
    ['concatenated', 'dGhlIHNhbXBsZSBub25jZQ==258EAFA5-E914-47DA-95CA-C5AB0DC85B11'],
    ['digest', 'b37a4f2cc0624f1690f64606cf385945b2bec4ea'],
    ['accept', 's3pPLMBiTxaQ9kYGzzhZRbK+xOo='],
  ]);
});

it('shows what a careless server makes of something that is no key', () => {
  const steps = acceptSteps(explainAcceptKey(''));
  expect(steps.map((step) => step.id)).not.toContain('nonce');
  expect(steps.at(-1)!.text).toBe('Kfh9QIsMVZcl6xEPYxPHzW8SZ8w=');
});

it('gives the lines of an edited head the ends that they have on the wire', () => {
  const head = 'HTTP/1.1 101 X\r\na: b\r\n\r\n';
  expect(headForEditor(head)).toBe('HTTP/1.1 101 X\na: b\n\n');
  expect(headFromEditor(headForEditor(head))).toBe(head);
});
