// What pages quote and name exists: clauses word for word in the RFCs, cases in `doctor/cases`.

import { expect, it } from 'vitest';
import { rules } from '../engine';
import { pages } from './index';

const read = (found: Record<string, unknown>) => Object.values(found).join('\n');
const specifications: Record<string, string> = {
  6455: words(read(import.meta.glob('../../../../tests/spec/rfc6455.txt', { query: '?raw', import: 'default', eager: true }))),
  7692: words(read(import.meta.glob('../../../../tests/spec/rfc7692.txt', { query: '?raw', import: 'default', eager: true }))),
};
const cases = read(import.meta.glob('../../../../doctor/cases/*.toml', { query: '?raw', import: 'default', eager: true }));

/** Without what the ends of lines and pages put into the text. */
function words(text: string): string {
  return text
    .replace(/\n*[^\n]+\[Page \d+\]\n\f?\n?RFC[^\n]+\n+/g, '\n')
    .replace(/-\s+/g, '-')
    .replace(/\s+/g, ' ')
    .trim();
}

it('quotes the RFCs on WebSocket word for word', () => {
  let compared = 0;
  const wrong: string[] = [];
  for (const { code, section } of rules) {
    const rfc = /^RFC (6455|7692)\b/.exec(section)?.[1];
    if (!rfc) continue;
    const clause = words(pages[code].clause);
    const said = Object.values(specifications).some((text) => clause.split(' … ').every((part) => text.includes(part)));
    if (!said) wrong.push(`${code}: ${clause}`);
    compared += 1;
  }
  expect(wrong.join('\n')).toBe('');
  expect(compared).toBeGreaterThan(100);
});

it('names cases that there are', () => {
  const ids = new Set([...cases.matchAll(/^id = "([^"]+)"/gm)].map(([, id]) => id));
  expect(ids.size).toBeGreaterThan(200);
  for (const [code, { misbehave }] of Object.entries(pages)) {
    if (misbehave !== undefined) expect(ids, code).toContain(misbehave);
  }
});
