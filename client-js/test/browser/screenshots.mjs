import { mkdir } from 'node:fs/promises';
import { startFakeServer } from '../fake-server/server.mjs';
import { dist, launch, signIn } from './browser.mjs';
import { drawCalls } from './call-pictures.mjs';
import { furnish } from './studio.mjs';

/** Draws every main view, light and dark, wide and narrow, into docs/screenshots (or the folder that is named); those of calls alone with `calls`. */
const folder = process.argv[2] ?? new URL('../../../docs/screenshots', import.meta.url).pathname;
const callsOnly = process.argv[3] === 'calls';
await mkdir(folder, { recursive: true });
const browser = await launch();
try {
  for (const colorScheme of ['light', 'dark']) {
    for (const [size, viewport] of [
      ['wide', { width: 1280, height: 800 }],
      ['narrow', { width: 390, height: 780 }],
    ]) {
      const server = await startFakeServer({ dist });
      const options = { viewport, colorScheme, reducedMotion: 'reduce' };
      await draw(server, `${size}-${colorScheme}`, options, size === 'narrow');
      await server.close();
    }
  }
} finally {
  await browser.close();
}

async function draw(server, kind, options, isNarrow) {
  const context = await browser.newContext(options);
  await furnish(context, { hue: 205 });
  const shot = (page, view) => page.screenshot({ path: `${folder}/${view}-${kind}.png` });
  if (callsOnly) {
    const page = await signIn(context, server.origin, 'alice');
    await page.getByRole('link', { name: /town-square/ }).waitFor();
    await drawCalls({ page, browser, options, origin: server.origin, shot, back: () => backFrom(page, isNarrow) });
    await context.close();
    return;
  }
  const door = await context.newPage();
  await door.goto(server.origin);
  await door.getByLabel('User name').waitFor();
  await shot(door, 'door');
  await door.close();

  const page = await signIn(context, server.origin, 'alice');
  const back = () => backFrom(page, isNarrow);
  const mine = async (item) => {
    await page.getByRole('button', { name: /your status and more/ }).click();
    await page.getByRole('menuitem', { name: item }).click();
    await page.getByRole('dialog').waitFor();
  };
  await page.getByRole('link', { name: /town-square/ }).waitFor();
  await shot(page, 'list');
  await page.getByRole('link', { name: /town-square/ }).click();
  await page.getByText('See you there').waitFor();
  await page.waitForTimeout(200);
  await shot(page, 'room');
  server.options.guardAbove = 4;
  await page.getByRole('textbox', { name: /^Message to/ }).fill('@all the timber is here');
  await page.keyboard.press('Enter');
  await page.getByText('Notify 5 people?').waitFor();
  await shot(page, 'question');
  await page.getByRole('button', { name: 'Change the text' }).click();
  await page.getByRole('textbox', { name: /^Message to/ }).fill('');
  await page.getByRole('button', { name: /3 replies/ }).click();
  await page.getByRole('complementary', { name: 'Thread' }).getByText('at the window').waitFor();
  await page.waitForTimeout(200);
  await shot(page, 'thread');
  await page.getByRole('button', { name: 'Close the thread' }).click();
  await back();
  await page.getByRole('button', { name: 'Search messages' }).click();
  await page.getByRole('searchbox').fill('the meeting');
  await page.locator('.hit mark').first().waitFor();
  await shot(page, 'search');
  await page.keyboard.press('Escape');
  for (const [view, item] of [
    ['notifications', 'Notifications'],
    ['privacy', 'Privacy'],
    ['devices', 'Your devices'],
    ['status', 'Set a status'],
    ['keys', 'Keyboard shortcuts'],
  ]) {
    await mine(item);
    await page.waitForTimeout(200);
    await shot(page, view);
    await page.keyboard.press('Escape');
  }
  await page.getByRole('navigation').getByRole('button', { name: 'Write to somebody' }).click();
  await page.getByRole('button', { name: 'Together with Bob Baumann' }).click();
  await page.getByRole('button', { name: 'Together with Carol Castillo' }).click();
  await shot(page, 'few');
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: /town-square/ }).click();
  if (isNarrow) await page.getByRole('button', { name: 'Show details' }).click();
  await page.getByRole('button', { name: 'Role and place of Bob Baumann' }).click();
  await page.getByRole('menuitemradio', { name: 'Moderator' }).waitFor();
  await shot(page, 'roles');
  await page.keyboard.press('Escape');
  const town = [...server.world.rooms.values()].find(({ name }) => name === 'town-square');
  for (const message of town.messages.slice(-6, -4)) message.pinnedAt = message.sentAt;
  await page.getByRole('button', { name: 'Pinned messages' }).first().click();
  await page
    .getByRole('button', { name: /^Unpin/ })
    .first()
    .waitFor();
  await shot(page, 'pins');
  await page.keyboard.press('Escape');
  if (isNarrow) await page.getByRole('button', { name: 'Close details' }).click();
  await back();
  await page.getByRole('button', { name: /^Threads/ }).click();
  await page.getByRole('list', { name: 'Threads that you follow' }).getByRole('button').waitFor();
  await shot(page, 'threads');
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: /Bob Baumann/ }).click();
  await page.getByRole('button', { name: 'Video call' }).click();
  await page.locator('.call video.own').waitFor();
  await page.waitForTimeout(400);
  await shot(page, 'call');
  await page.getByRole('button', { name: 'Hang up' }).click();
  await page.locator('.call').waitFor({ state: 'detached' });
  await back();
  await drawCalls({ page, browser, options, origin: server.origin, shot, back });
  await context.close();
}

async function backFrom(page, isNarrow) {
  if (isNarrow) await page.getByRole('button', { name: 'Back to the list' }).click();
}
