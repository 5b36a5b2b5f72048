import { expect } from '@playwright/test';
import { launch, Line, report, test as base, type Household } from './lab/laboratory';
import { Firefox } from './lab/firefox';
import { watchMedia } from './lab/media';
import { Network, serverAddress } from './lab/network';
import { Relay } from './lab/relay';
import { newAccount, open, rememberTracksAndPeers, signIn, writeTo, type Account } from './people';

const page = `http://${serverAddress}/`;

interface Couple {
  readonly chromium: Household;
  readonly firefox: Firefox;
  /** Who sits at the Firefox. */
  readonly account: Account;
}

/** Two homes behind routers, a Chromium in one and a Firefox in the other; the two people can write to each other. */
const test = base.extend<{ couple: Couple }>({
  couple: async ({ request }, use) => {
    const network = new Network();
    const closing: (() => Promise<unknown>)[] = [];
    try {
      for (const side of ['a', 'b'] as const) {
        network.household(side);
        network.gate(side, 'cone');
      }
      const wire = new Line(network);
      closing.push(() => wire.close());
      const relay = new Relay(network, process.env['LAB_TURN_SECRET'] ?? 'nobody knows it');
      closing.push(() => relay.close());
      await Promise.all([wire.start(), relay.start()]);
      const [hers, his] = await Promise.all([newAccount(request, 'Ann'), newAccount(request, 'Ben')]);
      const firefox = new Firefox(network, 'b');
      closing.push(() => firefox.close());
      const browser = await launch(network, 'a');
      closing.push(() => browser.close());
      const person = await open(browser, 'Ann', { baseURL: page });
      await person.context.addInitScript(watchMedia, {});
      await signIn(person.page, hers);
      report(`the other browser is ${await firefox.ready()}`);
      await firefox.before(rememberTracksAndPeers, undefined);
      await firefox.before(watchMedia, {});
      await firefox.goto(page);
      await firefox.type('User name', his.username);
      await firefox.type('Password', his.password);
      await firefox.click('Sign in');
      await firefox.see('nav[aria-label="Conversations"]');
      await writeTo(person, his);
      await use({ chromium: { side: 'a', account: hers, person }, firefox, account: his });
      expect(person.problems).toEqual([]);
      expect(await firefox.problems()).toEqual([]);
    } finally {
      for (const close of closing.reverse()) await close().catch(() => undefined);
      network.close();
    }
  },
});

interface Media {
  readonly frames: number;
  /** Samples that came, without what was made up. */
  readonly heard: number;
  /** Of the sound: silence has none. */
  readonly energy: number;
}

/** In a page: what it has decoded of the call that is on. */
const media = async (): Promise<Media> => {
  const sum = { frames: 0, heard: 0, energy: 0 };
  for (const peer of window.parleySeen.peers) {
    if (peer.connectionState === 'closed') continue;
    for (const entry of (await peer.getStats()).values()) {
      if (entry.type !== 'inbound-rtp') continue;
      sum.frames += entry.framesDecoded ?? 0;
      sum.heard += (entry.totalSamplesReceived ?? 0) - (entry.concealedSamples ?? 0);
      sum.energy += entry.totalAudioEnergy ?? 0;
    }
  }
  return sum;
};

/** More of everything on both sides: pictures, and two seconds of sound that is none of silence. */
async function seeAndHearEachOther({ chromium, firefox }: Couple, what: string): Promise<void> {
  const sides = {
    Chromium: () => chromium.person.page.evaluate(media),
    Firefox: () => firefox.evaluate(media),
  };
  for (const [name, read] of Object.entries(sides)) {
    await expect
      .poll(async () => (await read()).frames, { message: `${what}: no picture at ${name}`, timeout: 30_000 })
      .toBeGreaterThan(0);
    const before = await read();
    await expect(async () => {
      const now = await read();
      expect(now.frames - before.frames, `${what}: pictures at ${name}`).toBeGreaterThan(20);
      expect(now.heard - before.heard, `${what}: sound at ${name}`).toBeGreaterThan(96_000);
      expect(now.energy, `${what}: loudness at ${name}`).toBeGreaterThan(before.energy);
    }).toPass({ timeout: 30_000 });
    const { frames, heard } = await read();
    report(`${what}: ${name} has decoded ${frames} pictures and heard ${(heard / 48_000).toFixed(1)} s`);
  }
}

test('a Chromium and a Firefox call each other, whoever of them begins', async ({ couple }) => {
  test.setTimeout(180_000);
  const { page: hers } = couple.chromium.person;
  const { firefox } = couple;

  await hers.getByRole('button', { name: 'Video call' }).click();
  await firefox.click('With video');
  await seeAndHearEachOther(couple, 'Chromium calls Firefox');
  await hers.getByRole('button', { name: 'Hang up' }).click();
  await expect(hers.getByRole('button', { name: 'Hang up' })).toHaveCount(0);
  await firefox.gone('Hang up');

  await firefox.openRoom(couple.chromium.account.displayName);
  await firefox.click('Video call');
  await hers.getByRole('alertdialog').getByRole('button', { name: 'With video' }).click();
  await seeAndHearEachOther(couple, 'Firefox calls Chromium');
  await firefox.click('Hang up');
  await expect(hers.getByRole('button', { name: 'Hang up' })).toHaveCount(0);

  const open = await firefox.evaluate(
    () => window.parleySeen.peers.filter(({ connectionState }) => connectionState !== 'closed').length,
  );
  expect(open).toBe(0);
});
