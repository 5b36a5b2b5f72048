import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Desk, bubble, field, open } from './desk.mjs';
import { drop, paste, png } from './files.mjs';

const desk = new Desk();
const person = (...who) => desk.person(...who);

describe('files', () => {
  it('are sent with a preview that becomes the message, and are seen by the other side', async () => {
    const alice = await person('alice');
    const bob = await person('bob');
    await open(alice, /Bob Baumann/);
    await open(bob, /Alice Andersson/);

    await alice
      .locator('input[type=file]')
      .setInputFiles({ name: 'sea.png', mimeType: 'image/png', buffer: png(400, 300) });

    await alice.getByRole('button', { name: 'Open the picture sea.png' }).waitFor();
    const image = bob.getByRole('button', { name: 'Open the picture sea.png' }).locator('img');
    await image.waitFor();
    assert.deepEqual(
      await image.evaluate(async (img) => [(await img.decode(), img.naturalWidth), img.naturalHeight]),
      [400, 300],
    );
    assert.deepEqual([...alice.problems, ...bob.problems], []);
  });

  it('that are too large are refused before a byte moves', async () => {
    const alice = await person('alice');
    await open(alice, /Bob Baumann/);
    let asked = 0;
    alice.on('request', (request) => (asked += request.url().includes('/api/uploads') ? 1 : 0));

    await alice
      .locator('input[type=file]')
      .setInputFiles({ name: 'film.mp4', mimeType: 'video/mp4', buffer: Buffer.alloc(6_000_000) });

    await alice.getByRole('alert').filter({ hasText: 'the limit is 4.8 MB' }).waitFor();
    assert.equal(asked, 0);
    await alice.getByRole('button', { name: 'Remove film.mp4' }).click();
  });

  it('show how far they are and can be stopped', async () => {
    const alice = await person('alice');
    await open(alice, /Bob Baumann/);
    desk.server.options.storageDelayMs = 60;

    await alice
      .locator('input[type=file]')
      .setInputFiles({ name: 'long.bin', mimeType: 'application/zip', buffer: Buffer.alloc(4_500_000, 1) });
    await alice.getByText(/of 4\.3 MB/).waitFor();
    await alice.getByRole('button', { name: 'Cancel the upload of long.bin' }).click();

    await alice.getByRole('progressbar').waitFor({ state: 'detached' });
    assert.equal(await bubble(alice, 'long.bin').count(), 0);
  });

  it('can be dropped on the room, which says its name, and pasted', async () => {
    const alice = await person('alice');
    await open(alice, /garden-project/);

    await drop(alice, '.drop-zone', 'drop.png', 'Drop to send to garden-project');
    await alice.getByRole('button', { name: 'Open the picture drop.png' }).waitFor();
    await paste(field(alice), 'pasted.png');

    await alice.getByRole('button', { name: 'Open the picture pasted.png' }).waitFor();
  });

  it('are refused where the room is archived, and what misses its place does not take the page with it', async () => {
    desk.room('garden-project').archivedAt = new Date().toISOString();
    const alice = await person('alice');
    await open(alice, /garden-project/);

    await drop(alice, '.drop-zone', 'late.png', 'This room is archived');
    const data = await alice.evaluateHandle(() => {
      const transfer = new DataTransfer();
      transfer.items.add(new File(['x'], 'stray.txt'));
      return transfer;
    });
    const refused = await alice
      .locator('.sidebar')
      .evaluate(
        (list, dataTransfer) =>
          ['dragover', 'drop'].map(
            (type) => !list.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true })),
          ),
        data,
      );

    assert.deepEqual(refused, [true, true]);
    assert.equal(await bubble(alice, 'late.png').count(), 0);
    assert.deepEqual(alice.problems, []);
  });
});
