import { describe, it } from 'node:test';
import { corpus } from '../hostile/corpus.mjs';
import { Desk, field, open } from './desk.mjs';
import { at, clean, hostileRoom, representative, scrolled, stranger, turning, victim } from './hostile.mjs';

/** The places beside the room itself: what is shown in panels, lists and fields of their own. */
const desk = new Desk();
const everybody = () => corpus.map(({ text }, index) => stranger(desk.server.world, text, index));
const minutes = (count) => new Date(Date.now() + count * 60_000).toISOString();

async function mine(page, item) {
  await page.getByRole('button', { name: /your status and more/ }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

async function closeDialog(page) {
  await page.keyboard.press('Escape');
  await page.locator('dialog').waitFor({ state: 'detached' });
}

/** Waits until the text stands there; characters that nobody sees may be gone. */
async function saying(page, selector, text) {
  await page.waitForFunction(
    ([place, wanted]) => {
      const seen = (words) => words.toWellFormed().replace(/[\p{C}\p{Z}]+/gu, '');
      const found = document.querySelector(place);
      return found !== null && seen(found.textContent) === seen(wanted);
    },
    [selector, text.toWellFormed()],
  );
}

describe('hostile text beside the room', () => {
  it(
    'stays text in a thread, in its files, its replies and the names of who writes there',
    { timeout: 180_000 },
    async () => {
      const { world, io } = desk.server;
      const room = hostileRoom(world, everybody());
      const { message: root } = world.addMessage(room, 'u-x0', corpus[0].text);
      let last = root;
      corpus.forEach(({ text }, index) => {
        const media = {
          id: `m-${index}`,
          fileName: text,
          contentType: 'text/html',
          size: 9,
          url: text,
          state: 'ready',
        };
        const kinds = [{}, { kind: 'media', media }, { replyTo: last.id, editedAt: at }, { deletedAt: at }];
        last = world.addMessage(room, `u-x${index}`, text, {
          ...kinds[index % kinds.length],
          threadId: root.id,
        }).message;
        last.reactions = [{ emoji: text.slice(0, 60), userIds: [`u-x${index}`] }];
      });
      world.followersOf(root.id).set('u-alice', { following: true, readSeq: room.messages.length });
      room.members.get('u-alice').readSeq = room.messages.length;
      const page = await victim(desk);

      await page.goto(`${desk.server.origin}/#/rooms/${room.id}/threads/${root.id}`);
      await page.locator('.thread .message').first().waitFor();
      for (const index of [0, 85, 86, 90, 91]) {
        io.emit('typing', { roomId: room.id, threadId: root.id, userId: `u-x${index}`, on: true });
        await page.locator('.thread .typing-line .dots').waitFor();
        await clean(page, 'who writes in a thread');
        io.emit('typing', { roomId: room.id, threadId: root.id, userId: `u-x${index}`, on: false });
      }

      await scrolled(page, 'a thread', '.thread .messages', '.day.replies');
    },
  );

  it(
    'stays text in the lists of threads and of pins, also in those that come while one looks',
    { timeout: 120_000 },
    async () => {
      const { world, io } = desk.server;
      const room = hostileRoom(world, everybody());
      const roots = corpus.map(({ text }, index) => {
        const { message } = world.addMessage(room, `u-x${index}`, text, { pinnedAt: minutes(-index) });
        world.addMessage(room, 'u-alice', 'a reply', { threadId: message.id, sentAt: minutes(-index) });
        return message;
      });
      const page = await victim(desk);

      await page.getByRole('button', { name: /^Threads/ }).click();
      await page.locator('.hit').nth(40).waitFor({ state: 'attached' });
      await page.getByRole('button', { name: 'More', exact: true }).click();
      await page.locator('.hit').nth(90).waitFor({ state: 'attached' });
      await clean(page, 'threads');
      await closeDialog(page);
      await open(page, /all-of-it/);
      await page.getByRole('button', { name: 'Pinned messages' }).first().click();
      await page
        .locator('.hit')
        .nth(corpus.length - 1)
        .waitFor({ state: 'attached' });
      await clean(page, 'pins');
      for (const [index, { text }] of corpus.entries()) {
        const message = { ...roots[(index * 7) % roots.length], text, pinnedAt: minutes(1), editedAt: minutes(index) };
        io.emit('message_updated', { message });
      }
      // the connection keeps the order of what it carries: with this one all are there
      io.emit('message_updated', { message: { ...roots[0], text: 'the last change', pinnedAt: minutes(1) } });
      await page.locator('.hit').filter({ hasText: 'the last change' }).waitFor({ state: 'attached' });
      await clean(page, 'pins that change');
    },
  );

  it(
    'stays text in drafts of other devices, in what they answer, and in what a message said before',
    { timeout: 120_000 },
    async () => {
      const { world, io } = desk.server;
      const room = hostileRoom(world, everybody());
      const messages = corpus.map(({ text }, index) => world.addMessage(room, `u-x${index}`, text).message);
      for (const { text } of representative) {
        const place = world.addRoom('private', `draft ${world.rooms.size}`, 'u-alice', []);
        const answered = world.addMessage(place, `u-x${corpus.findIndex((one) => one.text === text)}`, text).message;
        const draft = { roomId: place.id, text: `a ${text}`, replyTo: answered.id, updatedAt: at };
        world.drafts.set(`u-alice ${place.id}`, draft);
      }
      const edited = world.addMessage(room, 'u-bob', 'said otherwise', { editedAt: at }).message;
      world.revisions.set(
        edited.id,
        corpus.map(({ text }, index) => ({ text, writtenAt: minutes(-index) })),
      );
      room.members.get('u-alice').readSeq = room.messages.length;
      const page = await victim(desk);

      for (const place of [...world.rooms.values()].filter(({ name }) => name.startsWith('draft '))) {
        await page.goto(`${desk.server.origin}/#/rooms/${place.id}`);
        await page.locator('.mode-bar').waitFor();
        await clean(page, 'what a draft answers');
      }
      await open(page, /all-of-it/);
      for (const [index, { text }] of corpus.entries()) {
        const updatedAt = minutes(index);
        io.emit('draft', { roomId: room.id, text, replyTo: messages[index].id, updatedAt });
        const shown = text.toWellFormed().replace(/\r\n?/g, '\n');
        await page.waitForFunction(
          (wanted) => document.querySelector('.composer textarea').value.toWellFormed() === wanted,
          shown,
        );
        if (index % 6 === 0 || turning.some((one) => one.text === text)) await clean(page, 'a draft');
      }
      await page.getByRole('button', { name: '(edited)' }).click();
      await page
        .locator('.revisions li')
        .nth(corpus.length - 1)
        .waitFor({ state: 'attached' });
      await clean(page, 'revisions');
    },
  );

  it('stays text in statuses, one’s own and those of others', { timeout: 120_000 }, async () => {
    const { io } = desk.server;
    const page = await victim(desk, { viewport: { width: 1440, height: 900 } });
    await open(page, /Bob Baumann/);
    await page.locator('.person-card').waitFor();

    for (const { text } of corpus) {
      for (const userId of ['u-alice', 'u-bob']) {
        const presence = { userId, status: 'dnd', statusText: text, until: minutes(90), lastSeenAt: at };
        io.emit('presence_changed', { presence });
      }
      await saying(page, '.me-words .hint', text);
      await saying(page, '.person-card > p:not(.hint, .with-dot)', text);
      await clean(page, 'a status');
    }
    for (const { text } of representative) {
      io.emit('presence_changed', { presence: { userId: 'u-alice', status: 'online', statusText: text } });
      await saying(page, '.me-words .hint', text);
      await mine(page, 'Set a status');
      await clean(page, 'the own status in its field');
      await closeDialog(page);
    }
  });

  it('stays text in what cannot be sent, and in files on their way', { timeout: 120_000 }, async () => {
    const { options } = desk.server;
    const page = await victim(desk);
    await open(page, /garden-project/);

    for (const { text } of corpus) {
      options.refusal = text;
      await field(page).fill('/fail');
      await field(page).press('Enter');
      await page.locator('.delivery.failed').first().waitFor();
      await clean(page, 'a message that was refused');
      await page.getByRole('button', { name: 'Delete' }).first().click();
      await page.locator('.delivery.failed').waitFor({ state: 'detached' });
    }
    for (let from = 0; from < corpus.length; from += 10) {
      const names = corpus.slice(from, from + 10).map(({ text }) => text);
      await page.evaluate((given) => {
        const dataTransfer = new DataTransfer();
        for (const name of given) dataTransfer.items.add(new File([], name));
        document
          .querySelector('.drop-zone')
          .dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
      }, names);
      await page
        .locator('.upload-line')
        .nth(names.length - 1)
        .waitFor({ state: 'attached' });
      await clean(page, 'files that cannot be sent');
      const remove = page.getByRole('button', { name: /^Remove/ }).first();
      while ((await remove.count()) > 0) await remove.click();
      await page.locator('.upload-line').waitFor({ state: 'detached' });
    }
  });

  it('stays text in calls: who rings, who takes part, and how it ended', { timeout: 180_000 }, async () => {
    const { world, io } = desk.server;
    const strangers = everybody();
    const some = corpus
      .map(({ text }, index) => ({ text, index }))
      .filter(({ text }) => [...representative, ...turning].some((one) => one.text === text));
    hostileRoom(world, strangers);
    const page = await victim(desk);

    for (const { text, index } of some) {
      const called = world.addRoom('private', text, 'u-alice', []);
      io.emit('room_added', { room: world.view(called, 'u-alice') });
      const startedAt = new Date().toISOString();
      const call = {
        id: `c-${index}`,
        roomId: called.id,
        startedBy: `u-x${index}`,
        kind: 'audio',
        state: 'ringing',
        participants: [],
        startedAt,
      };
      world.calls.set(call.id, { call, sockets: new Map() });
      io.emit('call_incoming', { call, from: strangers[index] });
      await page.getByRole('alertdialog').waitFor();
      await clean(page, 'a call that rings');
      world.calls.delete(call.id);
      io.emit('call_ended', { callId: call.id, roomId: called.id, reason: 'missed' });
      await page.getByRole('alertdialog').waitFor({ state: 'detached' });
    }

    await open(page, /all-of-it/);
    await page.locator('.member').nth(40).waitFor({ state: 'attached' });
    await page.getByRole('button', { name: 'Call', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Start' }).waitFor();
    await clean(page, 'a call before it begins');
    await page.getByRole('button', { name: 'Start' }).click();
    await page.locator('.call').waitFor();
    const [{ call }] = [...world.calls.values()];
    for (const { index } of some) {
      const participant = {
        userId: `u-x${index}`,
        sessionId: `s-${index}`,
        legId: `l-${index}`,
        joinedAt: at,
        audio: index % 2 === 0,
        video: false,
        screen: false,
      };
      io.emit('call_joined', { callId: call.id, participant });
      await page.locator('.tile:not(.own-tile):not(.waiting)').waitFor();
      await clean(page, 'somebody in a call');
      io.emit('call_left', { callId: call.id, legId: participant.legId, userId: participant.userId, reason: 'lost' });
      await page.locator('.tile:not(.own-tile):not(.waiting)').waitFor({ state: 'detached' });
    }
    await page.getByRole('button', { name: 'Hang up' }).click();
    await page.locator('.call').waitFor({ state: 'detached' });

    for (const { index } of some) {
      const { room: ours } = world.directOf('u-alice', `u-x${index}`);
      io.emit('room_added', { room: world.view(ours, 'u-alice') });
      io.in('person:u-alice').socketsJoin(`room:${ours.id}`);
      // the page leaves a room that it does not know yet
      await page.locator(`a[href="#/rooms/${ours.id}"]`).waitFor({ state: 'attached' });
      await page.goto(`${desk.server.origin}/#/rooms/${ours.id}`);
      await page.getByRole('button', { name: 'Call', exact: true }).click();
      await page.locator('.call').waitFor();
      await clean(page, 'a call to somebody');
      const [started] = [...world.calls.values()];
      io.emit('call_declined', { callId: started.call.id, userId: `u-x${index}`, reason: 'declined' });
      world.calls.clear();
      io.emit('call_ended', { callId: started.call.id, roomId: ours.id, reason: 'declined' });
      await page.locator('.call.ended').waitFor();
      await clean(page, 'a call that was declined');
      await page.getByRole('button', { name: 'Close', exact: true }).click();
    }
  });
});
