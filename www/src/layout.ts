// How much room there is, as one signal: `wide` has three panes, `medium` two, `narrow` one and a sheet.

import { signal } from '@preact/signals';

export type Layout = 'wide' | 'medium' | 'narrow';

const wide = matchMedia('(min-width: 1080px)');
const medium = matchMedia('(min-width: 820px)');

function measure(): Layout {
  if (wide.matches) return 'wide';
  return medium.matches ? 'medium' : 'narrow';
}

export const layout = signal<Layout>(measure());

for (const query of [wide, medium]) query.addEventListener('change', () => (layout.value = measure()));
