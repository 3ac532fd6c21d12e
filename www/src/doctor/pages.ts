// The pages of the rules: they come when the doctor is looked at.

import { signal } from '@preact/signals';
import type { Diagnosis, Place, Recording, RuleCode } from './engine';
import type { Doctor } from './load';
import { partsOf, type Parts } from './parts';
import { groupNames, type Group, type RulePage } from './rules/page';

type Pages = typeof import('./rules/contents');

const loaded = signal<Pages | null>(null);
let loading: Promise<void> | null = null;

export const pages = {
  load(): Promise<void> {
    loading ??= import('./rules/contents').then(
      (module) => void (loaded.value = module),
      () => void (loading = null),
    );
    return loading;
  },

  loaded: (): boolean => loaded.value !== null,

  /** `null` while they are on their way, and for what is no rule. */
  of(code: RuleCode): RulePage | null {
    return loaded.value?.pages[code] ?? null;
  },

  /** Under which a rule is listed. */
  groupOf(code: RuleCode): Group | null {
    return groupNames.find((group) => code in (loaded.value?.groups[group] ?? {})) ?? null;
  },
};

export interface ShownExample {
  recording: Recording;
  parts: Parts;
  /** Where the rule is broken. */
  place: Place;
  browsers: Diagnosis['browsers'];
}

/** A rule's example, and the place in it that breaks the rule: the doctor's own finding says it. */
export function exampleOf(doctor: Doctor, code: RuleCode): ShownExample | null {
  const page = pages.of(code);
  if (!page || !loaded.value) return null;
  const recording = loaded.value.recordingOf(page.example);
  const { findings, heads, browsers } = doctor.diagnose(recording);
  const parts = partsOf(recording, heads);
  const broken = findings.find(({ rule }) => rule === code);
  return { recording, parts, place: broken?.where ?? beginningOf(parts), browsers };
}

/** Of what only a running server shows, the last thing that happened. */
function beginningOf(parts: Parts): Place {
  const part = (['fromServer', 'response', 'fromClient', 'request'] as const).find((name) => parts[name].length > 0) ?? 'request';
  return { part, start: 0, end: 0 };
}
