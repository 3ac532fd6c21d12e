// What somebody pasted, recognised: a recording, lines of a console or a log, or code.

import type { CodeFinding, Explanation, FileForm, RecordedConnection } from './engine';
import type { Doctor } from './load';

export const readAsChoices = ['auto', 'recording', 'message', 'code'] as const;
export type ReadAs = (typeof readAsChoices)[number];

/** A line that says something, and what produces it. */
export interface ExplainedLine {
  text: string;
  /** From 1; `null` where the text has no lines. */
  line: number | null;
  explanations: readonly Explanation[];
}

export interface Reading {
  /** What it was taken for; `null` where it is nothing that is known. */
  form: FileForm | 'message' | 'code' | null;
  connections: readonly RecordedConnection[];
  lines: readonly ExplainedLine[];
  code: readonly CodeFinding[];
  /** What the reader should know of a file, each in a sentence without a full stop. */
  remarks: readonly string[];
  /** Why it could not be read. */
  problem: ReadProblem | null;
}

export interface ReadProblem {
  message: string;
  line: number | null;
  column: number | null;
}

export const nothing: Reading = { form: null, connections: [], lines: [], code: [], remarks: [], problem: null };

/** Reads a text, or the bytes of a file, as what it seems to be or as what is asked for. */
export function read(doctor: Doctor, input: string | Uint8Array, as: ReadAs): Reading {
  if (input.length === 0 || (typeof input === 'string' && input.trim() === '')) return nothing;
  try {
    switch (as) {
      case 'recording':
        return readRecordings(doctor, input);
      case 'message':
        return readLines(doctor, textOf(input));
      case 'code':
        return readCode(doctor, textOf(input));
      case 'auto':
        return recognise(doctor, input);
    }
  } catch (error) {
    return { ...nothing, problem: problemOf(error) };
  }
}

function recognise(doctor: Doctor, input: string | Uint8Array): Reading {
  if (typeof input === 'string' && looksLikeCode(input)) {
    const code = readCode(doctor, input);
    if (code.code.length > 0) return code;
  }
  try {
    const recordings = readRecordings(doctor, input);
    if (recordings.connections.length > 0 || recordings.lines.some(({ explanations }) => explanations.length > 0)) return recordings;
  } catch (error) {
    const text = textOf(input);
    for (const reading of [readLines(doctor, text), readCode(doctor, text)]) {
      if (reading.lines.some(({ explanations }) => explanations.length > 0) || reading.code.length > 0) return reading;
    }
    return { ...nothing, problem: problemOf(error) };
  }
  return readLines(doctor, textOf(input));
}

function readRecordings(doctor: Doctor, input: string | Uint8Array): Reading {
  const { form, connections, messages, remarks } = doctor.readRecordings(input);
  const lines = messages.map(({ text, line }) => ({ text, line, explanations: doctor.explainMessage(text) }));
  return { ...nothing, form, connections, lines, remarks };
}

function readLines(doctor: Doctor, text: string): Reading {
  return { ...nothing, form: 'message', lines: [{ text: text.trim(), line: firstLine(text), explanations: doctor.explainMessage(text) }] };
}

function readCode(doctor: Doctor, text: string): Reading {
  return { ...nothing, form: 'code', code: doctor.recogniseCode(text) };
}

/** Statements, rather than a head, digits or a sentence. */
function looksLikeCode(text: string): boolean {
  if (/^\s*(?:[A-Z]+ \S+ HTTP\/|HTTP\/)/.test(text)) return false;
  return /[;{}]\s*(?:\r?\n|$)|\$\w+\s*=|\bfunction\b|=>|\bdef \w+\(|\bimport\b|\bfunc\b|:\s*\r?\n\s{2,}\S/.test(text);
}

function firstLine(text: string): number {
  return text.slice(0, text.length - text.trimStart().length).split('\n').length;
}

function textOf(input: string | Uint8Array): string {
  return typeof input === 'string' ? input : new TextDecoder().decode(input);
}

function problemOf(error: unknown): ReadProblem {
  const { message, line = null, column = null } = error as Error & Partial<ReadProblem>;
  return { message: message ?? String(error), line, column };
}
