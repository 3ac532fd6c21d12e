// What most examples of a server's mistakes begin with, and how their moments are written.

import { request, response } from './good';
import type { ExampleMoment, Head } from './page';

/** A good handshake, as a server makes it that fails only later. */
export const opened: readonly ExampleMoment[] = [
  { at: 0, from: 'client', head: request },
  { at: 2, from: 'server', head: response },
];

/** The text that `ws101 doctor` sends most, masked as it does, and its echo. */
export const hello = '81 85 b7 fa a1 bd ff 9f cd d1 d8';
export const helloBack = '81 05 48 65 6c 6c 6f';

export function client(at: number, hex: string): ExampleMoment {
  return { at, from: 'client', hex };
}

export function server(at: number, hex: string): ExampleMoment {
  return { at, from: 'server', hex };
}

/** A request and what came of it, two milliseconds later; nothing, where nothing did. */
export function asked(question: Head, ...answers: Head[]): readonly ExampleMoment[] {
  return [{ at: 0, from: 'client', head: question }, ...answers.map((head) => ({ at: 2, from: 'server' as const, head }))];
}

/** The good request without the line of one field, or with another line in its place. */
export function requestWith(name: string, ...lines: readonly string[]): readonly string[] {
  return request.flatMap((line) => (line.startsWith(`${name}: `) ? lines : [line]));
}

/** The good response with another accept value, as of a key that was misread. */
export function accepts(value: string): readonly string[] {
  return [...response.slice(0, -1), `Sec-WebSocket-Accept: ${value}`];
}

/** A refusal, and nothing behind it. */
export function refuses(status: string): readonly string[] {
  return [`HTTP/1.1 ${status}`, 'Content-Length: 0', 'Connection: close'];
}
