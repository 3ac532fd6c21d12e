// The section Doctor: what of the address it owns, and its keys.

import type { Section } from '../sections';
import { Doctor } from './doctor';
import { play } from './doctor-play';
import { addressPart, inspected, moveRow, restore, view } from './doctor-state';

export const doctorSection: Section = {
  id: 'doctor',
  Panel: Doctor,
  inspected,
  view,
  actions: { send: () => void play() },
  address: addressPart,
  restore,
  moveRow,
};
