import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Desk, checkAccess, looks } from './desk.mjs';

const desk = new Desk();
const person = (...who) => desk.person(...who);

async function openStatus(page) {
  await page.getByRole('button', { name: /your status and more/ }).click();
  await page.getByRole('menuitem', { name: 'Set a status' }).click();
  await page.getByRole('dialog', { name: 'Your status' }).waitFor();
}

describe('a status', () => {
  it('is said with its end, seen by others, kept through a change of state, and cleared', async () => {
    const alice = await person('alice');
    const bob = await person('bob');
    await bob.getByRole('link', { name: /Alice Andersson/ }).click();
    await openStatus(alice);

    await alice.getByLabel('What you are doing').fill('in the garden');
    await alice.getByRole('radio', { name: /disturb/i }).check();
    await alice.getByLabel('It ends').selectOption({ label: 'In an hour' });
    await alice.getByRole('button', { name: 'Set it' }).click();
    await bob.getByText('· in the garden').waitFor();
    const { status, until } = desk.server.world.choices.get('u-alice');
    assert.equal(status, 'dnd');
    assert.ok(Math.abs(Date.parse(until) - Date.now() - 3_600_000) < 60_000, until);

    await alice.getByRole('button', { name: /your status and more/ }).click();
    await alice.getByRole('menuitemradio').first().click();
    await bob.waitForTimeout(300);
    assert.deepEqual(desk.server.world.choices.get('u-alice'), {
      status: 'online',
      statusText: 'in the garden',
      until,
    });

    await openStatus(alice);
    assert.equal(await alice.getByLabel('What you are doing').inputValue(), 'in the garden');
    await alice.getByRole('button', { name: 'Clear it' }).click();
    await bob.getByText('· in the garden').waitFor({ state: 'detached' });
    assert.deepEqual([...alice.problems, ...bob.problems], []);
  });

  for (const look of looks) {
    it(`can be used by everybody at ${look.viewport.width} px, ${look.colorScheme}`, async () => {
      const alice = await person('alice', { ...look, reducedMotion: 'reduce', bypassCSP: true });
      await openStatus(alice);
      await alice.getByLabel('It ends').selectOption({ label: 'At the end of this week' });
      await checkAccess(alice, 'status');
    });
  }
});
