// How many findings there are: of those that are alike the last stands for `more` that are not listed.

import type { CodeFinding, Finding } from './engine';

export function countOf(findings: readonly (Finding | CodeFinding)[]): number {
  return findings.reduce((sum, finding) => sum + 1 + (('more' in finding && finding.more) || 0), 0);
}
