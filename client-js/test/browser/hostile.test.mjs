import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { corpus } from '../hostile/corpus.mjs';
import { watch } from '../hostile/watch.mjs';
import { signIn } from './browser.mjs';
import { Desk, open } from './desk.mjs';
import { at, clean, hostileRoom, representative, scrolled, stranger, victim } from './hostile.mjs';

/**
 * Every text of the corpus in every field that the client renders. What must not happen is watched for in the page:
 * a payload that runs, an element, attribute or address that is not ours, a violation of the policy, a request to
 * elsewhere, a name that turns what stands beside it.
 */
const desk = new Desk();

describe('hostile text', () => {
  it('stays text in messages of every kind', { timeout: 180_000 }, async () => {
    const { world } = desk.server;
    const strangers = corpus.map(({ text }, index) => stranger(desk.server.world, text, index));
    const room = hostileRoom(desk.server.world, strangers);
    corpus.forEach(({ text }, index) => {
      const { message } = world.addMessage(room, `u-x${index}`, text);
      message.reactions = [{ emoji: text.slice(0, 60), userIds: [`u-x${index}`, 'u-alice'] }];
      const media = { id: `m-${index}`, fileName: text, contentType: 'text/html', size: 9, url: text, state: 'ready' };
      const kinds = [
        { kind: 'media', media: { ...media, state: ['ready', 'scanning', 'rejected'][index % 3] } },
        { kind: 'system' },
        { kind: 'call' },
        { replyTo: message.id, editedAt: at },
      ];
      world.addMessage(room, `u-x${(index + 1) % corpus.length}`, text, kinds[index % kinds.length]);
    });
    world.addMessage(room, 'u-bob', 'with a thread');
    room.members.get('u-alice').readSeq = room.messages.length;
    const page = await victim(desk);

    await open(page, /all-of-it/);

    await scrolled(page, 'messages');
  });

  it('stays text in names of people and rooms, wherever they are listed', { timeout: 180_000 }, async () => {
    const { world, io } = desk.server;
    const strangers = corpus.map(({ text }, index) => stranger(desk.server.world, text, index));
    hostileRoom(desk.server.world, strangers);
    corpus.forEach(({ text }, index) => {
      const mine = index % 2 === 0;
      const room = world.addRoom('public', text, mine ? 'u-alice' : 'u-bob', [], text);
      if (mine) world.addMessage(room, 'u-bob', `@alice ${text}`);
    });
    for (const user of strangers.slice(0, 30)) world.directOf('u-alice', user.id);
    const page = await victim(desk, { viewport: { width: 1440, height: 900 } });

    await open(page, /all-of-it/);
    await page
      .locator('.member')
      .nth(corpus.length - 1)
      .waitFor({ state: 'attached' });
    await clean(page, 'list, header and members');
    corpus.forEach(({ text }, index) => {
      const presence = { userId: `u-x${index}`, status: 'online', statusText: text, lastSeenAt: at };
      io.emit('presence_changed', { presence });
      io.emit('typing', {
        roomId: [...world.rooms.values()].find(({ name }) => name === 'all-of-it').id,
        userId: `u-x${index}`,
        on: true,
      });
    });
    await clean(page, 'typing');
    for (const [name, button] of [
      ['find rooms', 'Find rooms'],
      ['write to somebody', 'Write to somebody'],
      ['add somebody', 'Add somebody'],
    ]) {
      await page.getByRole('button', { name: button }).first().click();
      await page.locator('.result').nth(20).waitFor({ state: 'attached' });
      await clean(page, name);
      await page.keyboard.press('Escape');
      await page.locator('dialog').waitFor({ state: 'detached' });
    }
    await page.keyboard.press('Control+k');
    for (const { text } of representative) {
      await page.getByRole('combobox').fill(text.slice(0, 200));
      await clean(page, 'switcher');
    }
    await page.keyboard.press('Escape');
    for (const { id } of representative.map(({ text }) => desk.room(text)).filter(Boolean)) {
      await page.goto(`${desk.server.origin}/#/rooms/${id}`);
      await page.locator('.beginning, .message').first().waitFor();
      await clean(page, 'a room with a name, in its title, its beginning and where one writes');
    }
    for (const room of [...world.rooms.values()].filter(({ kind }) => kind === 'direct').slice(-20)) {
      await page.goto(`${desk.server.origin}/#/rooms/${room.id}`);
      await page.locator('.person-card').waitFor();
      await clean(page, 'a person');
    }
  });

  it('stays text in what is found, whatever parts of it are said to be meant', async () => {
    const strangers = corpus.map(({ text }, index) => stranger(desk.server.world, text, index));
    const room = hostileRoom(desk.server.world, strangers);
    const messages = corpus.map(({ text }, index) => desk.server.world.addMessage(room, `u-x${index}`, text).message);
    const highlights = Object.fromEntries(
      messages.map(({ id }, index) => [
        id,
        [
          [
            { start: 1, end: 4 },
            { start: 3, end: 9 },
          ],
          [
            { start: -5, end: 2 },
            { start: 10, end: 9_999_999 },
          ],
          [
            { start: 7, end: 2 },
            { start: 0.5, end: 1.5 },
          ],
          'nonsense',
        ][index % 4],
      ]),
    );
    const page = await victim(desk);
    await page.route('**/api/search*', (route) => route.fulfill({ json: { messages, highlights, more: false } }));
    await page.route('**/api/sessions', (route) =>
      route.fulfill({
        json: {
          sessions: corpus.map(({ text }, index) => ({
            id: `s-${index}`,
            name: text,
            address: text,
            createdAt: at,
            lastUsedAt: at,
            current: index === 0,
          })),
        },
      }),
    );

    await page.getByRole('button', { name: 'Search messages' }).click();
    await page.getByRole('searchbox').fill(corpus[0].text);
    await page
      .locator('.hit')
      .nth(corpus.length - 1)
      .waitFor({ state: 'attached' });
    await clean(page, 'search');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /your status and more/ }).click();
    await page.getByRole('menuitem', { name: 'Your devices' }).click();
    await page
      .locator('.device')
      .nth(corpus.length - 1)
      .waitFor({ state: 'attached' });
    await clean(page, 'devices');
  });

  it('stays text in what is told, in toasts, in problems and at the door', async () => {
    const context = await desk.context();
    await context.addInitScript(() => {
      window.told = [];
      window.Notification = class {
        static permission = 'granted';
        static requestPermission = () => Promise.resolve('granted');
        constructor(title, { body }) {
          window.told.push(title, body);
        }
        close() {}
      };
      localStorage.setItem('parley.notify.u-alice', '{"desktop":true,"sound":false,"content":"full","keywords":[]}');
    });
    const { world, io } = desk.server;
    const strangers = representative.map(({ text }, index) => stranger(desk.server.world, text, index));
    const room = world.addRoom(
      'private',
      '\u202eneppah\u2067',
      'u-alice',
      strangers.map(({ id }) => id),
    );
    await context.addInitScript(watch);
    const page = await signIn(context, desk.server.origin, 'alice');
    page.strays = [];
    page.origin = desk.server.origin;
    let problem = '';
    for (const path of ['**/leave', '**/api/rooms', '**/api/auth/login']) {
      await page.route(path, (route) =>
        route.fulfill({
          status: 400,
          contentType: 'application/problem+json',
          body: JSON.stringify({ code: 'invalid', detail: problem }),
        }),
      );
    }

    await page.mouse.move(5, 5);
    for (const [index, { text }] of representative.entries()) {
      const { message } = world.addMessage(room, `u-x${index}`, text);
      io.emit('message', { message });
    }
    await page.waitForFunction((count) => window.told.length >= 2 * count, representative.length);
    const told = await page.evaluate(() => window.told);
    assert.deepEqual(
      told.filter((text) => /[\u202a-\u202e\u2066\u2067]/.test(text)),
      [],
    );

    await open(page, /town-square/);
    for (const { text } of representative) {
      problem = text;
      await page.getByRole('button', { name: 'Leave this room' }).click();
      await page.locator('.toast').first().waitFor();
      await clean(page, 'a toast');
      for (const close of await page.getByRole('button', { name: 'Dismiss' }).all()) await close.click();
    }
    await page.getByRole('button', { name: 'New room' }).click();
    await page.getByLabel('Name').fill('x');
    for (const { text } of representative) {
      problem = text;
      await page.getByRole('button', { name: 'Make the room' }).click();
      await clean(page, 'a problem beside a field');
    }
    await page.keyboard.press('Escape');
    const call = {
      id: 'c-1',
      roomId: room.id,
      startedBy: 'u-x0',
      kind: 'video',
      state: 'ringing',
      participants: [],
      // a call of a while ago rings no more, and one that the server does not know is silent at once
      startedAt: new Date().toISOString(),
    };
    world.calls.set(call.id, { call, sockets: new Map() });
    io.emit('call_incoming', {
      call,
      from: { ...strangers[0], displayName: '\u202erellac <img src=x onerror=pwned()>' },
    });
    await page.getByRole('alertdialog').waitFor();
    await clean(page, 'a call');
    await page.getByRole('button', { name: 'Decline' }).click();

    await page.getByRole('button', { name: /your status and more/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByLabel('User name').fill(corpus[1].text);
    await page.getByLabel('Password').fill('x');
    for (const { text } of representative) {
      problem = text;
      await page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await page.getByRole('alert').waitFor();
      await clean(page, 'the door');
    }
  });

  it('leads nowhere in an address, and spoils nothing that was kept', async () => {
    const page = await victim(desk);
    for (const { text } of corpus) {
      await page.evaluate((hash) => (window.location.hash = hash), `#/rooms/${text.slice(0, 500)}`);
      await page.evaluate(
        (hash) => (window.location.hash = hash),
        `#/rooms/${encodeURIComponent(text.toWellFormed())}/messages/1`,
      );
    }
    await page.locator('.welcome').waitFor();
    await clean(page, 'addresses');

    for (const { text } of representative) {
      await page.evaluate((kept) => {
        for (const key of ['parley.theme', 'parley.keys.u-alice', 'parley.notify.u-alice', 'parley.drafts.u-alice'])
          localStorage.setItem(key, kept);
      }, text);
      await page.reload();
      await open(page, /town-square/);
      await clean(page, 'what was kept');
    }
  });
});
