// The section Frame: what of the address it owns.

import type { Section } from '../sections';
import { Frame } from './frame';
import { addressPart, inspected, moveFrame, restore, view } from './frame-state';

export const frameSection: Section = {
  id: 'frame',
  Panel: Frame,
  inspected,
  view,
  actions: {},
  address: addressPart,
  restore,
  moveRow: moveFrame,
};
