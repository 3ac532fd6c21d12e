import { describe, expect, it } from 'vitest';
import { checkSocketAddress, readRecord, readTapMessage, readTapOffer, socketAddress } from './tap';

describe('readRecord', () => {
  it('reads kind, time and bytes, also from the middle of a buffer', () => {
    const buffer = new Uint8Array([9, 1, 0, 0, 0, 1, 0, 0, 0, 2, 0x81, 0x00]);
    expect(readRecord(buffer.subarray(1))).toEqual({ kind: 'server-bytes', time: 2 ** 32 + 2, bytes: new Uint8Array([0x81, 0]) });
  });

  it('reads an end without bytes, and refuses what is none of version 1', () => {
    expect(readRecord(new Uint8Array([2, 0, 0, 0, 0, 0, 0, 0, 7]))).toEqual({ kind: 'client-fin', time: 7, bytes: new Uint8Array(0) });
    expect(readRecord(new Uint8Array([6, 0, 0, 0, 0, 0, 0, 0, 7]))).toBeNull();
    expect(readRecord(new Uint8Array([0, 0, 0]))).toBeNull();
    expect(readRecord(new Uint8Array(0))).toBeNull();
  });
});

it('knows tap.json from whatever else a host answers', () => {
  expect(readTapOffer('{"version":1,"secret":"ab","echo":"/echo","tap":"/tap"}')).toEqual({ secret: 'ab', echo: '/echo', tap: '/tap' });
  for (const other of ['<!doctype html>', '{}', 'null', '{"version":2,"secret":"ab","echo":"/echo","tap":"/tap"}', '[]']) expect(readTapOffer(other)).toBeNull();
});

it('reads the messages of the tap', () => {
  expect(readTapMessage('{"type":"ready","id":"00"}')).toEqual({ type: 'ready', id: '00' });
  expect(readTapMessage('{"type":"error","message":"no"}')).toEqual({ type: 'error', message: 'no' });
  expect(readTapMessage('{"type":"end"}')).toEqual({ type: 'end' });
  expect(readTapMessage('{"type":"new"}')).toBeNull();
  expect(readTapMessage('x')).toBeNull();
});

it('checks an address before the browser does', () => {
  expect(checkSocketAddress('')).toBe('empty');
  expect(checkSocketAddress('http://a')).toBe('scheme');
  expect(checkSocketAddress('ws://a/#b')).toBe('fragment');
  expect(checkSocketAddress('ws://')).toBe('invalid');
  expect(checkSocketAddress(' wss://a/b?c ')).toBeNull();
});

it('goes to wss from https', () => {
  expect(socketAddress({ protocol: 'https:', host: 'a:1' }, '/echo')).toBe('wss://a:1/echo');
  expect(socketAddress({ protocol: 'http:', host: '[::1]:8101' }, '/tap')).toBe('ws://[::1]:8101/tap');
});
