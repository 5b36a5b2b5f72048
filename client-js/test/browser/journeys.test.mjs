import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { signIn } from './browser.mjs';
import { Desk, bubble, checkAccess, field, looks, open, say } from './desk.mjs';

const desk = new Desk();
const person = (...who) => desk.person(...who);

describe('signing in', () => {
  it('lasts over a reload and ends with signing out', async () => {
    const page = await person('alice');

    await page.reload();
    await page.getByRole('link', { name: /town-square/ }).waitFor();
    await page.getByRole('button', { name: /your status and more/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
    await page.reload();

    await page.getByRole('button', { name: 'Sign in', exact: true }).waitFor();
    assert.deepEqual(page.problems, []);
  });

  it('says what is wrong', async () => {
    const context = await desk.context();
    const page = await context.newPage();
    await page.goto(desk.server.origin);
    await page.getByLabel('User name').fill('alice');
    await page.getByLabel('Password').fill('wrong');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();

    await page.getByRole('alert').filter({ hasText: 'wrong' }).waitFor();
  });

  it('can be preceded by making an account', async () => {
    const context = await desk.context();
    const page = await context.newPage();
    await page.goto(desk.server.origin);
    await page.getByRole('button', { name: 'Create an account' }).click();
    await page.getByLabel('User name').fill('gita');
    await page.getByLabel('Your name').fill('Gita Gupta');
    await page.getByLabel('Password').fill('parley-parley');
    await page.getByRole('button', { name: 'Create account' }).click();

    await page.getByRole('heading', { name: 'Hello, Gita Gupta' }).waitFor();
  });
});

describe('a conversation', () => {
  it('reaches the other side, shows who writes, and counts what is unread', async () => {
    const alice = await person('alice');
    const bob = await person('bob');
    await open(alice, /Bob Baumann/);
    await alice.getByText('Give me a moment').waitFor();

    await field(alice).pressSequentially('he');
    await bob.getByTitle('writing').waitFor();
    await say(alice, 'hello **bob**');

    await bob.getByRole('link', { name: /Alice Andersson.*2 unread/ }).waitFor();
    await open(bob, /Alice Andersson/);
    await bubble(bob, 'hello bob').locator('strong', { hasText: 'bob' }).waitFor();
    await bob
      .getByRole('link', { name: /Alice Andersson/ })
      .filter({ hasNotText: 'unread' })
      .waitFor();
    assert.deepEqual([...alice.problems, ...bob.problems], []);
  });

  it('shows one bubble from sending to sent, however slow the server', async () => {
    const alice = await person('alice');
    await open(alice, /Bob Baumann/);
    desk.server.options.latencyMs = 1_500;

    await say(alice, 'slowly now');
    await bubble(alice, 'slowly now').locator('.delivery').waitFor();
    await alice.evaluate(() => {
      const rows = () =>
        [...document.querySelectorAll('.message')].filter((row) => row.textContent.includes('slowly now'));
      window.counts = new Set([rows().length]);
      new MutationObserver(() => window.counts.add(rows().length)).observe(document.querySelector('.messages'), {
        childList: true,
        subtree: true,
      });
    });
    await bubble(alice, 'slowly now').locator('.delivery').waitFor({ state: 'detached' });

    assert.deepEqual(await alice.evaluate(() => [...window.counts]), [1]);
  });

  it('offers a file for what is longer than a message may be', async () => {
    const alice = await person('alice');
    await open(alice, /Bob Baumann/);

    await field(alice).fill('x'.repeat(16_001));
    await alice.getByText('1 too many').waitFor();
    assert.ok(await alice.getByRole('button', { name: 'Send', exact: true }).isDisabled());
    await alice.getByRole('button', { name: 'Send as a file' }).click();

    await bubble(alice, 'message.txt').locator('.upload-line').waitFor({ state: 'detached' });
    assert.equal(await field(alice).inputValue(), '');
  });

  it('keeps what was refused, with its reason', async () => {
    const alice = await person('alice');
    await open(alice, /Bob Baumann/);

    await say(alice, '/fail please');
    const refused = bubble(alice, '/fail please');
    await refused.getByText('This message was refused.').waitFor();
    await refused.getByRole('button', { name: 'Delete' }).click();

    await refused.waitFor({ state: 'detached' });
  });

  it('keeps the reading place while older messages come', async () => {
    const alice = await person('alice');
    await open(alice, /town-square/);
    await alice.getByText('See you there').waitFor();
    const first = Number(await alice.locator('.message').first().getAttribute('data-seq'));
    const [before, after] = await alice.evaluate(async () => {
      const box = document.querySelector('.messages');
      box.scrollTop = 300;
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      const top = box.getBoundingClientRect().top;
      const { seq } = [...box.querySelectorAll('.message')].find(
        (row) => row.getBoundingClientRect().bottom > top,
      ).dataset;
      const look = () => Math.round(box.querySelector(`[data-seq="${seq}"]`).getBoundingClientRect().top);
      const at = look();
      await new Promise((resolve) => setTimeout(resolve, 700));
      return [at, look()];
    });

    assert.ok(Number(await alice.locator('.message').first().getAttribute('data-seq')) < first);
    assert.ok(Math.abs(before - after) <= 2, `${before} became ${after}`);
  });

  it('can be led by keys alone', async () => {
    const alice = await person('alice');

    await alice.getByRole('link', { name: /Bob Baumann/ }).waitFor();

    await alice.keyboard.press('Control+k');
    await alice.keyboard.type('bob');
    await alice.keyboard.press('Enter');
    await field(alice).waitFor();
    await field(alice).focus();
    await alice.keyboard.type('a tpyo');
    await alice.keyboard.press('Enter');
    await bubble(alice, 'a tpyo').locator('.delivery').waitFor({ state: 'detached' });
    await alice.keyboard.press('ArrowUp');
    await alice.keyboard.press('Control+a');
    await alice.keyboard.type('a typo');
    await alice.keyboard.press('Enter');

    await bubble(alice, 'a typo').getByText('(edited)').waitFor();
    await alice.keyboard.press('Shift+Tab');
    await alice.keyboard.press('Shift+Tab');
    assert.deepEqual(alice.problems, []);
  });

  it('takes reactions, replies, edits and deletions', async () => {
    const alice = await person('alice');
    const bob = await person('bob');
    await open(alice, /Bob Baumann/);
    await open(bob, /Alice Andersson/);

    await bubble(bob, 'Shall I call?').hover();
    await bubble(bob, 'Shall I call?').getByRole('button', { name: 'React' }).click();
    await bob.getByRole('menuitem', { name: 'heart' }).click();
    await bubble(alice, 'Shall I call?')
      .getByRole('button', { name: /by Bob Baumann/ })
      .waitFor();

    await bubble(bob, 'Shall I call?').hover();
    await bubble(bob, 'Shall I call?').getByRole('button', { name: 'Reply' }).click();
    await say(bob, 'yes do');
    await bubble(alice, 'yes do').locator('.reply-to', { hasText: 'Shall I call?' }).waitFor();

    await bubble(bob, 'yes do').hover();
    await bubble(bob, 'yes do').getByRole('button', { name: 'Delete' }).click();
    await bubble(bob, 'yes do').getByRole('button', { name: 'Delete' }).click();
    await alice.getByText('This message was deleted.').waitFor();
    assert.deepEqual([...alice.problems, ...bob.problems], []);
  });
});

describe('being told', () => {
  it('happens once for all tabs, with a click that leads to the message, and ends when it is read', async () => {
    const context = await desk.context({ permissions: ['notifications'] });
    await context.addInitScript(() => {
      window.told = [];
      window.Notification = class {
        static permission = 'granted';
        static requestPermission = () => Promise.resolve('granted');
        constructor(title, options) {
          Object.assign(this, { title, ...options, open: true });
          window.told.push(this);
        }
        close() {
          this.open = false;
        }
      };
    });
    const first = await signIn(context, desk.server.origin, 'alice');
    const second = await context.newPage();
    await second.goto(desk.server.origin);
    await second.getByRole('link', { name: /town-square/ }).waitFor();
    await second.getByRole('button', { name: /your status and more/ }).click();
    await second.getByRole('menuitem', { name: 'Notifications' }).click();
    await second.getByRole('checkbox', { name: /Show on the desktop/ }).check();
    await second.keyboard.press('Escape');
    const bob = await person('bob');
    await open(bob, /Alice Andersson/);

    await second.mouse.move(200, 200);
    await say(bob, 'are you there?');

    await first.waitForFunction(() => window.told.length === 1);
    assert.equal(await second.evaluate(() => window.told.length), 0);
    const notice = await first.evaluate(() => ({ title: window.told[0].title, body: window.told[0].body }));
    assert.deepEqual(notice, { title: 'Bob Baumann', body: 'are you there?' });
    await first.evaluate(() => window.told[0].onclick());
    await bubble(first, 'are you there?').waitFor();
    assert.equal(await first.evaluate(() => window.told[0].open), false);

    await say(bob, 'and a second one');
    await first.close();
    await second.mouse.move(210, 210);
    await say(bob, 'to whom is left');
    await second.waitForFunction(() => window.told.some(({ body }) => body === 'to whom is left'));
  });
});

describe('a call', () => {
  it('shows both sides, can be muted, and leaves nothing running', async () => {
    const alice = await person('alice');
    const bob = await person('bob');
    for (const page of [alice, bob]) {
      await page.evaluate(() => {
        const media = navigator.mediaDevices;
        const original = media.getUserMedia.bind(media);
        window.opened = [];
        media.getUserMedia = async (wish) => {
          const stream = await original(wish);
          window.opened.push(...stream.getTracks());
          return stream;
        };
      });
    }
    await open(alice, /Bob Baumann/);

    await alice.getByRole('button', { name: 'Video call' }).click();
    await bob.getByRole('alertdialog', { name: 'Alice Andersson is calling' }).waitFor();
    await bob.getByRole('button', { name: 'With video' }).click();
    for (const page of [alice, bob]) {
      await page.locator('.call[data-phase="connected"]').waitFor({ timeout: 20_000 });
      await page.waitForFunction(
        () =>
          (document.querySelector('.tile:not(.own-tile) video')?.getVideoPlaybackQuality().totalVideoFrames ?? 0) > 10,
      );
    }
    await alice.keyboard.press('m');
    await bob.getByText('is muted').waitFor();
    await alice.getByRole('button', { name: 'Camera off' }).click();
    await bob.locator('.tile:not(.own-tile) video.hidden').waitFor({ state: 'attached' });
    await bob.getByRole('button', { name: 'Hang up' }).click();

    await alice.getByText('Call ended').waitFor();
    for (const page of [alice, bob]) {
      await page.waitForFunction(
        () => window.opened.length > 0 && window.opened.every((track) => track.readyState === 'ended'),
      );
    }
    assert.deepEqual([...alice.problems, ...bob.problems], []);
  });

  it('that is declined says so', async () => {
    const alice = await person('alice');
    const bob = await person('bob');
    await open(alice, /Bob Baumann/);

    await alice.getByRole('button', { name: 'Call', exact: true }).click();
    await bob.getByRole('button', { name: 'Decline' }).click();

    await alice.getByText('Bob Baumann declined.').waitFor();
    await alice.getByRole('button', { name: 'Close', exact: true }).click();
    await alice.locator('.call').waitFor({ state: 'detached' });
  });

  it('without permission says what to do', async () => {
    const alice = await person('alice');
    await open(alice, /Bob Baumann/);
    await alice.evaluate(() => {
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
    });

    await alice.getByRole('button', { name: 'Video call' }).click();

    await alice
      .getByRole('alert')
      .filter({ hasText: /camera/ })
      .first()
      .waitFor();
    await alice.getByRole('button', { name: 'Hang up' }).click();
  });
});

describe('everybody can use it', () => {
  for (const { viewport, colorScheme } of looks) {
    it(`at ${viewport.width} px, ${colorScheme}`, async () => {
      const context = await desk.context({ viewport, colorScheme, reducedMotion: 'reduce', bypassCSP: true });
      const door = await context.newPage();
      await door.goto(desk.server.origin);
      await door.getByLabel('User name').waitFor();
      await checkAccess(door, 'door');
      await door.close();

      const page = await signIn(context, desk.server.origin, 'alice');
      await page.getByRole('link', { name: /town-square/ }).waitFor();
      await checkAccess(page, 'list');
      await open(page, /town-square/);
      await page.getByText('See you there').waitFor();
      await say(page, '/fail so that a failure is on screen');
      await page.getByText('This message was refused.').waitFor();
      await checkAccess(page, 'room');
      assert.ok(
        await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth),
        'no sideways scroll',
      );
      await page.keyboard.press('Control+k');
      await page.getByRole('combobox').waitFor();
      await checkAccess(page, 'switcher');
      await page.keyboard.press('Escape');
      if (viewport.width < 720) await page.getByRole('button', { name: 'Back to the list' }).click();
      await page.getByRole('button', { name: 'New room' }).click();
      await checkAccess(page, 'new room');
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Search messages' }).click();
      await page.getByRole('searchbox').fill('timber');
      await page.locator('.hit mark').waitFor();
      await checkAccess(page, 'search');
      await page.keyboard.press('Escape');
      for (const [name, heading] of [
        ['Notifications', 'Notifications'],
        ['Try out calls', 'Try out calls'],
        ['Your devices', 'Your devices'],
        ['Change your password', 'Change your password'],
      ]) {
        await page.getByRole('button', { name: /your status and more/ }).click();
        await page.getByRole('menuitem', { name }).click();
        await page.getByRole('heading', { name: heading }).waitFor();
        await checkAccess(page, name);
        await page.keyboard.press('Escape');
      }
      await open(page, /Bob Baumann/);
      await page.getByRole('button', { name: 'Video call' }).click();
      await page.locator('.call video.own').waitFor();
      await checkAccess(page, 'call');
      await page.getByRole('button', { name: 'Hang up' }).click();
    });
  }
});
