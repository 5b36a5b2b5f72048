import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Desk, bubble, checkAccess, field, looks, open, say } from './desk.mjs';

const desk = new Desk();
const person = (...who) => desk.person(...who);

const details = (page) => page.getByRole('complementary', { name: 'Details' });
const place = (page, name) => page.getByRole('button', { name: `Role and place of ${name}` });

async function choose(page, name, item) {
  await place(page, name).click();
  await page.getByRole(/^Remove/.test(item) ? 'menuitem' : 'menuitemradio', { name: item }).click();
}

const wide = { viewport: { width: 1280, height: 800 } };

describe('a role', () => {
  it('is given by the owner, and what it allows comes and goes at once', async () => {
    const alice = await person('alice', wide);
    const bob = await person('bob', wide);
    await open(alice, /town-square/);
    await open(bob, /town-square/);
    await details(bob).getByText('Emi Endo').waitFor();
    assert.equal(await place(bob, 'Emi Endo').count(), 0);

    await choose(alice, 'Bob Baumann', 'Moderator');
    await details(alice)
      .getByRole('button', { name: /Bob Baumann.*moderator/ })
      .waitFor();
    await place(bob, 'Emi Endo').waitFor();
    await bubble(bob, 'Then half past eleven').first().hover();
    await bubble(bob, 'Then half past eleven').first().getByRole('button', { name: 'Delete' }).waitFor();

    await choose(alice, 'Bob Baumann', 'Member');
    await place(bob, 'Emi Endo').waitFor({ state: 'detached' });
    await bubble(bob, 'Then half past eleven')
      .first()
      .getByRole('button', { name: 'Delete' })
      .waitFor({ state: 'detached' });
    assert.deepEqual([...alice.problems, ...bob.problems], []);
  });

  it('of the only owner stays, with the reason', async () => {
    const alice = await person('alice', wide);
    await open(alice, /town-square/);

    await choose(alice, 'Alice Andersson', 'Member');

    await alice.getByText('A room needs an owner.').waitFor();
    await details(alice)
      .getByRole('button', { name: /Alice Andersson.*owner/ })
      .waitFor();
  });

  it('does not keep one who is sent out: they see nothing more of it, and everybody sees them go', async () => {
    const alice = await person('alice', wide);
    const bob = await person('bob', wide);
    await open(alice, /town-square/);
    await open(bob, /town-square/);
    await bob.getByText('See you there').waitFor();
    await alice.getByText('5 members').first().waitFor();

    await choose(alice, 'Bob Baumann', 'Remove from the room');

    await bob.getByText('You are no longer in town-square.').waitFor();
    assert.equal(await bob.getByText('See you there').count(), 0);
    await alice.getByText('4 members').first().waitFor();
    await details(alice).getByText('Bob Baumann').waitFor({ state: 'detached' });
  });
});

describe('a room that is archived', () => {
  it('is only read, by everybody and at once, until it is opened again', async () => {
    const alice = await person('alice', wide);
    const bob = await person('bob', wide);
    await open(alice, /town-square/);
    await open(bob, /town-square/);
    await field(bob).waitFor();

    await alice.getByRole('button', { name: 'Archive this room' }).click();
    await bob.getByText('It can be read and searched, but not written in.').waitFor();
    assert.equal(await field(bob).count(), 0);
    await bubble(bob, 'Good morning').hover();
    assert.equal(await bubble(bob, 'Good morning').getByRole('button', { name: 'React' }).count(), 0);

    await alice.getByRole('button', { name: 'Open this room again' }).click();
    await field(bob).waitFor();
  });
});

describe('a conversation of a few', () => {
  it('is begun by picking them, and is the same one the next time', async () => {
    const alice = await person('alice', wide);
    const carol = await person('carol', wide);
    for (let time = 1; time <= 2; time++) {
      await alice.getByRole('navigation').getByRole('button', { name: 'Write to somebody' }).click();
      await alice.getByRole('button', { name: 'Together with Bob Baumann' }).click();
      await alice.getByRole('button', { name: /Carol Castillo.*@carol/ }).click();
      await alice.getByRole('button', { name: 'Write to these 2' }).click();
      await alice.getByRole('heading', { name: 'Bob Baumann, Carol Castillo' }).first().waitFor();
    }
    await say(alice, 'the three of us');

    await open(carol, /Alice Andersson, Bob Baumann/);
    await bubble(carol, 'the three of us').waitFor();
    assert.equal(
      [...desk.server.world.rooms.values()].filter(({ kind, members }) => kind === 'direct' && members.size === 3)
        .length,
      1,
    );
    assert.equal(await alice.getByRole('button', { name: 'Leave this room' }).count(), 0);
    assert.deepEqual([...alice.problems, ...carol.problems], []);
  });
});

describe('rooms and who is in them', () => {
  for (const look of looks) {
    it(`can be used by everybody at ${look.viewport.width} px, ${look.colorScheme}`, async () => {
      const alice = await person('alice', { ...look, reducedMotion: 'reduce', bypassCSP: true });
      await alice.getByRole('navigation').getByRole('button', { name: 'Write to somebody' }).click();
      await alice.getByRole('button', { name: 'Together with Bob Baumann' }).click();
      await alice.getByRole('button', { name: 'Together with Carol Castillo' }).click();
      await checkAccess(alice, 'picking people');
      await alice.getByRole('button', { name: 'Write to these 2' }).click();
      await field(alice).waitFor();
      await checkAccess(alice, 'a conversation of a few');
      if (look.viewport.width < 720) await alice.getByRole('button', { name: 'Back to the list' }).click();
      await open(alice, /town-square/);
      if (look.viewport.width < 720) await alice.getByRole('button', { name: 'Show details' }).click();
      await place(alice, 'Bob Baumann').click();
      await alice.getByRole('menuitemradio', { name: 'Moderator' }).waitFor();
      await checkAccess(alice, 'roles');
    });
  }
});
