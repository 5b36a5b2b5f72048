import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Desk, bubble, checkAccess, field, looks, open, say } from './desk.mjs';

const desk = new Desk();
const person = (...who) => desk.person(...who);

const tool = async (page, text, name) => {
  await bubble(page, text).hover();
  await bubble(page, text).getByRole('button', { name, exact: true }).click();
};

async function edit(page, text, next) {
  await tool(page, text, 'Edit');
  await field(page).fill(next);
  await field(page).press('Enter');
}

describe('a message that is changed', () => {
  it('says so, and what it said before', async () => {
    const alice = await person('alice');
    await open(alice, /Bob Baumann/);
    await say(alice, 'the first words');
    await bubble(alice, 'the first words').locator('.delivery').waitFor({ state: 'detached' });

    await edit(alice, 'the first words', 'the second words');
    await bubble(alice, 'the second words').getByRole('button', { name: '(edited)' }).click();

    await alice.getByRole('dialog', { name: 'What it said before' }).getByText('the first words').waitFor();
    assert.deepEqual(alice.problems, []);
  });

  it('can be so only for a time, which the server may see otherwise; no word is lost then', async () => {
    const alice = await person('alice');
    await open(alice, /Bob Baumann/);
    await say(alice, 'once and for all');
    await bubble(alice, 'once and for all').locator('.delivery').waitFor({ state: 'detached' });
    await tool(alice, 'once and for all', 'Edit');
    await field(alice).fill('or perhaps not');

    desk.server.limits.editWindowMs = 1;
    await field(alice).press('Enter');
    await alice.getByText('A message can be changed for a minute after it was sent. This one is older.').waitFor();
    assert.equal(await field(alice).inputValue(), 'or perhaps not');

    await alice.reload();
    await bubble(alice, 'once and for all').hover();
    assert.equal(await bubble(alice, 'once and for all').getByRole('button', { name: 'Edit' }).count(), 0);
    await bubble(alice, 'once and for all').getByRole('button', { name: 'Delete' }).waitFor();
  });

  it('loses its button in the moment when its time is over', async () => {
    const alice = await person('alice');
    desk.server.limits.editWindowMs = 4_000;
    await alice.reload();
    await open(alice, /Bob Baumann/);
    await say(alice, 'four seconds');
    await bubble(alice, 'four seconds').hover();
    await bubble(alice, 'four seconds').getByRole('button', { name: 'Edit' }).waitFor();

    await bubble(alice, 'four seconds').getByRole('button', { name: 'Edit' }).waitFor({ state: 'detached' });
  });
});

describe('a message that is pinned', () => {
  it('is marked for all, stands in the list of the room as long as it is, is led to from there and let go', async () => {
    const alice = await person('alice');
    const bob = await person('bob');
    await open(alice, /Bob Baumann/);
    await open(bob, /Alice Andersson/);

    await tool(alice, 'Do you have five minutes?', 'Pin');
    await bubble(bob, 'Do you have five minutes?').getByText('Pinned').waitFor();
    await bob.getByRole('button', { name: 'Pinned messages' }).first().click();
    const list = bob.getByRole('dialog', { name: /Pinned in/ });
    await list
      .getByRole('button', { name: /Do you have five minutes\?.*/ })
      .first()
      .click();

    await bob.locator('.line.pointed-at', { hasText: 'Do you have five minutes?' }).waitFor();
    await bob.getByRole('button', { name: 'Pinned messages' }).first().click();
    await tool(alice, 'Shall I call?', 'Pin');
    await list.getByRole('button', { name: 'Unpin “For you always. Shall I call?”' }).waitFor();
    assert.equal(await list.getByRole('button', { name: /^Unpin/ }).count(), 2);
    await edit(alice, 'Shall I call?', 'Shall I come over?');
    await list.getByRole('button', { name: 'Unpin “Shall I come over?”' }).waitFor();
    await tool(alice, 'Shall I come over?', 'Unpin');
    await list.getByRole('button', { name: 'Unpin “Shall I come over?”' }).waitFor({ state: 'detached' });
    await list.getByRole('button', { name: /^Unpin/ }).click();
    await list.getByText('Nothing is pinned here.').waitFor();
    assert.equal(
      await list.getByRole('button', { name: 'Close' }).evaluate((it) => it === document.activeElement),
      true,
    );
    await bubble(alice, 'Do you have five minutes?').locator('.pinned').waitFor({ state: 'detached' });
    assert.deepEqual([...alice.problems, ...bob.problems], []);
  });
});

describe('pins and changes', () => {
  for (const look of looks) {
    it(`can be used by everybody at ${look.viewport.width} px, ${look.colorScheme}`, async () => {
      const alice = await person('alice', { ...look, reducedMotion: 'reduce', bypassCSP: true });
      await open(alice, /Bob Baumann/);
      await edit(alice, 'Shall I call?', 'Shall I call you?');
      await tool(alice, 'Shall I call you?', 'Pin');
      await bubble(alice, 'Shall I call you?').getByText('Pinned').waitFor();
      await checkAccess(alice, 'a pinned and edited message');
      await bubble(alice, 'Shall I call you?').getByRole('button', { name: '(edited)' }).click();
      await alice.getByRole('dialog').getByText('Shall I call?').waitFor();
      await checkAccess(alice, 'revisions');
      await alice.keyboard.press('Escape');
      if (look.viewport.width < 720) await alice.getByRole('button', { name: 'Show details' }).click();
      await alice.getByRole('button', { name: 'Pinned messages' }).first().click();
      await alice.getByRole('button', { name: 'Unpin “Shall I call you?”' }).waitFor();
      await checkAccess(alice, 'pins');
    });
  }
});
