// The pages of all rules, by the rules' names and in the groups under which they are listed. A rule without a page does not compile.

import type { RuleCode } from '../engine';
import { closing } from './closing';
import { frames } from './frames';
import { heads } from './heads';
import { messages } from './messages';
import { negotiation } from './negotiation';
import { negotiationDeflate } from './negotiation-deflate';
import type { Group, RulePage } from './page';
import { request } from './request';
import { requestOffers } from './request-offers';
import { response } from './response';
import { serverChecks } from './server-checks';
import { serverClients } from './server-clients';
import { serverFrames } from './server-frames';
import { serverHeads } from './server-heads';

export const groups = {
  heads,
  request: { ...request, ...requestOffers },
  response: { ...response, ...negotiation, ...negotiationDeflate },
  frames,
  messages,
  closing,
  server: { ...serverHeads, ...serverClients, ...serverFrames, ...serverChecks },
} satisfies Record<Group, Partial<Record<RuleCode, RulePage>>>;

export const pages: Record<RuleCode, RulePage> = {
  ...groups.heads,
  ...groups.request,
  ...groups.response,
  ...groups.frames,
  ...groups.messages,
  ...groups.closing,
  ...groups.server,
};
