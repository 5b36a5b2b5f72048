import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import lighthouse from 'lighthouse';
import { chromium } from 'playwright-core';
import { startFakeServer } from '../fake-server/server.mjs';
import { dist, options, signIn } from './browser.mjs';

const least = 0.95;

let server;
let profile;
let context;
let port;

/** Lighthouse comes in by the debugging port and opens a tab of its own, which is signed in by the cookie of the profile. */
before(async () => {
  server = await startFakeServer({ dist });
  profile = await mkdtemp(join(tmpdir(), 'lighthouse-'));
  port = await freePort();
  const given = options([`--remote-debugging-port=${port}`]);
  context = await chromium.launchPersistentContext(profile, { ...given, viewport: { width: 1280, height: 800 } });
  const page = await signIn(context, server.origin, 'alice');
  // Two tabs renew one after the other; Lighthouse shall be the only one.
  await page.close();
});
after(async () => {
  await context.close();
  await server.close();
  await rm(profile, { recursive: true, force: true });
});

describe('Lighthouse', () => {
  const room = (name) => [...server.world.rooms.values()].find((one) => one.name === name);
  const thread = () => room('town-square').messages.find((message) => message.thread !== undefined);
  for (const [view, path, formFactor] of [
    ['the list', () => '/#/', 'mobile'],
    ['a room', () => `/#/rooms/${room('town-square').id}`, 'desktop'],
    ['a room', () => `/#/rooms/${room('garden-project').id}`, 'mobile'],
    ['a thread', () => `/#/rooms/${room('town-square').id}/threads/${thread().id}`, 'desktop'],
  ]) {
    it(`thinks well of ${view}, ${formFactor}`, { timeout: 120_000 }, async () => {
      let connected = 0;
      server.io.on('connection', () => connected++);

      const scores = await look(`${server.origin}${path()}`, formFactor);

      assert.ok(connected > 0, 'it was signed in');
      assert.ok(scores.accessibility.score >= least, say(scores.accessibility));
      assert.ok(scores['best-practices'].score >= least, say(scores['best-practices']));
    });
  }
});

async function look(url, formFactor) {
  const { lhr } = await lighthouse(
    url,
    { port, logLevel: 'silent', output: 'json' },
    {
      extends: 'lighthouse:default',
      settings: {
        onlyCategories: ['accessibility', 'best-practices'],
        formFactor,
        screenEmulation:
          formFactor === 'mobile'
            ? { mobile: true, width: 375, height: 740, deviceScaleFactor: 2, disabled: false }
            : { mobile: false, width: 1280, height: 800, deviceScaleFactor: 1, disabled: false },
        throttlingMethod: 'provided',
        disableFullPageScreenshot: true,
        networkQuietThresholdMs: 500,
        cpuQuietThresholdMs: 500,
        maxWaitForLoad: 20_000,
        // The session is a cookie: without it every view is the door.
        disableStorageReset: true,
      },
    },
  );
  assert.equal(lhr.runtimeError, undefined);
  assert.equal(lhr.finalDisplayedUrl, url);
  return Object.fromEntries(
    Object.entries(lhr.categories).map(([id, { score, auditRefs }]) => [
      id,
      { id, score, audits: auditRefs.filter(({ weight }) => weight > 0).map((ref) => lhr.audits[ref.id]) },
    ]),
  );
}

function say({ id, score, audits }) {
  const poor = audits.filter((audit) => audit.score !== null && audit.score < 1);
  const why = poor.map(({ title, details }) => `${title} ${JSON.stringify(details?.items ?? []).slice(0, 600)}`);
  return `${id}: ${score}\n${why.join('\n')}`;
}

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
