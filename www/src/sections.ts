// The sections, in order. A new one is one more object here, with its panel and its words: navigation, number keys and help follow.

import type { FunctionComponent } from 'preact';
import { doctorSection } from './panels/doctor-section';
import { frameSection } from './panels/frame-section';
import { handshakeSection } from './panels/handshake-section';
import { liveSection } from './panels/live-section';
import type { Inspected } from './parts/inspected';
import type { View } from './parts/workbench';
import type { Address, SectionId } from './state/address';
import type { KeyAction } from './state/keys';

export interface Section {
  id: SectionId;
  Panel: FunctionComponent;
  inspected: Inspected;
  view: View;
  /** Keys that mean something of their own here. */
  actions: Partial<Record<KeyAction, () => void>>;
  /** What of the address this section owns, read now. */
  address: () => Partial<Address>;
  /** Takes over a link. */
  restore: (address: Address) => void;
  /** Selects the row above or below. */
  moveRow: (step: 1 | -1) => void;
}

export const sections: readonly Section[] = [liveSection, handshakeSection, frameSection, doctorSection];
