import { expect, it } from 'vitest';
import * as doctor from './engine';
import { read } from './read';

const form = (text: string) => read(doctor, text, 'auto').form;

it('recognises what somebody has', () => {
  expect(form("WebSocket connection to 'ws://127.0.0.1:3000/' failed: Invalid frame header")).toBe('log');
  expect(form('HTTP/1.1 101 Switching Protocols\nUpgrade: websocket\n')).toBe('text');
  expect(form('GET / HTTP/1.1\nHost: a\n\nHTTP/1.1 200 OK\n')).toBe('text');
  expect(form('81 05 48 65 6c 6c 6f')).toBe('digits');
  expect(form('00000000: 8105 4865 6c6c 6f  ..Hello')).toBe('digits');
  expect(form('{"ws101":"recording","version":1}\n{"connection":1,"at":0,"from":"client","bytes":"R0VU"}')).toBe('recording');
  expect(form('nsWebSocket: WebSocketChannel:: ProcessInput: Invalid reserved bits')).toBeTruthy();
  expect(form('<?php\n$length = ord($buffer[1]) & 127;\nif ($length = 126) { $masks = substr($buffer, 4, 4); }')).toBe('code');
  expect(form("const accept = crypto.createHash('sha1').update(key + '258EAFA5-E914-47DA-95CA-C5AB0DC85B12').digest('base64');")).toBe('code');
  expect(form('code: 1006')).toBe('log');
});

it('takes a text for what it is said to be', () => {
  expect(read(doctor, '81 05', 'message').form).toBe('message');
  expect(read(doctor, 'x = 1', 'code')).toMatchObject({ form: 'code', code: [], problem: null });
  const { problem } = read(doctor, 'hello world', 'recording');
  expect(problem?.message).toMatch(/known/);
});

it('says why it can make nothing of a text', () => {
  const { form: none, problem } = read(doctor, 'It does not work. Why?', 'auto');
  expect(none).toBeNull();
  expect(problem?.message).toMatch(/no other form that is known/);
  expect(read(doctor, '  \n', 'auto')).toMatchObject({ form: null, problem: null });
});
