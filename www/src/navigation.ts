// The address and the state, kept in step: a link sets the state, and what changes is written back without a new entry in the history.

import { computed, effect, signal } from '@preact/signals';
import { sections, type Section } from './sections';
import { defaultAddress, formatAddress, parseAddress, type AddressProblem, type SectionId } from './state/address';

export const sectionId = signal<SectionId>('live');
export const linkProblems = signal<readonly AddressProblem[]>([]);
export const currentSection = computed<Section>(() => sections.find((section) => section.id === sectionId.value) ?? sections[0]!);

/** The link to a section as it stands now. */
export function linkTo(section: Section): string {
  return formatAddress({ ...defaultAddress, ...section.address(), section: section.id });
}

export function followAddress(): void {
  applyHash();
  window.addEventListener('hashchange', applyHash);
  effect(() => {
    const link = linkTo(currentSection.value);
    if (location.hash !== link) history.replaceState(history.state, '', link);
  });
}

function applyHash(): void {
  if (location.hash === linkTo(currentSection.peek())) return;
  const { address, problems } = parseAddress(location.hash);
  const section = sections.find((candidate) => candidate.id === address.section)!;
  // A bare `#/frame` only goes there; with a query it is a link, and replaces what was there.
  if (location.hash.includes('?') && location.hash !== linkTo(section)) section.restore(address);
  sectionId.value = address.section;
  linkProblems.value = problems;
}
