import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Desk, bubble, open, say } from './desk.mjs';

const desk = new Desk();
const person = (...who) => desk.person(...who);

/** Nobody is let in for a while. */
const shut = (ms) => {
  const until = Date.now() + ms;
  desk.server.io.use((_, next) => setTimeout(next, Math.max(0, until - Date.now())));
};

describe('a line that breaks', () => {
  it('sends after a reload what it could not send before, once', async () => {
    const alice = await person('alice');
    await open(alice, /Bob Baumann/);
    await alice.getByText('Give me a moment').waitFor();
    await alice.context().setOffline(true);
    await say(alice, 'written in a tunnel');
    await bubble(alice, 'written in a tunnel').waitFor();

    await alice.context().setOffline(false);
    await alice.reload();

    await bubble(alice, 'written in a tunnel').waitFor();
    await bubble(alice, 'written in a tunnel').locator('.delivery').waitFor({ state: 'detached' });
    const sent = [...desk.server.world.rooms.values()]
      .flatMap(({ messages }) => messages)
      .filter(({ text }) => text === 'written in a tunnel');
    assert.equal(sent.length, 1);
  });

  it('sends once and in order what two tabs wrote while there was no network, even when one of them closes', async () => {
    const alice = await person('alice');
    await open(alice, /Bob Baumann/);
    await alice.getByText('Give me a moment').waitFor();
    const other = await alice.context().newPage();
    await other.goto(alice.url());
    await other.getByText('Give me a moment').waitFor();
    await alice.context().setOffline(true);
    await say(alice, 'tunnel one');
    await bubble(other, 'tunnel one').waitFor();
    await say(other, 'tunnel two');
    await bubble(alice, 'tunnel two').waitFor();
    await say(alice, 'tunnel three');
    await bubble(other, 'tunnel three').waitFor();

    await alice.close();
    await other.context().setOffline(false);

    await bubble(other, 'tunnel three').locator('.delivery').waitFor({ state: 'detached' });
    const sent = [...desk.server.world.rooms.values()]
      .flatMap(({ messages }) => messages.map(({ text }) => text))
      .filter((text) => text.startsWith('tunnel'));
    assert.deepEqual(sent, ['tunnel one', 'tunnel two', 'tunnel three']);
  });

  it('catches up after the line was cut, and says that it was', async () => {
    const alice = await person('alice');
    await open(alice, /town-square/);
    await alice.getByText('See you there').waitFor();
    const room = [...desk.server.world.rooms.values()].find(({ name }) => name === 'town-square');

    desk.server.io.use((_, next) => setTimeout(next, 2_500));
    desk.server.io.sockets.sockets.forEach((socket) => socket.conn.close());
    await alice.locator('.banner').waitFor();
    for (let index = 1; index <= 5; index++) desk.server.world.addMessage(room, 'u-bob', `missed number ${index}`);

    await bubble(alice, 'missed number 5').waitFor();
    assert.equal(await alice.locator('.message', { hasText: 'missed number' }).count(), 5);
    assert.equal(await alice.locator('.gap').count(), 0);
    await alice.locator('.banner').waitFor({ state: 'detached' });
  });

  it('goes on with a new token when the old one is refused', async () => {
    const alice = await person('alice');
    await open(alice, /Bob Baumann/);
    await alice.getByText('Give me a moment').waitFor();

    desk.server.expireTokens();
    desk.server.io.sockets.sockets.forEach((socket) => socket.conn.close());
    await say(alice, 'still me');

    await bubble(alice, 'still me').waitFor();
    await bubble(alice, 'still me').locator('.delivery').waitFor({ state: 'detached' });
  });

  it('says that the server is being restarted when the server has said so, until it is back', async () => {
    const alice = await person('alice');
    await open(alice, /Bob Baumann/);
    shut(4_000);
    desk.server.io.emit('session_ended', { reason: 'drain', retryAfterMs: 2_500 });
    desk.server.io.disconnectSockets(true);

    await alice
      .getByText(/^The server is being restarted\. What you write is kept; reconnecting in [1-3] s\.$/)
      .waitFor();
    await alice.getByRole('button', { name: 'Try now' }).waitFor();
    await say(alice, 'while it is away');
    await alice.locator('.banner').waitFor({ state: 'detached' });

    await bubble(alice, 'while it is away').locator('.delivery').waitFor({ state: 'detached' });
    assert.deepEqual(alice.problems, []);
  });

  it('says so too when the line is closed by a server that goes away, and not for a line that just breaks', async () => {
    const alice = await person('alice');
    await open(alice, /Bob Baumann/);
    const cut = (code) =>
      desk.server.io.sockets.sockets.forEach(({ conn }) => {
        if (code === undefined) conn.close();
        else conn.transport.socket.close(code, 'server shutting down');
      });

    shut(2_500);
    cut(1001);
    await alice.getByText(/^The server is being restarted/).waitFor();
    await alice.locator('.banner').waitFor({ state: 'detached' });
    shut(2_500);
    cut();

    await alice.getByText(/^(The connection was lost\. Reconnecting in|Reconnecting…)/).waitFor();
    assert.equal(await alice.getByText(/^The server is being restarted/).count(), 0);
    await alice.locator('.banner').waitFor({ state: 'detached' });
    assert.deepEqual(alice.problems, []);
  });
});
