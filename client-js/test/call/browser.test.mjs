// Calls in a real Chromium, both sides in one page, with a server made of one class: `node --test test/call/`.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test as plainTest } from 'node:test';
import process from 'node:process';
import { chromium } from 'playwright-core';
import { createServer } from 'vite';
import { startTurn } from './turn.mjs';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--use-fake-device-for-media-stream=device-count=2',
  '--allow-loopback-in-peer-connection',
  '--autoplay-policy=no-user-gesture-required',
];

/** A page that hangs must not hang the build. */
const test = (name, run) => plainTest(name, { timeout: 90_000 }, run);

let vite;
let browser;
let context;
let page;
let turn;

before(async () => {
  vite = await createServer({
    root: new URL('../..', import.meta.url).pathname,
    logLevel: 'error',
    server: { port: 0, host: '127.0.0.1' },
  });
  await vite.listen();
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: flags });
});

after(async () => {
  await browser?.close();
  await vite?.close();
  await turn?.stop();
});

const address = () => `http://127.0.0.1:${vite.httpServer.address().port}/test/call/page.html`;

async function freshPage(permissions = ['camera', 'microphone']) {
  await context?.close();
  context = await browser.newContext({ permissions });
  page = await context.newPage();
  page.on('pageerror', (error) => process.stderr.write(`page error: ${error.message}\n`));
  await page.goto(address());
  await page.waitForFunction(() => window.lab !== undefined);
}

beforeEach(() => freshPage());

test('two_people_see_and_hear_each_other_and_nothing_stays_open_after_hanging_up', async () => {
  const seen = await page.evaluate(async () => {
    const { lab } = window;
    lab.begin(['alice', 'bob']);
    const [alice, bob] = lab.sides;
    await alice.calls.start('room', 'video');
    await lab.until('ringing', () => bob.calls.incoming.value.length === 1 && lab.active(0).reached.value);
    const answered = window.performance.now();
    await bob.calls.accept(bob.calls.incoming.value[0].call.id);
    await lab.until('both connected', () => [0, 1].every((side) => lab.active(side).phase.value === 'connected'));
    const connectedMs = window.performance.now() - answered;
    const frames = [await lab.frames(0), await lab.frames(1)];
    const open = lab.openMedia();
    await lab.active(1).hangUp();
    await lab.until('the other end', () => lab.active(0).phase.value === 'ended');
    const reports = lab.server.log.filter(({ event }) => event === 'call_report').map(({ payload }) => payload.stats);
    return { connectedMs, frames, open, left: lab.openMedia(), end: lab.active(0).end.value, reports };
  });

  assert.ok(seen.frames[0] > 5 && seen.frames[1] > 5, `frames: ${seen.frames}`);
  // a camera, a microphone and the copy of it that is listened to, on each side
  assert.equal(seen.open.tracks, 6);
  assert.equal(seen.open.contexts, 2);
  assert.equal(seen.left.contexts, 0);
  assert.equal(seen.open.connections, 2);
  assert.equal(seen.left.tracks, 0);
  assert.equal(seen.left.connections, 0);
  assert.equal(seen.end.reason, 'hangup');
  assert.ok(seen.connectedMs < 5_000, `took ${seen.connectedMs} ms`);
  assert.equal(seen.reports.length, 2);
  for (const { setupMs, end, links } of seen.reports) {
    assert.ok(setupMs > 0 && setupMs < 10_000, `setup: ${setupMs}`);
    assert.equal(end, 'hangup');
    assert.equal(links.length, 1);
    assert.equal(links[0].path.protocol, 'udp');
    assert.ok(links[0].setupMs > 0 && links[0].lowestRung === '720p');
  }
});

test('nothing_at_all_stays_open_once_the_calls_are_disposed_of', async () => {
  const left = await page.evaluate(async () => {
    const { lab } = window;
    lab.begin(['alice', 'bob']);
    const [alice, bob] = lab.sides;
    await alice.calls.start('room', 'video');
    await lab.until('ringing', () => bob.calls.incoming.value.length === 1);
    await bob.calls.accept(bob.calls.incoming.value[0].call.id);
    alice.calls.dispose();
    bob.calls.dispose();
    await new Promise((resolve) => setTimeout(resolve, 500));
    return lab.openMedia();
  });

  assert.deepEqual(left, { tracks: 0, connections: 0, contexts: 0, hooks: 0 });
});

test('the_camera_goes_dark_when_it_is_off_and_its_picture_comes_back_without_negotiation', async () => {
  const seen = await page.evaluate(async () => {
    const { lab } = window;
    lab.begin(['alice', 'bob']);
    const [alice, bob] = lab.sides;
    await alice.calls.start('room', 'video');
    await lab.until('ringing', () => bob.calls.incoming.value.length === 1);
    await bob.calls.accept(bob.calls.incoming.value[0].call.id);
    await lab.until('both connected', () => [0, 1].every((side) => lab.active(side).phase.value === 'connected'));
    const peer = lab.active(1).peers.value[0];
    const described = () => lab.server.log.filter((entry) => entry.payload?.description !== undefined).length;
    const before = described();
    await lab.until('a camera', () => lab.active(0).camera.state.value === 'on');
    const track = lab.active(0).camera.stream.value.getVideoTracks()[0];
    await lab.active(0).setCamera(false);
    const stopped = track.readyState;
    await lab.until('bob knows', () => !peer.video.value);
    await lab.active(0).setMicrophone(false);
    await lab.until('bob knows of the silence', () => !peer.audio.value);
    const micStays = lab.active(0).microphone.stream.value?.getAudioTracks()[0].readyState;
    await lab.active(0).setCamera(true);
    await lab.until('bob knows again', () => peer.video.value);
    const frames = await lab.frames(1);
    const result = { stopped, micStays, frames, descriptions: described() - before };
    await lab.active(0).hangUp();
    return { ...result, left: lab.openMedia().tracks };
  });

  assert.equal(seen.stopped, 'ended');
  assert.equal(seen.micStays, 'live');
  assert.ok(seen.frames > 5, `frames: ${seen.frames}`);
  assert.equal(seen.descriptions, 0);
  assert.equal(seen.left, 0);
});

test('sound_outlives_a_picture_that_the_path_does_not_bear_and_the_picture_comes_back', async () => {
  const seen = await page.evaluate(async () => {
    const { lab } = window;
    lab.begin(['alice', 'bob']);
    const [alice, bob] = lab.sides;
    await alice.calls.start('room', 'video');
    await lab.until('ringing', () => bob.calls.incoming.value.length === 1);
    await bob.calls.accept(bob.calls.incoming.value[0].call.id, { audio: true, video: false });
    await lab.until('a picture', () => lab.active(1).peers.value[0]?.link.value === 'connected');
    const sent = lab.active(0).peers.value[0];
    const shown = lab.active(1).peers.value[0];
    lab.narrow = true;
    await lab.until('sound only', () => sent.rung.value === 'audio', 25_000);
    const paused = lab.active(0).picturePaused.value;
    await lab.until('said on the other side', () => shown.pictureMissing.value, 15_000);
    const without = await lab.decoded(1, 1_000);
    const bars = sent.quality.value.bars;
    const heard = shown.quality.value.bars > 0;
    lab.narrow = false;
    await lab.until('a picture again', () => sent.rung.value !== 'audio', 30_000);
    await lab.until('shown again', () => !shown.pictureMissing.value, 10_000);
    const frames = await lab.frames(1);
    await lab.active(0).hangUp();
    const report = lab.server.log.find((entry) => entry.event === 'call_report' && entry.from === 'alice');
    return { paused, without, bars, heard, frames, link: report.payload.stats.links[0] };
  });

  assert.equal(seen.paused, 'network');
  assert.ok(seen.without <= 1, `frames: ${seen.without}`);
  assert.equal(seen.bars, 1);
  assert.ok(seen.heard);
  assert.ok(seen.frames > 5, `frames: ${seen.frames}`);
  assert.equal(seen.link.lowestRung, 'audio');
  assert.ok(seen.link.rungDowns >= 1);
});

test('both_who_call_at_once_find_themselves_in_one_call', async () => {
  const seen = await page.evaluate(async () => {
    const { lab } = window;
    lab.begin(['alice', 'bob'], { delayMs: () => 20 });
    await Promise.all(lab.sides.map(({ calls }) => calls.start('room', 'audio')));
    await lab.until('both connected', () => [0, 1].every((side) => lab.active(side).phase.value === 'connected'));
    const result = {
      ids: [lab.active(0).id, lab.active(1).id],
      incoming: lab.sides.map(({ calls }) => calls.incoming.value.length),
    };
    await lab.active(0).hangUp();
    return result;
  });

  assert.equal(seen.ids[0], seen.ids[1]);
  assert.deepEqual(seen.incoming, [0, 0]);
});

plainTest('twenty_times_at_once_is_one_connected_call_each_time', { timeout: 240_000 }, async () => {
  const rounds = [];
  while (rounds.length < 20) {
    // of each the other way round, and sometimes both on the way at the same time
    const delays = [0, 20, 5, 40, 20].map((ms) => (ms * (rounds.length + 1)) % 45);
    rounds.push(
      await page.evaluate(async (ways) => {
        const { lab } = window;
        let sent = 0;
        lab.begin(['alice', 'bob'], { delayMs: () => ways[sent++ % ways.length] });
        await Promise.all(lab.sides.map(({ calls }) => calls.start('room', 'audio')));
        const linked = (side) => lab.active(side).peers.value[0]?.link.value === 'connected';
        await lab.until('both connected', () => linked(0) && linked(1), 30_000);
        const starts = lab.server.log.filter(({ event }) => event === 'call_start').length;
        const calls = new Set([0, 1].map((side) => lab.active(side).id)).size;
        const peers = [0, 1].map((side) => lab.active(side).peers.value.length);
        const ringing = lab.sides.map(({ calls }) => calls.incoming.value.length);
        const heard = await lab.heard(0);
        await lab.active(0).hangUp();
        await lab.until('the end', () => lab.active(1).phase.value === 'ended');
        for (const { calls } of lab.sides) calls.dispose();
        return { starts, calls, peers, ringing, heard, left: lab.openMedia() };
      }, delays),
    );
  }

  for (const { heard, ...round } of rounds) {
    const left = { tracks: 0, connections: 0, contexts: 0, hooks: 0 };
    assert.deepEqual(round, { starts: 2, calls: 1, peers: [1, 1], ringing: [0, 0], left });
    assert.ok(heard > 0, 'sound comes through');
  }
});

test('media_go_on_while_the_server_cannot_be_reached_and_both_can_restart_at_once', async () => {
  const seen = await page.evaluate(async () => {
    const { lab } = window;
    lab.begin(['alice', 'bob'], { delayMs: () => 10 });
    const [alice, bob] = lab.sides;
    await alice.calls.start('room', 'video');
    await lab.until('ringing', () => bob.calls.incoming.value.length === 1);
    await bob.calls.accept(bob.calls.incoming.value[0].call.id);
    await lab.until('both connected', () => [0, 1].every((side) => lab.active(side).phase.value === 'connected'));
    alice.client.offline();
    const framesWithout = await lab.frames(1);
    window.dispatchEvent(new window.Event('online'));
    await new Promise((resolve) => setTimeout(resolve, 300));
    alice.client.online();
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    const phases = [0, 1].map((side) => lab.active(side).phase.value);
    const frames = [await lab.frames(0), await lab.frames(1)];
    const states = lab.sides.map((_, side) => lab.active(side).peers.value[0].connection.connection.signalingState);
    const epochs = lab.sides.map((_, side) => lab.active(side).peers.value[0].connection.epoch);
    await lab.active(0).hangUp();
    return { framesWithout, phases, frames, states, epochs };
  });

  assert.ok(seen.framesWithout > 5, `frames: ${seen.framesWithout}`);
  assert.deepEqual(seen.phases, ['connected', 'connected']);
  assert.ok(seen.frames[0] > 5 && seen.frames[1] > 5, `frames: ${seen.frames}`);
  assert.deepEqual(seen.states, ['stable', 'stable']);
  assert.deepEqual(seen.epochs, [0, 0]);
});

test('a_connection_that_broke_for_good_is_made_anew_in_the_same_call', async () => {
  const seen = await page.evaluate(async () => {
    const { lab } = window;
    lab.begin(['alice', 'bob']);
    const [alice, bob] = lab.sides;
    await alice.calls.start('room', 'video');
    await lab.until('ringing', () => bob.calls.incoming.value.length === 1);
    await bob.calls.accept(bob.calls.incoming.value[0].call.id);
    await lab.until('both connected', () => [0, 1].every((side) => lab.active(side).phase.value === 'connected'));
    const link = (side) => lab.active(side).peers.value[0].connection;
    // what the later side cannot use: it asks the earlier one for a new connection
    await link(1).receive({ epoch: 0, description: { type: 'offer', sdp: 'v=0\r\nm=nonsense' } });
    await lab.until('a new epoch on both sides', () => link(0).epoch === 1 && link(1).epoch === 1);
    await lab.until('both connected again', () =>
      [0, 1].every((side) => link(side).connection?.connectionState === 'connected'),
    );
    const frames = [await lab.frames(0), await lab.frames(1)];
    const open = lab.openMedia().connections;
    await lab.active(1).hangUp();
    return { frames, open, left: lab.openMedia().connections };
  });

  assert.ok(seen.frames[0] > 5 && seen.frames[1] > 5, `frames: ${seen.frames}`);
  assert.equal(seen.open, 2);
  assert.equal(seen.left, 0);
});

test('three_people_talk_and_one_leaves', async () => {
  const seen = await page.evaluate(async () => {
    const { lab } = window;
    lab.begin(['alice', 'bob', 'carol']);
    const [alice, bob, carol] = lab.sides;
    await alice.calls.start('room', 'audio');
    await lab.until('ringing', () => [bob, carol].every(({ calls }) => calls.incoming.value.length === 1));
    await bob.calls.accept(bob.calls.incoming.value[0].call.id);
    await carol.calls.join(carol.calls.byRoom.value.get('room').id);
    const linked = (side, count) =>
      lab.active(side).peers.value.filter((peer) => peer.link.value === 'connected').length === count;
    await lab.until('a full mesh', () => [0, 1, 2].every((side) => linked(side, 2)));
    await lab.active(0).hangUp();
    await lab.until('two are left', () => [1, 2].every((side) => linked(side, 1)));
    const phases = [1, 2].map((side) => lab.active(side).phase.value);
    await lab.active(1).hangUp();
    await lab.until('all over', () => lab.active(2).phase.value === 'ended');
    return { phases, left: lab.openMedia() };
  });

  assert.deepEqual(seen.phases, ['connected', 'connected']);
  assert.equal(seen.left.tracks, 0);
  assert.equal(seen.left.connections, 0);
});

test('whoever_refuses_the_devices_can_listen_and_is_told_why', async () => {
  await freshPage([]);
  const seen = await page.evaluate(async () => {
    const { lab } = window;
    lab.begin(['alice', 'bob']);
    const [alice, bob] = lab.sides;
    await alice.calls.start('room', 'video');
    await lab.until('ringing', () => bob.calls.incoming.value.length === 1);
    await bob.calls.accept(bob.calls.incoming.value[0].call.id, { audio: false, video: false });
    await lab.until('connected', () => lab.active(0).phase.value === 'connected');
    await lab.until('told', () => lab.active(0).microphone.state.value === 'failed');
    await lab.until('told', () => lab.active(0).camera.state.value === 'failed');
    const causes = [lab.active(0).microphone.problem.value.cause, lab.active(0).camera.problem.value.cause];
    await lab.active(0).hangUp();
    return { causes, left: lab.openMedia() };
  });

  assert.deepEqual(seen.causes, ['denied', 'denied']);
  assert.equal(seen.left.tracks, 0);
});

test('a_device_that_is_lost_is_replaced_and_a_chosen_one_is_used', async () => {
  const seen = await page.evaluate(async () => {
    const { lab } = window;
    lab.begin(['alice', 'bob']);
    const [alice, bob] = lab.sides;
    await alice.calls.start('room', 'video');
    await lab.until('ringing', () => bob.calls.incoming.value.length === 1);
    await bob.calls.accept(bob.calls.incoming.value[0].call.id);
    await lab.until('connected', () => lab.active(0).phase.value === 'connected');
    const call = lab.active(0);
    await lab.until('two cameras', () => call.devices.value.cameras.length === 2);
    const other = call.devices.value.cameras.find(({ deviceId }) => deviceId !== call.camera.deviceId.value);
    await call.chooseCamera(other.deviceId);
    const chosen = call.camera.deviceId.value === other.deviceId;
    const track = call.camera.stream.value.getVideoTracks()[0];
    track.stop();
    track.dispatchEvent(new window.Event('ended'));
    await lab.until('another one', () => call.camera.state.value === 'on' && call.camera.stream.value !== null);
    const frames = await lab.frames(1);
    await call.hangUp();
    await lab.until('over', () => lab.active(1).phase.value === 'ended');
    return { chosen, frames, left: lab.openMedia().tracks };
  });

  assert.equal(seen.chosen, true);
  assert.ok(seen.frames > 5, `frames: ${seen.frames}`);
  assert.equal(seen.left, 0);
});

test('a_call_goes_through_the_relay_when_nothing_else_is_allowed', async () => {
  turn = await startTurn();
  const seen = await page.evaluate(async (iceServers) => {
    const { lab } = window;
    lab.begin(['alice', 'bob'], { iceServers }, { storage: { getItem: () => 'true', setItem: () => undefined } });
    const [alice, bob] = lab.sides;
    await alice.calls.start('room', 'video');
    await lab.until('ringing', () => bob.calls.incoming.value.length === 1);
    await bob.calls.accept(bob.calls.incoming.value[0].call.id);
    await lab.until('both connected', () => [0, 1].every((side) => lab.active(side).phase.value === 'connected'));
    const frames = [await lab.frames(0), await lab.frames(1)];
    await lab.until('a reading', () => lab.active(0).peers.value[0].quality.value !== null);
    await lab.until('a reading', () => lab.active(0).peers.value[0].quality.value.path === 'relay', 6_000);
    const { path } = lab.active(0).peers.value[0].quality.value;
    await lab.active(0).hangUp();
    return { frames, path };
  }, turn.iceServers);

  assert.ok(seen.frames[0] > 5 && seen.frames[1] > 5, `frames: ${seen.frames}`);
  assert.equal(seen.path, 'relay');
});

test('a_relay_that_refuses_is_named_after_thirty_seconds', async () => {
  turn ??= await startTurn();
  const seen = await page.evaluate(async (iceServers) => {
    const { lab } = window;
    const wrong = iceServers.map((server) => ({ ...server, credential: 'wrong' }));
    lab.begin(
      ['alice', 'bob'],
      { iceServers: wrong },
      { storage: { getItem: () => 'true', setItem: () => undefined } },
    );
    const [alice, bob] = lab.sides;
    await alice.calls.start('room', 'audio');
    await lab.until('ringing', () => bob.calls.incoming.value.length === 1);
    const began = window.performance.now();
    await bob.calls.accept(bob.calls.incoming.value[0].call.id);
    await lab.until('the end', () => lab.active(0).phase.value === 'ended', 40_000);
    return { end: lab.active(0).end.value, ms: window.performance.now() - began, left: lab.openMedia() };
  }, turn.iceServers);

  assert.deepEqual(seen.end, { reason: 'failed', failure: 'relay-refused' });
  assert.ok(seen.ms > 25_000 && seen.ms < 35_000, `took ${seen.ms} ms`);
  assert.equal(seen.left.connections, 0);
});
