// The section Handshake: what of the address it owns.

import type { Section } from '../sections';
import { Handshake } from './handshake';
import { edited, inspected, key, moveStep, placeOf, selectedStep, view } from './handshake-state';

inspected.selection.value = placeOf(selectedStep.value);

export const handshakeSection: Section = {
  id: 'handshake',
  Panel: Handshake,
  inspected,
  view,
  actions: {},
  address: () => ({ key: key.value, response: edited.value }),
  restore: (address) => {
    key.value = address.key;
    edited.value = address.response;
    inspected.selection.value = placeOf(selectedStep.value);
  },
  moveRow: moveStep,
};
