// node firefox.mjs PROGRAM HOST: a Firefox, driven by lines of JSON that come in ({deed, ...}), each answered by one ({value} or {error}). It is
// driven from inside its own namespace, where its port is. HOST is taken for a secure place, as a certificate would make it.
import { createInterface } from 'node:readline';
import puppeteer from 'puppeteer-core';

const [executablePath, host] = process.argv.slice(2);
const browser = await puppeteer.launch({
  browser: 'firefox',
  executablePath,
  headless: true,
  extraPrefsFirefox: {
    'dom.securecontext.allowlist': host,
    // a camera and a microphone that everybody has, and may use
    'media.navigator.streams.fake': true,
    'media.navigator.permission.disabled': true,
    // the laboratory serves pages by http; by https there is coturn
    'dom.security.https_first': false,
    'media.autoplay.default': 0,
    'media.peerconnection.ice.obfuscate_host_addresses': false,
    'network.captive-portal-service.enabled': false,
    'network.connectivity-service.enabled': false,
  },
});
const page = await browser.newPage();
await page.setViewport({ width: 1280, height: 800 });
const problems = [];
page.on('pageerror', (error) => problems.push(error.message));

const find = (selector) => page.waitForSelector(selector, { timeout: 20_000 });

const deeds = {
  before: ({ script }) => page.evaluateOnNewDocument(script).then(() => null),
  goto: ({ url }) => page.goto(url).then(() => null),
  type: async ({ selector, text }) => (await find(selector)).type(text),
  click: async ({ selector }) => (await find(selector)).click(),
  see: ({ selector }) => find(selector).then(() => null),
  gone: ({ selector }) => page.waitForSelector(selector, { hidden: true, timeout: 20_000 }).then(() => null),
  evaluate: ({ script }) => page.evaluate(script),
  problems: () => problems,
};

const say = (what) => process.stdout.write(`${JSON.stringify(what)}\n`);
say({ value: await browser.version() });
for await (const line of createInterface({ input: process.stdin })) {
  const order = JSON.parse(line);
  try {
    say({ value: (await deeds[order.deed](order)) ?? null });
  } catch (error) {
    const shown = await page.evaluate(() => document.body?.innerText.slice(0, 400)).catch(() => '');
    say({
      error: `${order.deed} ${order.selector ?? ''}: ${error.message}; ${page.url()} shows: ${shown}; ${problems.join(', ')}`,
    });
  }
}
await browser.close();
