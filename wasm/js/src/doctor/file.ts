/** Recordings in files, and in whatever else somebody pastes. */

import type { FileForm, GapName } from '../../generated/doctor/names.ts';
import { read_file } from '../../generated/doctor/ws101_wasm_doctor.js';
import { bytes } from '../arguments.ts';
import { decodeBase64 } from '../base64.ts';
import type { Place } from './diagnose.ts';
import { ask } from './engine.ts';
import { Budget, type End, type Ended, type Recorded, type Recording } from './recording.ts';

export type { FileForm, GapName };

/** What a file holds. */
export interface RecordingFile {
  /**
   * The form in which it was read: a `recording` of `ws101 tap`, a session of the `page`, a `har`, the output of `curl`
   * or `tshark`, heads as `text`, `raw` bytes, bytes in `digits`, or a `log`.
   */
  form: FileForm;
  /** In the order of their numbers. */
  connections: RecordedConnection[];
  /** What a browser or a library said, for {@link explainMessage}; `line` counts from 1, and is `null` without lines. */
  messages: { text: string; line: number | null }[];
  /** What a reader should know of the file as a whole, each in a sentence without a full stop. */
  remarks: string[];
}

/** One connection of a file. */
export interface RecordedConnection {
  /** Its number in the file, from 1. */
  number: number;
  /** The URL that it was opened with, where the file says it. */
  url: string | null;
  /** Its bytes, for {@link diagnose}. */
  recording: Recording;
  /** What is not known of it, so that it cannot be judged, or was guessed. */
  gaps: { gap: GapName; sentence: string }[];
  /** What whoever recorded it wrote beside it. */
  notes: string[];
  /**
   * Where the lines of the file, counted from 1, begin in the bytes of a part, in the order of those bytes; a line may
   * hold the end of one part and the beginning of another. Empty where the file has no lines that say which bytes they
   * are.
   */
  lines: { part: Place['part']; at: number; line: number }[];
}

/** What crosses: as above, but bytes are base64, and times microseconds. */
type Answer =
  | { file: Omit<RecordingFile, 'connections'> & { connections: Crossing<RecordedConnection>[] } }
  | { error: { message: string; line: number | null; column: number | null } };

type Crossing<T> = Omit<T, 'recording'> & {
  recording: {
    request?: string | null;
    response?: string | null;
    fromServer?: string;
    fromClient?: string;
    ended?: Ended | null;
    timeline?: { at: number; from: End; bytes?: string; ended?: Ended }[];
  };
};

/**
 * Reads recordings from a file, or from anything that somebody pastes, of the form that it seems to have: what
 * `ws101 tap` recorded, a session of the page, a HAR, what curl and tshark write, a request and a response, bytes, their
 * digits or base64, lines of a console or a log. At most 64 MiB.
 *
 * Throws a `SyntaxError` that says what is wrong and what to do; its `line` and `column` count from 1, and are `null`
 * where there are none.
 *
 * @example
 * ```js
 * const { form, connections, messages } = readRecordings('HTTP/1.1 200 OK\nContent-Type: text/html\n\n<html>');
 * for (const { recording, gaps } of connections) {
 *   console.log(form, diagnose(recording).findings, gaps.map(({ sentence }) => sentence));
 * }
 * for (const { text } of messages) console.log(explainMessage(text));
 * ```
 */
export function readRecordings(file: Recorded): RecordingFile {
  const input = new Budget('readRecordings').take('file', file) ?? bytes('file (bytes or a string)', file);
  const answer = ask<Answer>(() => read_file(input));
  if ('error' in answer) {
    const { message, line, column } = answer.error;
    throw Object.assign(new SyntaxError(message), { line, column });
  }
  const connections = answer.file.connections.map((found) => ({ ...found, recording: recordingOf(found) }));
  return { ...answer.file, connections };
}

function recordingOf({ recording }: Crossing<unknown>): Recording {
  const { request, response, fromServer, fromClient, ended = null, timeline } = recording;
  if (timeline === undefined) {
    return {
      request: decoded(request),
      response: decoded(response),
      fromServer: decoded(fromServer),
      fromClient: decoded(fromClient),
      ended,
    };
  }
  return {
    timeline: timeline.map(({ at: microseconds, from, bytes = '', ended }) => {
      const at = microseconds / 1000;
      return ended === undefined ? { at, from, bytes: decodeBase64(bytes) } : { at, from, ended };
    }),
  };
}

function decoded(text: string | null | undefined): Uint8Array | null {
  return text === undefined || text === null ? null : decodeBase64(text);
}
