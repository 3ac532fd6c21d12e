import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';

const howToRun = 'Run `cargo xtask test browser`, which builds page and server and sets both.';
const binary = process.env['WS101_BIN'];
const chromium = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

if (!binary) throw new Error(`WS101_BIN is not set: it must be the path of the built ws101 binary. ${howToRun}`);
if (!existsSync(binary)) throw new Error(`WS101_BIN is ${binary}, and there is no such file. ${howToRun}`);
if (!existsSync(chromium)) throw new Error(`There is no browser at ${chromium}. Install chromium, or set CHROMIUM to the path of one.`);

// Chromium refuses its sandbox to root, as whom containers usually run.
const asRoot = process.getuid?.() === 0;

export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: 'artifacts/results',
  reporter: process.env['CI'] ? [['github'], ['list']] : 'list',
  workers: 2,
  fullyParallel: true,
  forbidOnly: true,
  timeout: 30_000,
  expect: { timeout: 7_000 },
  use: {
    viewport: { width: 1280, height: 800 },
    locale: 'en-GB',
    colorScheme: 'light',
    trace: 'retain-on-failure',
    launchOptions: { executablePath: chromium, args: asRoot ? ['--no-sandbox'] : [] },
  },
});
