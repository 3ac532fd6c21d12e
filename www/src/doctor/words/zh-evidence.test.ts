import { expect, it } from 'vitest';
import { explainMessage } from '../engine';
import { zhEvidence } from './zh-evidence';

const evidence = (line: string) => explainMessage(line).map((explanation) => zhEvidence(explanation.evidence));

it('says in Chinese what is said around the numbers', () => {
  expect(evidence("WebSocket connection to 'ws://a/' failed: Invalid frame header")[0]).toBe(
    'Invalid frame header：未装帧的文本，以 CR、LF 或下列字符之一开头：h 至 o, x 至 z, H 至 O, X 至 Z, 8, 9, ( 至 /, : 至 ?, [ 至 _, { 至 ~',
  );
  expect(evidence('One or more reserved bits are on: reserved1 = 0, reserved2 = 1, reserved3 = 0')[0]).toMatch(/以下列字符之一开头：空格, ! 至 '/);
  expect(evidence('One or more reserved bits are on: reserved1 = 0, reserved2 = 0, reserved3 = 1')[0]).toContain('首字节为 10 到 17');
  expect(evidence('Unexpected response code: 404')).toContain('状态码 404');
  expect(evidence('closed with code 1006').some((text) => text.startsWith('关闭码 1006'))).toBe(true);
});

it('leaves a quotation as it is', () => {
  expect(zhEvidence('net::ERR_CONNECTION_REFUSED')).toBe('net::ERR_CONNECTION_REFUSED');
});
