// Doctor: the findings as rows, which of them is selected, and the bytes that it is about.

import { computed, effect, signal } from '@preact/signals';
import type { CodeFinding, Explanation, Finding, Place, RuleCode } from '../doctor/engine';
import { callDoctor, doctor } from '../doctor/load';
import type { Parts } from '../doctor/parts';
import { exampleOf, pages } from '../doctor/pages';
import { readAsChoices, type ReadAs } from '../doctor/read';
import { t } from '../locale';
import { createInspected, type Target } from '../parts/inspected';
import { createView } from '../parts/workbench';
import { defaultAddress, formatAddress, type Address } from '../state/address';
import { moveIndex, type BitRange } from '../state/selection';
import { diagnosis, origin, parts, readAs, reading, setText, text } from './doctor-source';

export type DoctorRow =
  | { id: string; kind: 'finding'; finding: Finding }
  | { id: string; kind: 'explanation'; explanation: Explanation; line: number | null }
  | { id: string; kind: 'code'; finding: CodeFinding };

export const view = createView('source', 'shut');
const picked = signal<string | null>(null);
/** The rule whose page is open: `''` for the list of all, `null` for none. */
export const openRule = signal<RuleCode | '' | null>(null);

/** The case that was asked for, by a link or in the field; else the selection says one. */
export const typedCase = signal<string | null>(null);

export const rows = computed<readonly DoctorRow[]>(() => [
  ...(diagnosis.value?.findings ?? []).map((finding, index): DoctorRow => ({ id: `finding-${index}`, kind: 'finding', finding })),
  ...reading.value.lines.flatMap(({ line, explanations }, nth) =>
    explanations.map((explanation, index): DoctorRow => ({ id: `cause-${nth}-${index}`, kind: 'explanation', explanation, line })),
  ),
  ...reading.value.code.map((finding, index): DoctorRow => ({ id: `code-${index}`, kind: 'code', finding })),
]);

export const selectedRow = computed<DoctorRow | null>(() => rows.value.find((row) => row.id === picked.value) ?? rows.value[0] ?? null);

/** The rule that is shown: that of the open page, or else of the selected row. */
export const shownRule = computed<RuleCode | null>(() => {
  if (openRule.value !== null) return openRule.value || null;
  const row = selectedRow.value;
  if (!row) return null;
  return row.kind === 'explanation' ? row.explanation.rule : row.finding.rule;
});

/** The bytes that are inspected: those of a finding where it has some, and else those of its rule's example. */
const shown = computed<{ parts: Parts; place: Place; isExample: boolean } | null>(() => {
  const row = selectedRow.value;
  if (openRule.value === null && row?.kind === 'finding' && parts.value) return { parts: parts.value, place: row.finding.where, isExample: false };
  const example = shownRule.value && doctor.value ? exampleOf(doctor.value, shownRule.value) : null;
  return example && { ...example, isExample: true };
});
export const showsExample = computed(() => shown.value?.isExample ?? false);

/** More than this is shown as a window, without its fields. */
const inspectedWhole = 64 * 1024;
const windowAround = 1024;

const excerpt = computed(() => {
  if (!shown.value) return null;
  const { place } = shown.value;
  const all = shown.value.parts[place.part];
  if (all.length <= inspectedWhole) return { bytes: all, start: 0, all: all.length };
  const start = Math.max(0, Math.min(place.start - windowAround, all.length));
  return { bytes: all.subarray(start, Math.min(all.length, Math.max(place.start + windowAround, Math.min(place.end, start + inspectedWhole)))), start, all: all.length };
});

export const inspected = createInspected(
  computed<Target | null>(() => {
    if (!shown.value || !excerpt.value) return null;
    const { part } = shown.value.place;
    const { bytes, all } = excerpt.value;
    const texts = t.value.doctor;
    const title = texts.part[part];
    if (bytes.length < all) return { bytes, as: 'data', title, note: texts.windowNote(t.value.live.bytes(bytes.length), t.value.live.bytes(all)) };
    switch (part) {
      case 'request':
      case 'response':
        return { bytes, as: part, title };
      case 'fromClient':
        return { bytes, as: 'frames', role: 'server', title };
      case 'fromServer':
        return { bytes, as: 'frames', role: 'client', title };
    }
  }),
);

// The place of what is shown is what is selected in it.
effect(() => {
  const place = shown.value?.place;
  const start = excerpt.value?.start ?? 0;
  const range: BitRange | null = place && place.end > place.start ? { start: (place.start - start) * 8, end: (place.end - start) * 8 } : null;
  inspected.selection.value = range;
  inspected.hover.value = null;
});

export function selectRow(id: string): void {
  picked.value = id;
  typedCase.value = null;
  if (view.sheet.value === 'shut') view.sheet.value = 'half';
}

export function moveRow(step: 1 | -1): void {
  const next = rows.value[moveIndex(rows.value.findIndex(({ id }) => id === selectedRow.value?.id), step, rows.value.length)];
  if (next && openRule.value === null) selectRow(next.id);
}

export function addressPart(): Partial<Address> {
  const isText = origin.value.kind === 'text';
  return { pasted: isText ? text.value : null, readAs: isText && readAs.value !== 'auto' ? readAs.value : null, rule: openRule.value, misbehave: typedCase.value };
}

export function restore(address: Address): void {
  openRule.value = address.rule === null ? null : (address.rule as RuleCode);
  typedCase.value = address.misbehave;
  if (address.rule !== null) {
    view.pane.value = address.rule === '' ? 'source' : 'list';
    return;
  }
  readAs.value = readAsChoices.includes(address.readAs as ReadAs) ? (address.readAs as ReadAs) : 'auto';
  if (address.pasted !== null) {
    setText(address.pasted);
    view.pane.value = 'list';
  }
}

/** The link to a rule's page; `''` for the list of all. */
export function ruleAddress(rule: RuleCode | ''): string {
  return formatAddress({ ...defaultAddress, section: 'doctor', rule });
}

/** Whoever looks at the doctor needs it. */
export function startDoctor(): void {
  void callDoctor();
  void pages.load();
}
