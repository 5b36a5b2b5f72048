import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { startFakeServer } from '../fake-server/server.mjs';
import { dist, launch, signIn } from './browser.mjs';

const most = 10_000;

let browser;
let server;
let context;
let page;
let room;

before(async () => {
  browser = await launch();
});
after(() => browser.close());
beforeEach(async () => {
  server = await startFakeServer({ dist });
  room = server.world.addRoom('private', 'archive', 'u-alice', ['u-bob']);
  const words = 'what is said in a long room is sometimes short and sometimes goes on for a while '.split(' ');
  for (let index = 1; index <= most; index++) {
    const text = `number ${index} ${Array.from({ length: index % 37 }, (_, at) => words[at % words.length]).join(' ')}`;
    server.world.addMessage(room, index % 3 ? 'u-bob' : 'u-alice', text, {
      sentAt: new Date(Date.UTC(2026, 0, 1) + index * 600_000).toISOString(),
    });
  }
  room.members.get('u-alice').readSeq = most;
  context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  page = await signIn(context, server.origin, 'alice');
  page.setDefaultTimeout(15_000);
});
afterEach(async () => {
  await context.close();
  await server.close();
});

const line = (seq) => page.locator(`[data-seq="${seq}"]`);
const frames = () =>
  page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));

async function openAt(seq) {
  await page.goto(`${server.origin}/#/rooms/${room.id}/messages/${seq}`);
  await line(seq).waitFor();
  await frames();
}

/** The line in the middle of the screen and where it stands; the middle is drawn before and after anything happens. */
const place = () =>
  page.evaluate(() => {
    const box = document.querySelector('.messages').getBoundingClientRect();
    const row = [...document.querySelectorAll('[data-seq]')].find(
      (one) => one.getBoundingClientRect().bottom > box.top + 1,
    );
    return { seq: row.dataset.seq, top: Math.round(row.getBoundingClientRect().top) };
  });

const topOf = (seq) => line(seq).evaluate((row) => Math.round(row.getBoundingClientRect().top));

describe('a room with ten thousand messages', () => {
  it('is drawn a screen at a time, however much of it is loaded', { timeout: 120_000 }, async () => {
    await page.getByRole('link', { name: /archive/ }).click();
    await line(most).waitFor();

    const counts = await page.evaluate(async () => {
      const box = document.querySelector('.messages');
      const seen = { rows: 0, nodes: 0 };
      for (let turn = 0; turn < 4_000 && document.querySelector('.beginning') === null; turn++) {
        box.scrollTop = 0;
        await new Promise((resolve) => setTimeout(resolve, 5));
        seen.rows = Math.max(seen.rows, box.querySelectorAll('.line').length);
        seen.nodes = Math.max(seen.nodes, document.querySelectorAll('*').length);
      }
      return seen;
    });

    await line(1).waitFor();
    assert.ok(counts.rows < 150, `${counts.rows} lines are drawn`);
    assert.ok(counts.nodes < 5_000, `${counts.nodes} nodes are drawn`);
    for (const part of [0.5, 0.9, 0.25]) {
      await page.evaluate((to) => {
        const box = document.querySelector('.messages');
        box.scrollTop = box.scrollHeight * to;
      }, part);
      await frames();
      const at = Number((await place()).seq);
      assert.ok(Math.abs(at / most - part) < 0.1, `${at} is shown at ${part}`);
    }
    await page.getByRole('button', { name: 'Newest' }).click();
    await line(most).waitFor();
    assert.deepEqual(page.problems, []);
  });

  it('opens at the message of a permalink, and leads back to the newest', async () => {
    await openAt(4_321);

    await page.locator('.pointed-at [data-seq="4321"]').waitFor();
    assert.ok(await line(4_320).isVisible());
    await page.getByRole('button', { name: 'Newest' }).click();

    await line(most).waitFor();
    await page.locator('.gap').waitFor({ state: 'detached' });
  });

  it('does not call new what was said before it was opened, whichever page comes first', async () => {
    let arrived;
    const aroundIsThere = new Promise((resolve) => (arrived = resolve));
    await page.route(/\/messages\?/, async (route) => {
      if (!route.request().url().includes('aroundSeq')) await aroundIsThere;
      await route.continue();
    });

    await openAt(9_900);
    arrived();

    await page.evaluate(async () => {
      while (document.querySelector('.gap') === null) {
        document.querySelector('.messages').scrollTop += 300;
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    });
    assert.equal(await page.locator('.to-newest').innerText(), 'Newest');
  });

  it('says what is missing between the parts that were read, and brings it', async () => {
    await openAt(9_900);
    await page.getByRole('button', { name: 'Newest' }).click();
    await line(most).waitFor();
    await page.evaluate(async () => {
      const box = document.querySelector('.messages');
      while (document.querySelector('.gap') === null) {
        box.scrollTop -= 300;
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    });

    await page.getByText('26 messages are not shown here.').waitFor();
    await page.getByRole('button', { name: 'Load', exact: true }).click();

    await page.locator('.gap').waitFor({ state: 'detached' });
  });

  it('keeps the line that is read while older ones come in above and the window changes its size', async () => {
    await openAt(5_000);
    const before = await place();
    const first = Number(await page.locator('[data-seq]').first().getAttribute('data-seq'));

    await page.evaluate(async () => {
      const box = document.querySelector('.messages');
      box.scrollTop = 700;
      await new Promise((resolve) => setTimeout(resolve, 50));
    });
    await frames();
    const reading = await place();
    await page.waitForFunction(
      (seq) => document.querySelector('.messages').scrollTop > 1_500 && document.querySelector(`[data-seq="${seq}"]`),
      reading.seq,
    );
    await frames();
    const afterOlder = await topOf(reading.seq);
    await page.setViewportSize({ width: 800, height: 700 });
    await frames();
    await frames();

    assert.ok(first > 1 && before.seq !== undefined);
    assert.ok(Math.abs(afterOlder - reading.top) <= 2, `${reading.top} became ${afterOlder}`);
    const afterResize = await topOf(reading.seq);
    assert.ok(Math.abs(afterResize - reading.top) <= 2, `${reading.top} became ${afterResize}`);
  });

  it('keeps the line that is read when something above it becomes taller', async () => {
    await openAt(5_000);
    const before = await place();

    await page.evaluate(() => {
      const box = document.querySelector('.messages');
      const above = [...box.querySelectorAll('.line')].filter((row) => row.getBoundingClientRect().bottom < 0).at(-1);
      const picture = document.createElement('canvas');
      picture.height = 300;
      above.append(picture);
    });
    await frames();
    await frames();

    const top = await topOf(before.seq);
    assert.ok(Math.abs(top - before.top) <= 2, `${before.top} became ${top}`);
  });
});
