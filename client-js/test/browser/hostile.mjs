import assert from 'node:assert/strict';
import { corpus } from '../hostile/corpus.mjs';
import { inspect, watch } from '../hostile/watch.mjs';
import { signIn } from './browser.mjs';

export const at = new Date().toISOString();
export const representative = corpus.filter((_, index) => index % 6 === 0);
/** What turns the direction of what stands beside it, or tries to. */
export const turning = corpus.filter(({ text }) => /[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069]/.test(text));

/** A person in front of a page that is watched. */
export async function victim(desk, options = {}) {
  const context = await desk.context(options);
  await context.addInitScript(watch);
  const strays = [];
  context.on('page', (page) => {
    page.on('dialog', (dialog) => {
      strays.push(`a dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('request', (request) => {
      const { protocol, origin, hostname } = new URL(request.url());
      // The storage is a second origin on this machine.
      if (protocol !== 'blob:' && origin !== desk.server.origin && hostname !== '127.0.0.1') strays.push(request.url());
    });
  });
  const page = await signIn(context, desk.server.origin, 'alice');
  page.setDefaultTimeout(15_000);
  page.strays = strays;
  page.origin = desk.server.origin;
  return page;
}

export async function clean(page, view) {
  const wrongs = await page.evaluate(inspect, page.origin);
  assert.deepEqual([...wrongs, ...page.strays, ...page.problems], [], view);
  assert.ok(page.url().startsWith(`${page.origin}/`), view);
  const wide = await page.evaluate(() =>
    document.documentElement.scrollWidth <= window.innerWidth
      ? []
      : [...document.querySelectorAll('*:not(.unseen)')]
          .filter((node) => node.getBoundingClientRect().right > window.innerWidth + 1)
          .map((node) => `${node.localName}.${node.className} ${node.textContent.slice(0, 30)}`)
          .slice(0, 12),
  );
  assert.deepEqual(wide, [], `${view} is too wide`);
}

/** Looks at all of a list that is drawn a screen at a time, up to its beginning. */
export async function scrolled(page, view, box = '.messages', beginning = '.beginning') {
  await page.locator(box).first().waitFor();
  for (let turn = 0; turn < 400; turn++) {
    await clean(page, view);
    const isTop = await page.evaluate(
      async ([list, top]) => {
        const box = document.querySelector(list);
        const before = box.scrollTop;
        box.scrollTop -= box.clientHeight * 0.8;
        await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
        return before === 0 && box.querySelector(top) !== null && box.querySelector('.gap') === null;
      },
      [box, beginning],
    );
    if (isTop) return;
  }
  assert.fail('the list has no beginning');
}

/** Somebody whose every name is a payload. */
export function stranger(world, text, index) {
  const user = { id: `u-x${index}`, username: text, displayName: text };
  world.users.set(user.id, user);
  return user;
}

/** A room of alice's in which all strangers are. */
export function hostileRoom(world, strangers) {
  return world.addRoom(
    'private',
    'all-of-it',
    'u-alice',
    strangers.map(({ id }) => id),
    corpus[0].text,
  );
}
