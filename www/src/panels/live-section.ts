// The section Live: what of the address it owns, and its keys.

import { ownEcho } from '../live/session';
import type { Section } from '../sections';
import { Live } from './live';
import { composeSend } from './live-compose';
import { addressDraft, connectNow, disconnect, fromLink, inspected, moveRow, view } from './live-state';

export const liveSection: Section = {
  id: 'live',
  Panel: Live,
  inspected,
  view,
  actions: {
    connect: connectNow,
    close: disconnect,
    filter: () => document.getElementById('live-filter')?.focus(),
    send: composeSend,
  },
  address: () => {
    const address = addressDraft.value.trim();
    return { url: address === '' || address === ownEcho() ? null : address };
  },
  restore: ({ url }) => {
    addressDraft.value = url ?? ownEcho();
    fromLink.value = url !== null && url !== ownEcho();
  },
  moveRow,
};
