import { existsSync } from 'node:fs';
import { defineConfig } from '@playwright/test';

const chromium = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);

/** Started by Journeys.java, which runs the server and says where it is (PARLEY_URL), what to run and where the results go. */
export default defineConfig({
  testDir: '.',
  testMatch: process.env['PARLEY_SPECS'] ?? '*.spec.ts',
  outputDir: '../target/journeys',
  forbidOnly: true,
  ...(process.env['LAB_CONTROL'] === undefined ? {} : { globalTeardown: './lab/sweep.ts' }),
  workers: 1,
  // what passes only then is named as flaky at the end of the whole run
  retries: 1,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: [['list'], ['json', { outputFile: process.env['PARLEY_RESULTS'] ?? '../target/journeys.json' }]],
  use: {
    baseURL: process.env['PARLEY_URL'] ?? 'http://localhost:8080/',
    actionTimeout: 20_000,
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      executablePath: process.env['CHROMIUM'] ?? chromium,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        // a camera and a microphone that everybody has; who may use them is each context's own setting
        '--use-fake-device-for-media-stream',
        '--allow-loopback-in-peer-connection',
      ],
    },
  },
});
