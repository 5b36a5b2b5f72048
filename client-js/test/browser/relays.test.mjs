import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { after, before, describe, it } from 'node:test';
import { startTurn } from '../call/turn.mjs';
import { Desk, checkAccess, looks } from './desk.mjs';

const nowhere = 'relay.invalid';
const desk = new Desk([`--host-resolver-rules=MAP ${nowhere} ~NOTFOUND`]);

let turn;
let host;
/** Answers, and does not speak TLS. */
const blunt = createServer((socket) => socket.destroy());

before(async () => {
  turn = await startTurn();
  [, host] = /^turn:([^?]+)/.exec(turn.iceServers[0].urls[0]);
  await new Promise((resolve) => blunt.listen(0, '127.0.0.1', resolve));
});
after(async () => {
  blunt.close();
  await turn?.stop();
});

const good = () => [{ urls: [`stun:${host}`] }, { ...turn.iceServers[0], urls: [`turn:${host}?transport=udp`] }];
const bad = () => [
  {
    ...turn.iceServers[0],
    urls: [`turns:127.0.0.1:${blunt.address().port}?transport=tcp`, `turn:${nowhere}:3478?transport=udp`],
  },
  { urls: [`turn:${host}`], username: turn.iceServers[0].username, credential: 'wrong' },
];

/** Signs in as an administrator of a server that is set up so, and runs the test to its end. */
async function run(iceServers, options = {}, warnings = []) {
  desk.server.options.administrators = ['alice'];
  desk.server.options.relays = { iceServers, warnings };
  const page = await desk.person('alice', options);
  await page.getByRole('button', { name: /your status and more/ }).click();
  await page.getByRole('menuitem', { name: 'Test the relays' }).click();
  const dialog = page.getByRole('dialog', { name: 'Test the relays' });
  const line = (name) => dialog.getByRole('listitem').filter({ hasText: name });
  const sum = async (text) => dialog.getByRole('status').filter({ hasText: text }).waitFor({ timeout: 45_000 });
  return { page, dialog, line, sum };
}

describe('an administrator', () => {
  it('learns of each relay whether it works, and of what does not, why', { timeout: 120_000 }, async () => {
    const { page, dialog, line, sum } = await run([...good(), ...bad()], {}, ['no_tcp', 'a warning of tomorrow']);

    await sum('2 of 5 addresses answer. The relay carries data.');

    const said = (url, words) => line(url).filter({ hasText: words }).first().waitFor();
    await said(`stun:${host}`, /Answers in \d+ ms and sees you as/);
    await said(`turn:${host}?transport=udp`, /Answers in \d+ ms and relays from 127\.0\.0\.1:\d+/);
    await said('turns:', 'No connection by TLS.');
    await said(nowhere, 'The name was not found.');
    await said('parley.turn.secret must be the same', 'The credentials were refused (401).');
    await said('Through the relay and back', /The relay carries data: [\d.]+ [Mk]bit\/s, and \d+ ms there and back/);
    await said('No relay by TCP is configured.', 'parley.turn.urls');
    assert.equal(await dialog.getByRole('listitem').count(), 7);
    assert.deepEqual(page.problems, []);
  });

  it('tests again after something was changed', { timeout: 120_000 }, async () => {
    const { dialog, sum } = await run([]);
    await sum('There is nothing to test.');
    desk.server.options.relays = { iceServers: good() };

    await dialog.getByRole('button', { name: 'Test again' }).click();

    await sum('2 of 2 addresses answer. The relay carries data.');
  });

  for (const { viewport, colorScheme } of looks) {
    it(`can use it at ${viewport.width} px, ${colorScheme}`, { timeout: 120_000 }, async () => {
      const options = { viewport, colorScheme, reducedMotion: 'reduce', bypassCSP: true };
      const { page, sum } = await run([...good(), ...bad()], options, ['short_secret']);
      await sum('2 of 5 addresses answer');

      await checkAccess(page, 'the test of relays');
      const wide = await page.evaluate(() => {
        const dialog = document.querySelector('dialog');
        return [dialog, ...dialog.querySelectorAll('*')].filter((part) => part.scrollWidth > part.clientWidth + 1)
          .length;
      });
      assert.equal(wide, 0, 'nothing is cut off or scrolls sideways');
    });
  }
});

describe('whoever is no administrator', () => {
  it('is not offered the test', async () => {
    desk.server.options.administrators = ['bob'];
    const page = await desk.person('alice');

    await page.getByRole('button', { name: /your status and more/ }).click();

    await page.getByRole('menuitem', { name: 'Try out calls' }).waitFor();
    assert.equal(await page.getByRole('menuitem', { name: 'Test the relays' }).count(), 0);
  });
});
