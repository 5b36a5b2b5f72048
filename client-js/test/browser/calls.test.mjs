import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Desk, open } from './desk.mjs';

const desk = new Desk();
const person = (...who) => desk.person(...who);

/** Whatever this page opens from now on: `window.opened`. */
const watchTracks = (page) =>
  page.evaluate(() => {
    const media = navigator.mediaDevices;
    window.opened = [];
    for (const way of ['getUserMedia', 'getDisplayMedia']) {
      const original = media[way].bind(media);
      media[way] = async (wish) => {
        const stream = await original(wish);
        window.opened.push(...stream.getTracks());
        return stream;
      };
    }
  });
const live = (page) => page.evaluate(() => window.opened.filter(({ readyState }) => readyState === 'live').length);
const connected = (page) => page.locator('.call[data-phase="connected"]').waitFor({ timeout: 20_000 });

/** Two who talk. */
async function talking() {
  const [alice, bob] = [await person('alice'), await person('bob')];
  for (const page of [alice, bob]) await watchTracks(page);
  await open(alice, /Bob Baumann/);
  await alice.getByRole('button', { name: 'Call', exact: true }).click();
  await bob.getByRole('button', { name: 'Answer' }).click();
  for (const page of [alice, bob]) await connected(page);
  return [alice, bob];
}

describe('a call of a room', () => {
  it('is entered after a look at oneself, with what one has chosen there, or only to listen', async () => {
    const alice = await person('alice');
    await watchTracks(alice);
    await open(alice, /town-square/);

    await alice.getByRole('button', { name: 'Video call' }).click();
    const look = alice.getByRole('dialog', { name: 'Call town-square' });
    await look.getByLabel('Your picture').waitFor();
    await look.getByText('Nobody is there yet.').waitFor();
    // the microphone of the tests beeps once a second
    await alice.waitForFunction(() => document.querySelector('.try-level meter').value > 0);
    await look.getByRole('button', { name: 'Camera off' }).click();
    await look.getByLabel('Your picture').waitFor({ state: 'detached' });
    await look.getByRole('button', { name: 'Start' }).click();
    await alice.locator('.call .own-tile').waitFor();
    assert.equal(await alice.locator('.own-tile video').count(), 0);
    const [call] = [...desk.server.world.calls.values()].map((entry) => entry.call);
    call.state = 'active';

    const bob = await person('bob');
    await watchTracks(bob);
    await open(bob, /town-square/);
    await bob.getByRole('button', { name: 'Join call' }).click();
    const second = bob.getByRole('dialog', { name: 'Join the call of town-square' });
    await second.getByText('Alice Andersson is there.').waitFor();
    await second.getByRole('button', { name: 'Only listen' }).click();
    for (const page of [alice, bob]) await connected(page);

    await alice.locator('.tile', { hasText: 'Bob Baumann' }).getByText('is muted').waitFor();
    assert.equal(await live(bob), 0);
    assert.deepEqual([...alice.problems, ...bob.problems], []);
  });

  it('is not entered by closing the look, which leaves nothing open', async () => {
    const alice = await person('alice');
    await watchTracks(alice);
    await open(alice, /town-square/);

    await alice.getByRole('button', { name: 'Video call' }).click();
    await alice.getByLabel('Your picture').waitFor();
    await alice.keyboard.press('Escape');
    await alice.getByRole('dialog').waitFor({ state: 'detached' });

    await alice.waitForFunction(() => window.opened.every(({ readyState }) => readyState === 'ended'));
    assert.equal(desk.server.world.calls.size, 0);
  });
});

describe('in a call', () => {
  it('one is heard while one holds the key to talk, and no longer', async () => {
    const [alice, bob] = await talking();
    await alice.getByRole('button', { name: 'Mute', exact: true }).click();
    const muted = bob.locator('.tile').getByText('is muted');
    await muted.waitFor();

    await alice.locator('.call').click();
    await alice.keyboard.down('Space');
    await muted.waitFor({ state: 'detached' });
    await alice.keyboard.up('Space');

    await muted.waitFor();
  });

  it('a screen that is no longer shared from the browser’s own bar is gone on both sides', async () => {
    const [alice, bob] = await talking();
    await alice.getByRole('button', { name: 'Share your screen' }).click();
    await bob.getByLabel('Screen of Alice Andersson').waitFor();

    await alice.evaluate(() => {
      const screen = window.opened.at(-1);
      screen.stop();
      screen.dispatchEvent(new window.Event('ended'));
    });

    await bob.getByLabel('Screen of Alice Andersson').waitFor({ state: 'detached' });
    await alice.getByRole('button', { name: 'Share your screen' }).waitFor();
  });

  it('who is not let hear without a click is given one', async () => {
    const [alice, bob] = [await person('alice'), await person('bob')];
    await bob.evaluate(() => {
      const play = window.HTMLMediaElement.prototype.play;
      window.mayPlay = false;
      window.HTMLMediaElement.prototype.play = function () {
        if (!window.mayPlay && !this.muted) return Promise.reject(new DOMException('a click first', 'NotAllowedError'));
        this.dataset.played = 'yes';
        return play.call(this);
      };
    });
    await open(alice, /Bob Baumann/);
    await alice.getByRole('button', { name: 'Call', exact: true }).click();
    await bob.getByRole('button', { name: 'Answer' }).click();

    const hear = bob.getByRole('button', { name: 'Click to hear Alice Andersson' });
    await hear.waitFor();
    await bob.evaluate(() => (window.mayPlay = true));
    await hear.click();

    await hear.waitFor({ state: 'detached' });
    await bob.locator('video[data-played]').first().waitFor({ state: 'attached' });
  });

  it('a page is not left by accident', async () => {
    const [alice] = await talking();
    const asked = [];
    alice.on('dialog', (dialog) => {
      asked.push(dialog.type());
      void dialog.accept();
    });

    await alice.reload();
    await alice.getByRole('navigation', { name: 'Conversations' }).waitFor();
    await alice.reload();
    await alice.getByRole('navigation', { name: 'Conversations' }).waitFor();

    assert.deepEqual(asked, ['beforeunload']);
  });

  it('a microphone that is pulled out is replaced, with a word about it', async () => {
    const [alice, bob] = await talking();

    await alice.evaluate(() => {
      const [microphone] = window.opened;
      microphone.stop();
      microphone.dispatchEvent(new window.Event('ended'));
    });

    await alice.locator('.toast', { hasText: 'Your microphone is gone.' }).waitFor();
    await alice.getByRole('button', { name: 'Mute', exact: true }).waitFor();
    await bob.locator('.tile').getByText('is muted').waitFor({ state: 'detached' });
  });
});

describe('a call that comes', () => {
  it('is told on the desktop while nobody looks, until it is over', async () => {
    const context = await desk.context({ permissions: ['notifications'] });
    await context.addInitScript(() => {
      localStorage.setItem('parley.notify.u-alice', '{"desktop":true}');
      window.told = [];
      window.Notification = class {
        static permission = 'granted';
        constructor(title, options) {
          Object.assign(this, { title, ...options, open: true });
          window.told.push(this);
        }
        close() {
          this.open = false;
        }
      };
      document.hasFocus = () => false;
    });
    const alice = await desk.enter(context, 'alice');
    const bob = await person('bob');
    await open(bob, /Alice Andersson/);

    await bob.getByRole('button', { name: 'Call', exact: true }).click();
    await alice.waitForFunction(() => window.told.length === 1);
    assert.deepEqual(await alice.evaluate(() => [window.told[0].title, window.told[0].open]), [
      'Bob Baumann is calling',
      true,
    ]);
    await bob.getByRole('button', { name: 'Hang up' }).click();

    await alice.waitForFunction(() => !window.told[0].open);
  });
});

describe('a second call', () => {
  it('lets the first one wait, and gives it back', async () => {
    const [alice, bob] = await talking();
    const carol = await person('carol');
    await open(carol, /Alice Andersson/);

    await carol.getByRole('button', { name: 'Call', exact: true }).click();
    await alice.getByRole('button', { name: 'Hold and answer' }).click();
    await carol.locator('.call[data-phase="connected"]').waitFor({ timeout: 20_000 });
    await alice.getByRole('region', { name: 'Call with Carol Castillo' }).waitFor();
    const held = alice.getByRole('region', { name: 'Call on hold: Bob Baumann' });
    await held.waitFor();
    const muted = bob.locator('.tile').getByText('is muted');
    await muted.waitFor();
    // nothing of the one who waits is played
    assert.equal(await alice.locator('.call .tile:not(.own-tile) video').count(), 1);

    await held.getByRole('button', { name: 'Go back' }).click();
    await muted.waitFor({ state: 'detached' });
    await carol.locator('.tile').getByText('is muted').waitFor();
    await carol.getByRole('button', { name: 'Hang up' }).click();

    await alice.getByRole('region', { name: /Call on hold/ }).waitFor({ state: 'detached' });
    await alice.getByRole('region', { name: 'Call with Bob Baumann' }).waitFor();
    await connected(alice);
    await alice.getByRole('button', { name: 'Hang up' }).click();
    await alice.waitForFunction(() => window.opened.every(({ readyState }) => readyState === 'ended'));
    assert.deepEqual([...alice.problems, ...bob.problems, ...carol.problems], []);
  });

  it('that comes to nothing leaves the first one as it was', async () => {
    const [alice, bob] = await talking();
    const carol = await person('carol');
    await open(carol, /Alice Andersson/);
    await carol.getByRole('button', { name: 'Call', exact: true }).click();
    await alice.getByRole('button', { name: 'Hold and answer' }).waitFor();
    const [last] = [...desk.server.world.calls.keys()].slice(-1);
    desk.server.world.calls.delete(last);

    await alice.getByRole('button', { name: 'Hold and answer' }).click();

    await alice.getByRole('region', { name: 'Call with Bob Baumann' }).waitFor();
    await alice.getByRole('button', { name: 'Mute', exact: true }).waitFor();
    await connected(alice);
    await bob.locator('.tile').getByText('is muted').waitFor({ state: 'detached' });
  });
});

describe('after a call', () => {
  it('whose connection was lost one is back in the same call with a click', async () => {
    const [alice, bob] = await talking();
    const [{ call }] = [...desk.server.world.calls.values()];
    const lost = call.participants.find(({ userId }) => userId === 'u-alice');
    call.participants = call.participants.filter((one) => one !== lost);
    desk.server.io.emit('call_left', { callId: call.id, legId: lost.legId, userId: 'u-alice', reason: 'lost' });

    await alice.getByText('The connection was lost.').waitFor();
    await alice.getByRole('button', { name: 'Reconnect' }).click();
    for (const page of [alice, bob]) await connected(page);

    await bob.locator('.tile', { hasText: 'Alice Andersson' }).waitFor();
    assert.deepEqual([...desk.server.world.calls.keys()], [call.id]);
    // as before: heard, and not seen
    await alice.getByRole('button', { name: 'Mute', exact: true }).waitFor();
    await alice.getByRole('button', { name: 'Camera on' }).waitFor();
  });

  it('of some length one may say how it was', async () => {
    const [alice] = await talking();
    const reports = [];
    desk.server.io.sockets.sockets.forEach((socket) =>
      socket.on('call_report', ({ stats }) => reports.push(stats.rating ?? 'none')),
    );
    await alice.getByRole('timer').filter({ hasText: '0:10' }).waitFor({ timeout: 20_000 });

    await alice.getByRole('button', { name: 'Hang up' }).click();
    await alice.getByRole('group', { name: 'How was the call?' }).getByRole('button', { name: 'Bad' }).click();
    await alice.getByText('Thank you.').waitFor();

    for (let wait = 0; !reports.includes('bad') && wait < 100; wait++) await alice.waitForTimeout(50);
    assert.equal(reports.filter((rating) => rating === 'bad').length, 1);
  });
});
