import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Desk, checkAccess, looks, open } from './desk.mjs';

const desk = new Desk();
const banner = (page) => page.getByRole('region', { name: 'Call in this room' });

describe('a call in a room', () => {
  it('is told to its members, who join when they like, and rings for nobody', { timeout: 120_000 }, async () => {
    const alice = await desk.person('alice');
    const bob = await desk.person('bob');
    const carol = await desk.person('carol');
    for (const page of [alice, bob, carol]) await open(page, /garden-project/);

    await alice.getByRole('button', { name: 'Call', exact: true }).click();
    await alice.getByRole('button', { name: 'Start' }).click();
    await alice.getByText('Waiting for others to join').first().waitFor();
    await banner(bob).getByText('Alice Andersson is in a call.').waitFor();
    assert.equal(await bob.getByRole('alertdialog').count(), 0);
    await banner(bob).getByRole('button', { name: 'Join with video' }).click();
    await bob.getByText('Alice Andersson is there.').waitFor();
    await bob.getByRole('button', { name: 'Join', exact: true }).click();
    await banner(bob).waitFor({ state: 'detached' });
    await banner(carol).getByText('Alice Andersson and Bob Baumann are in a call.').waitFor();
    for (const page of [alice, bob]) await page.locator('.call[data-phase="connected"]').waitFor({ timeout: 20_000 });
    await alice.getByRole('button', { name: 'Hang up' }).click();

    // it goes on without the one who began it, who may come back
    await banner(alice).getByText('Bob Baumann is in a call.').waitFor();
    await banner(carol).getByRole('button', { name: 'Join call' }).click();
    await carol.getByRole('button', { name: 'Join', exact: true }).click();
    for (const page of [bob, carol]) await page.locator('.call[data-phase="connected"]').waitFor({ timeout: 20_000 });
    for (const page of [bob, carol]) await page.getByRole('button', { name: 'Hang up' }).click();
    await banner(alice).waitFor({ state: 'detached' });
    await alice.getByRole('button', { name: 'Call', exact: true }).waitFor();
  });

  it('rings for everybody when that is chosen, by keyboard too', { timeout: 60_000 }, async () => {
    const alice = await desk.person('alice');
    const bob = await desk.person('bob');
    await open(alice, /garden-project/);

    await alice.getByRole('button', { name: 'More ways to call' }).focus();
    await alice.keyboard.press('Enter');
    await alice.getByRole('menuitem', { name: 'Ring everybody', exact: true }).waitFor();
    await alice.keyboard.press('ArrowDown');
    await alice.keyboard.press('ArrowUp');
    await alice.keyboard.press('Enter');
    await alice.getByRole('button', { name: 'Ring everybody', exact: true }).click();

    await bob.getByRole('alertdialog', { name: 'Alice Andersson is calling' }).waitFor();
    await bob.getByRole('button', { name: 'Answer' }).click();
    for (const page of [alice, bob]) await page.locator('.call[data-phase="connected"]').waitFor({ timeout: 20_000 });
  });

  it('is left by a page that goes away, also when its socket says nothing any more', { timeout: 60_000 }, async () => {
    const alice = await desk.person('alice');
    await open(alice, /garden-project/);
    await alice.getByRole('button', { name: 'Call', exact: true }).click();
    await alice.getByRole('button', { name: 'Start' }).click();
    await alice.getByText('Waiting for others to join').first().waitFor();
    const { world } = desk.server;
    const [{ call }] = [...world.calls.values()];
    const [{ legId, userId }] = call.participants;
    await alice.evaluate(() => (window.WebSocket.prototype.send = () => undefined));

    alice.on('dialog', (dialog) => dialog.accept());
    await alice.goto('about:blank');

    const until = Date.now() + 10_000;
    while (world.goodbyes.length === 0 && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 50));
    assert.deepEqual(world.goodbyes, [{ me: userId, callId: call.id, legId }]);
  });

  for (const { viewport, colorScheme } of looks) {
    it(`can be used by everybody at ${viewport.width} px, ${colorScheme}`, { timeout: 60_000 }, async () => {
      const alice = await desk.person('alice', { viewport, colorScheme, reducedMotion: 'reduce', bypassCSP: true });
      const bob = await desk.person('bob');
      await open(alice, /garden-project/);
      await open(bob, /garden-project/);
      await alice.getByRole('button', { name: 'More ways to call' }).click();
      await alice.getByRole('menuitem', { name: 'Ring everybody', exact: true }).waitFor();
      await checkAccess(alice, 'the ways to call');
      await alice.keyboard.press('Escape');

      await bob.getByRole('button', { name: 'Call', exact: true }).click();
      await bob.getByRole('button', { name: 'Start' }).click();
      await banner(alice).waitFor();
      await checkAccess(alice, 'a call that goes on');
      assert.ok(
        await alice.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth),
        'no sideways scroll',
      );
    });
  }
});
