// Records www/src/recorded.json: a real session of a real browser with the real server, for pages that have no server.
// WS101_BIN=path/to/ws101 node record.mjs

import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { chromium } from '@playwright/test';

const binary = process.env.WS101_BIN;
if (!binary) throw new Error('WS101_BIN is not set: it must be the path of the built ws101 binary');

// On the port that people know; it must be free.
const server = spawn(binary, ['serve', '--quiet'], { stdio: ['ignore', 'pipe', 'inherit'] });
const { value: line } = await createInterface({ input: server.stdout })[Symbol.asyncIterator]().next();
const address = /http:\/\/\S+/.exec(line)[0];

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
// The recording goes to everybody: it says which browser made it, and nothing of this machine.
const version = browser.version().split('.')[0];
const page = await browser.newPage({
  locale: 'en-US',
  userAgent: `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${version}.0.0.0 Safari/537.36`,
});
await page.goto(new URL('favicon.svg', address).href);

const { records, script } = await page.evaluate(async () => {
  const offer = await (await fetch('/tap.json')).json();
  const tap = new WebSocket(`ws://${location.host}${offer.tap}?secret=${offer.secret}`);
  tap.binaryType = 'arraybuffer';
  const records = [];
  const script = [];
  const id = await new Promise((resolve) => {
    tap.onmessage = ({ data }) => {
      if (typeof data === 'string') {
        const message = JSON.parse(data);
        if (message.type === 'ready') resolve(message.id);
        return;
      }
      const view = new DataView(data);
      const bytes = new Uint8Array(data, 9);
      records.push({ kind: view.getUint8(0), time: Number(view.getBigUint64(1)), bytes: btoa(String.fromCharCode(...bytes)) });
    };
  });
  const tapClosed = new Promise((resolve) => tap.addEventListener('close', resolve));
  const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

  const started = performance.now();
  const now = () => Math.round((performance.now() - started) * 100) / 100;
  const note = (event) => script.push(event);
  const shown = (data) => {
    const binary = typeof data !== 'string';
    const bytes = binary ? new Uint8Array(data) : new TextEncoder().encode(data);
    return { data: binary ? [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(' ') : data, binary, length: bytes.length };
  };
  const socket = new WebSocket(`ws://${location.host}${offer.echo}?tap=${id}`);
  socket.binaryType = 'arraybuffer';
  note({ type: 'construct', time: 0, url: `ws://${location.host}${offer.echo}` });
  socket.onmessage = ({ data }) => note({ type: 'message', time: now(), ...shown(data) });
  const send = (data) => {
    socket.send(data);
    note({ type: 'sent', time: now(), ...shown(data) });
  };
  await new Promise((resolve) => {
    socket.onopen = () => {
      note({ type: 'open', time: now(), protocol: socket.protocol, extensions: socket.extensions });
      resolve();
    };
  });
  send('你好');
  await pause(400);
  send(Uint8Array.of(0x00, 0xff, 0x7f, 0x80).buffer);
  await pause(300);
  tap.send(JSON.stringify({ type: 'ping', payload: '7773313031' }));
  await pause(500);
  await new Promise((resolve) => {
    socket.onclose = (event) => {
      note({ type: 'close', time: now(), code: event.code, reason: event.reason, wasClean: event.wasClean });
      resolve();
    };
    note({ type: 'close-called', time: now(), code: 1000, reason: '再见' });
    socket.close(1000, '再见');
  });
  await tapClosed;
  return { records, script };
});

await browser.close();
server.kill('SIGINT');

const recording = { version: 1, recorded: new Date().toISOString().slice(0, 10), browser: `Chromium ${version}`, url: script[0].url, records, script };
await writeFile(new URL('../../www/src/recorded.json', import.meta.url), `${JSON.stringify(recording, null, 1)}\n`);
console.log(`${records.length} records, ${script.length} events`);
