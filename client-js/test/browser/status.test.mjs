import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Desk, checkAccess, looks } from './desk.mjs';

const desk = new Desk();
const person = (...who) => desk.person(...who);

async function mine(page, item) {
  await page.getByRole('button', { name: /your status and more/ }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

async function openStatus(page) {
  await mine(page, 'Set a status');
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
    await bob.getByText(/^· until .*\d:\d\d/).waitFor();
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
    assert.equal(await alice.getByLabel('It ends').inputValue(), 'kept');
    await alice.getByLabel('What you are doing').fill('in the greenhouse');
    await alice.getByRole('button', { name: 'Set it' }).click();
    await bob.getByText('· in the greenhouse').waitFor();
    assert.equal(desk.server.world.choices.get('u-alice').until, until);
    await openStatus(alice);
    await alice.getByRole('button', { name: 'Clear it' }).click();
    await bob.getByText('· in the greenhouse').waitFor({ state: 'detached' });
    await bob.getByText(/^· until/).waitFor({ state: 'detached' });
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

describe('when one was last here', () => {
  const choice = (page) => page.getByRole('checkbox', { name: /Show when I was last here/, disabled: false });

  it('is told to others unless one does not want that, on all devices', async () => {
    const alice = await person('alice');
    const bob = await person('bob');
    await bob.getByRole('link', { name: /Alice Andersson/ }).click();
    await mine(alice, 'Privacy');
    assert.equal(await choice(alice).isChecked(), true);
    const kept = alice.waitForResponse((response) => response.request().method() === 'PATCH');
    await choice(alice).uncheck();
    await kept;
    await alice.reload();
    await mine(alice, 'Privacy');
    await alice
      .getByRole('dialog', { name: 'Privacy' })
      .getByRole('checkbox', { checked: false, disabled: false })
      .waitFor();

    await alice.close();

    await bob.locator('.conversation-title').getByText('offline', { exact: true }).waitFor();
    assert.equal(await bob.getByText(/seen/).count(), 0);
    const again = await person('alice');
    await mine(again, 'Privacy');
    const taken = again.waitForResponse((response) => response.request().method() === 'PATCH');
    await choice(again).check();
    await taken;
    await again.close();
    await bob
      .locator('.conversation-title')
      .getByText(/^offline, last seen/)
      .waitFor();
    assert.deepEqual([...alice.problems, ...bob.problems], []);
  });

  it('stays as it was when the server does not take the choice', async () => {
    const alice = await person('alice');
    await alice.route('**/api/me', (route) =>
      route.request().method() === 'PATCH'
        ? route.fulfill({
            status: 503,
            contentType: 'application/problem+json',
            body: '{"code":"unavailable","detail":"Not now."}',
          })
        : route.continue(),
    );
    await mine(alice, 'Privacy');

    await choice(alice).click();

    await alice.locator('.toast').waitFor();
    assert.equal(await choice(alice).isChecked(), true);
  });

  for (const look of looks) {
    it(`can be chosen by everybody at ${look.viewport.width} px, ${look.colorScheme}`, async () => {
      const alice = await person('alice', { ...look, reducedMotion: 'reduce', bypassCSP: true });
      await mine(alice, 'Privacy');
      await alice.getByRole('checkbox', { disabled: false }).waitFor();
      await checkAccess(alice, 'privacy');
    });
  }
});
