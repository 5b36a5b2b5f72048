import { chromium } from 'playwright-core';

export const dist = new URL('../../dist', import.meta.url).pathname;

/** Chromium with a fake camera and microphone, on this machine only. */
export const launch = (extra = []) => chromium.launch(options(extra));

export function options(extra = []) {
  return {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      '--allow-loopback-in-peer-connection',
      ...extra,
    ],
  };
}

export async function signIn(context, origin, username) {
  const page = await context.newPage();
  page.problems = [];
  page.on('pageerror', (error) => page.problems.push(`page: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/401|Failed to load resource/.test(message.text())) {
      page.problems.push(`console: ${message.text()}`);
    }
  });
  await page.goto(origin);
  await page.getByLabel('User name').fill(username);
  await page.getByLabel('Password').fill('parley');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('navigation', { name: 'Conversations' }).waitFor();
  return page;
}
