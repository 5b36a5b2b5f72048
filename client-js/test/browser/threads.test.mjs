import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Desk, bubble, checkAccess, looks, open } from './desk.mjs';
import { drop, paste, png } from './files.mjs';

const desk = new Desk();
const person = (...who) => desk.person(...who);

const panel = (page) => page.getByRole('complementary', { name: 'Thread' });
const inThread = (page) => page.getByRole('textbox', { name: 'Reply in the thread' });
const list = (page) => page.locator('main.conversation');

async function reply(page, text) {
  await inThread(page).fill(text);
  await inThread(page).press('Enter');
}

/** The thread that is in the lively room from the beginning. */
async function openLunch(page) {
  await open(page, /town-square/);
  await list(page)
    .getByRole('button', { name: /3 replies/ })
    .click();
  await panel(page).locator('.message', { hasText: 'at the window' }).waitFor();
}

describe('a thread', () => {
  it('begins at a message, is told there, and keeps its replies out of the room', async () => {
    const alice = await person('alice');
    const bob = await person('bob');
    await open(alice, /Bob Baumann/);
    await open(bob, /Alice Andersson/);

    await bubble(bob, 'Shall I call?').hover();
    await bubble(bob, 'Shall I call?').getByRole('button', { name: 'Answer in a thread' }).click();
    await panel(bob).getByText('No replies yet').waitFor();
    await reply(bob, 'in five minutes');
    await panel(bob).locator('.message', { hasText: 'in five minutes' }).waitFor();

    await list(alice)
      .getByRole('button', { name: /1 reply.*1 new/ })
      .waitFor();
    assert.equal(await list(alice).locator('.message', { hasText: 'in five minutes' }).count(), 0);
    await alice.getByRole('button', { name: /Threads.*\d+ unread/ }).waitFor();
    await list(alice)
      .getByRole('button', { name: /1 reply/ })
      .click();
    await panel(alice).locator('.message', { hasText: 'in five minutes' }).waitFor();
    await reply(alice, 'I wait');
    await panel(bob).locator('.message', { hasText: 'I wait' }).waitFor();
    await list(alice)
      .getByRole('button', { name: /2 replies/ })
      .filter({ hasNotText: 'new' })
      .waitFor();
    assert.deepEqual([...alice.problems, ...bob.problems], []);
  });

  it('has a text of its own that is kept, and its own row when it cannot be sent', async () => {
    const alice = await person('alice');
    await openLunch(alice);
    await inThread(alice).fill('half a');
    await alice.getByRole('textbox', { name: /^Message to/ }).fill('something else');

    await alice.reload();
    await panel(alice).waitFor();
    assert.equal(await inThread(alice).inputValue(), 'half a');
    assert.equal(await alice.getByRole('textbox', { name: /^Message to/ }).inputValue(), 'something else');
    await reply(alice, '/fail in here');

    await panel(alice).getByText('This message was refused.').waitFor();
    assert.equal(await list(alice).locator('.message', { hasText: '/fail in here' }).count(), 0);
  });

  it('is led to by a link to one of its replies, and closed by Escape', async () => {
    const alice = await person('alice');
    const { room, message } = [...desk.server.world.rooms.values()]
      .flatMap((one) => one.messages.map((message) => ({ room: one, message })))
      .find(({ message: { text } }) => text === 'Yes please, for five.');

    await alice.goto(`${new URL(alice.url()).origin}/#/rooms/${room.id}/messages/${message.seq}`);

    await panel(alice).locator(`[data-seq="${message.seq}"]:focus`).waitFor();
    assert.match(alice.url(), new RegExp(`/threads/${message.threadId}/messages/${message.seq}$`));
    await list(alice)
      .getByRole('button', { name: /3 replies/ })
      .filter({ hasNotText: 'new' })
      .waitFor();
    await alice.keyboard.press('Escape');
    await panel(alice).waitFor({ state: 'detached' });
    assert.equal(
      await alice.evaluate(() => document.activeElement.querySelector('.thread-bar') !== null),
      true,
      'the focus is where the thread began',
    );
  });

  it('catches up after the line was cut', async () => {
    const alice = await person('alice');
    await openLunch(alice);
    const town = desk.room('town-square');
    const { threadId } = town.messages.find(({ text }) => text === 'Yes please, for five.');

    desk.server.io.use((_, next) => setTimeout(next, 1_500));
    desk.server.io.sockets.sockets.forEach((socket) => socket.conn.close());
    await alice.locator('.banner').waitFor();
    for (let index = 1; index <= 3; index++)
      desk.server.world.addMessage(town, 'u-bob', `missed reply ${index}`, { threadId });

    await panel(alice).locator('.message', { hasText: 'missed reply 3' }).waitFor();
    assert.equal(await panel(alice).locator('.message', { hasText: 'missed reply' }).count(), 3);
    assert.equal(await alice.locator('.gap').count(), 0);
    await list(alice)
      .getByRole('button', { name: /6 replies/ })
      .waitFor();
  });

  it('takes files by its button, by dropping and by pasting, and keeps them out of the room', async () => {
    const alice = await person('alice');
    const bob = await person('bob');
    await openLunch(alice);
    await openLunch(bob);

    await panel(alice)
      .locator('input[type=file]')
      .setInputFiles({ name: 'table.png', mimeType: 'image/png', buffer: png(60, 40) });
    await drop(alice, '.thread .drop-zone', 'menu.png', 'Drop to reply in a thread of town-square');
    await paste(inThread(alice), 'bill.png');

    for (const name of ['table.png', 'menu.png', 'bill.png'])
      await panel(bob)
        .getByRole('button', { name: `Open the picture ${name}` })
        .waitFor();
    await list(bob)
      .getByRole('button', { name: /6 replies/ })
      .waitFor();
    assert.equal(
      await list(alice)
        .getByRole('button', { name: /^Open the picture/ })
        .count(),
      0,
    );
    assert.deepEqual([...alice.problems, ...bob.problems], []);
  });

  it('says who writes in it, there and not in the room', async () => {
    const alice = await person('alice');
    const bob = await person('bob');
    await openLunch(alice);
    await openLunch(bob);

    await inThread(bob).pressSequentially('I am a bit');
    await panel(alice).getByText('Bob Baumann is writing…').waitFor();
    assert.equal(await list(alice).getByText('is writing…').count(), 0);
    await inThread(bob).press('Enter');

    await panel(alice).getByText('Bob Baumann is writing…').waitFor({ state: 'detached' });
  });

  it('is marked as read by the key that marks its room, then closed; with Shift everything is', async () => {
    const alice = await person('alice');
    await openLunch(alice);
    const reply = panel(alice).locator('.message', { hasText: 'Done: at the window' });
    const unread = () => desk.server.world.placeIn(threadId(), 'u-alice').unread;
    const threadId = () => desk.room('town-square').messages.find(({ thread }) => thread !== undefined).id;
    const markUnread = async () => {
      await reply.hover();
      await reply.getByRole('button', { name: 'Mark as unread from here' }).click();
      await panel(alice).locator('.unread-mark').waitFor();
      assert.equal(unread(), 1);
    };

    await markUnread();
    await inThread(alice).press('Escape');
    await panel(alice).locator('.unread-mark').waitFor({ state: 'detached' });
    assert.equal(unread(), 0);
    await markUnread();
    await inThread(alice).press('Shift+Escape');
    await alice.getByText('Everything is marked as read.').waitFor();
    assert.equal(unread(), 0);
    await inThread(alice).press('Escape');

    await panel(alice).waitFor({ state: 'detached' });
    assert.deepEqual(alice.problems, []);
  });

  it('stands in the list of those one follows, fills a phone, and can be left alone', async () => {
    const alice = await person('alice', { viewport: { width: 390, height: 780 } });
    await alice.getByRole('button', { name: /Threads.*3 unread/ }).click();
    await alice
      .getByRole('dialog', { name: 'Threads' })
      .getByRole('button', { name: /half past eleven/ })
      .click();
    await panel(alice).locator('.message', { hasText: 'at the window' }).waitFor();
    const { width } = await panel(alice).boundingBox();
    assert.equal(width, 390);

    await panel(alice)
      .getByRole('button', { name: /Following/ })
      .click();
    await panel(alice).getByRole('button', { name: 'Follow this thread' }).waitFor();
    await alice.getByRole('button', { name: 'Close the thread' }).click();
    await alice.getByRole('button', { name: 'Back to the list' }).click();

    await alice.getByRole('button', { name: 'Threads', exact: true }).waitFor();
    assert.deepEqual(alice.problems, []);
  });

  for (const look of looks) {
    it(`can be used by everybody at ${look.viewport.width} px, ${look.colorScheme}`, async () => {
      const alice = await person('alice', { ...look, reducedMotion: 'reduce', bypassCSP: true });
      await alice.getByRole('button', { name: /Threads.*3 unread/ }).click();
      await alice
        .getByRole('dialog', { name: 'Threads' })
        .getByRole('button', { name: /half past eleven/ })
        .waitFor();
      await checkAccess(alice, 'threads');
      await alice.keyboard.press('Escape');
      await open(alice, /town-square/);
      await list(alice)
        .getByRole('button', { name: /3 replies/ })
        .waitFor();
      await checkAccess(alice, 'room with a thread');
      await list(alice)
        .getByRole('button', { name: /3 replies/ })
        .click();
      await reply(alice, '/fail so that a failure is on screen');
      await panel(alice).getByText('This message was refused.').waitFor();
      await checkAccess(alice, 'thread');
    });
  }
});
