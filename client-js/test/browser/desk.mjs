import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { after, afterEach, before, beforeEach } from 'node:test';
import { startFakeServer } from '../fake-server/server.mjs';
import { dist, launch, signIn } from './browser.mjs';

const axeSource = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** A browser for a file of tests, and for each test a fake server and the people who come to it. */
export class Desk {
  contexts = [];

  constructor(flags = []) {
    before(async () => {
      this.browser = await launch(flags);
    });
    after(() => this.browser.close());
    beforeEach(async () => {
      this.server = await startFakeServer({ dist });
    });
    afterEach(async () => {
      for (const context of this.contexts.splice(0)) await context.close();
      await this.server.close();
    });
  }

  async context(options = {}) {
    const context = await this.browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
    this.contexts.push(context);
    return context;
  }

  /** Somebody who is signed in. */
  async person(username, options = {}) {
    return this.enter(await this.context(options), username);
  }

  async enter(context, username) {
    const page = await signIn(context, this.server.origin, username);
    page.setDefaultTimeout(10_000);
    return page;
  }

  room(name) {
    return [...this.server.world.rooms.values()].find((room) => room.name === name);
  }
}

export const open = (page, name) => page.getByRole('link', { name }).click();
export const field = (page) => page.getByRole('textbox', { name: /^(Message to|Edit your)/ });
export const bubble = (page, text) => page.locator('.message', { hasText: text });

export async function say(page, text) {
  await field(page).fill(text);
  await field(page).press('Enter');
}

/** Nothing that axe calls serious or worse; the page must be opened with `bypassCSP`. */
export async function checkAccess(page, view) {
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(() =>
    window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }),
  );
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  const findings = serious.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html, any }) => `${html} ${any[0]?.message ?? ''}`).join(' | ')}`,
  );
  assert.deepEqual(findings, [], view);
}

export const looks = [
  { width: 1440, height: 900 },
  { width: 375, height: 740 },
].flatMap((viewport) => ['light', 'dark'].map((colorScheme) => ({ viewport, colorScheme })));
