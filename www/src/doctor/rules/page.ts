// What the page of a rule says beside its sentence and its fix, which are the doctor's own.

import type { RuleCode } from '../engine';

/** The languages of servers of which each page speaks, in the order in which it does. */
export const languages = ['php', 'node', 'python', 'go', 'java', 'rust'] as const;
export type Language = (typeof languages)[number];

/** Under which the rules are listed, in the order in which a connection meets them. */
export const groupNames = ['heads', 'request', 'response', 'frames', 'messages', 'closing', 'server'] as const;
export type Group = (typeof groupNames)[number];

export interface Text {
  en: string;
  zh: string;
}

export interface RulePage {
  /** The clause, word for word as the specification has it; empty where none says it (section `ws101`). */
  clause: string;
  /** What the rule is for, and what happens where it is broken: two or three sentences. */
  why: Text;
  example: Example;
  /** How programs in each language usually come to break it. */
  ways: Record<Language, Way>;
  /** A case of `/misbehave` that breaks it. */
  misbehave?: string;
}

export interface Way {
  /** The lines that do it, as people write them. */
  code?: string;
  text: Text;
}

/** Bytes that break the rule, and no more than that. */
export interface Example {
  request?: Head;
  response?: Head;
  /** After the heads: hexadecimal digits, in which `41*126` is a byte 126 times. */
  fromServer?: string;
  fromClient?: string;
  ended?: 'fin' | 'rst';
  /** Instead of all these, where order or time matters: `at` in milliseconds. */
  timeline?: readonly ExampleMoment[];
  /** Other rules that are broken along with it, so that the connection fails by them as well. */
  also?: readonly RuleCode[];
  /** What to see in it. */
  note: Text;
}

/** Lines, each of which is ended by CR LF and all of them by an empty line; or text as it is. */
export type Head = readonly string[] | string;

export interface ExampleMoment {
  at: number;
  from: 'client' | 'server';
  head?: Head;
  hex?: string;
  ended?: 'fin' | 'rst';
}
