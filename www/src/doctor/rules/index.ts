// The pages of all rules, by the rules' names. One without a page does not compile.

import type { RuleCode } from '../engine';
import { closing } from './closing';
import { frames } from './frames';
import { heads } from './heads';
import { messages } from './messages';
import { negotiation } from './negotiation';
import { negotiationDeflate } from './negotiation-deflate';
import type { RulePage } from './page';
import { request } from './request';
import { requestOffers } from './request-offers';
import { response } from './response';
import { serverChecks } from './server-checks';
import { serverClients } from './server-clients';
import { serverFrames } from './server-frames';
import { serverHeads } from './server-heads';

export const pages: Record<RuleCode, RulePage> = {
  ...heads,
  ...request,
  ...requestOffers,
  ...response,
  ...negotiation,
  ...negotiationDeflate,
  ...frames,
  ...messages,
  ...closing,
  ...serverHeads,
  ...serverClients,
  ...serverFrames,
  ...serverChecks,
};
