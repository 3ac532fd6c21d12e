// Every entry in every form through every bundler, and as it is: the page runs in Chromium and in Firefox under a strict
// policy, and a bundle that needs no page in Node too.

import assert from 'node:assert/strict';
import { copyFile } from 'node:fs/promises';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { Browser } from './browsers.mjs';
import { BUNDLERS, viteServer, withoutBundler } from './bundlers.mjs';
import { entries, has } from './entries.mjs';
import { Home } from './program.mjs';
import { expected, node } from './runners.mjs';
import { STRICT, Site, WITHOUT_WASM } from './site.mjs';

/** @typedef {import('./program.mjs').Use} Use */

const home = await Home.open('bundles');
const site = new Site(home.root, STRICT);
const siteWithoutWasm = new Site(home.root, WITHOUT_WASM);
const browsers = /** @type {Browser[]} */ ([]);

before(async () => {
  await Promise.all([site.open(), siteWithoutWasm.open()]);
  browsers.push(await Browser.launch('Chromium'), await Browser.launch('Firefox'));
});
after(async () => {
  site.close();
  siteWithoutWasm.close();
  await Promise.all(browsers.map((browser) => browser.close()));
});

for (const bundler of BUNDLERS) {
  for (const { name, uses } of programs(bundler.forms)) {
    test(`${bundler.name}: ${name}`, async (t) => {
      const wanted = await expected(home, uses);
      const file = await home.program(`${bundler.name} ${name}`, uses, bundler.start);
      const folder = path.join(path.dirname(file), 'built');
      await bundler.bundle(file, folder);
      if (bundler.start === 'address') await wasmFiles(folder);
      if (bundler.script && uses.every(({ entry }) => entry.starts === 'by itself')) {
        const script = path.join(folder, bundler.script);
        await t.test('in Node', async () => assert.deepEqual(await node(script), wanted));
      }
      await inBrowsers(t, addressOf(site, folder), wanted);
    });
  }
}

for (const { name, uses } of programs(['import'])) {
  test(`no bundler: ${name}`, async (t) => {
    const file = await home.program(`plain ${name}`, uses, 'alone');
    await withoutBundler(file, home);
    await inBrowsers(t, addressOf(site, path.dirname(file)), await expected(home, uses));
  });

  test(`Vite’s development server: ${name}`, async (t) => {
    const server = await viteServer(await home.program(`vite server ${name}`, uses, 'alone'), home);
    t.after(() => server.close());
    await inBrowsers(t, server.resolvedUrls?.local[0] ?? '', await expected(home, uses));
  });
}

test('a page whose policy does not allow WebAssembly is told so by the browser', async () => {
  const [{ uses } = { uses: [] }] = programs(['import']);
  const file = await home.program('without wasm', uses, 'alone');
  await withoutBundler(file, home);
  for (const browser of browsers) {
    await assert.rejects(browser.outcome(addressOf(siteWithoutWasm, path.dirname(file))), /WebAssembly.*(unsafe-eval|CSP|blocked)/s);
  }
});

/** @param {Site} server @param {string} folder */
function addressOf(server, folder) {
  return `${server.address}${path.relative(home.root, folder).replaceAll(path.sep, '/')}/index.html`;
}

/** The programs that are tried: each entry in each form, and all entries in one. @param {readonly import('./entries.mjs').Form[]} forms */
function programs(forms) {
  const uses = entries.flatMap((entry) => forms.filter((form) => has(entry, form)).map((form) => ({ entry, form })));
  const alone = uses.map((use) => ({ name: `${use.form} ${use.entry.name}`, uses: [use] }));
  return [...alone, { name: 'all entries in one program', uses: uses.filter(({ form }) => form === 'import') }];
}

/** @param {import('node:test').TestContext} t @param {string} address @param {import('./program.mjs').Outcome} wanted */
async function inBrowsers(t, address, wanted) {
  for (const browser of browsers) {
    await t.test(`in ${browser.name}`, async () => assert.deepEqual(await browser.outcome(address), wanted));
  }
}

/** Puts the package’s modules where somebody would who gives their address. @param {string} folder */
async function wasmFiles(folder) {
  for (const { wasm } of entries) await copyFile(home.package(`dist/${wasm}`), path.join(folder, wasm));
}
