import { execFile, execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { Network, serverAddress } from './lab/network';
import { Relay } from './lab/relay';

const script = new URL('../../wildfly-config/coturn/self-test.mjs', import.meta.url).pathname;
const secret = 'a secret that nobody knows but us';
/** A public address of the other family, where this machine speaks it. */
const serverAddress6 = existsSync('/proc/net/if_inet6') ? '2a00:1::1' : null;

interface Verdict {
  readonly code: number;
  readonly said: string;
}

/** What an administrator runs, against a relay of our configuration or of what is made of it, in a network of its own. */
async function selfTest(
  change?: (configuration: string) => string,
  parameters: readonly string[] = [serverAddress],
  known = secret,
): Promise<Verdict> {
  const network = new Network();
  let relay: Relay | null = null;
  try {
    if (serverAddress6 !== null) {
      execFileSync('ip', ['-n', network.of('srv'), 'addr', 'add', `${serverAddress6}/64`, 'dev', 'wan', 'nodad']);
    }
    relay = new Relay(network, secret, change);
    await relay.start();
    const inside = ['netns', 'exec', network.of('srv'), process.execPath, script, ...parameters];
    return await new Promise((resolve) => {
      const environment = { ...process.env, PARLEY_TURN_SECRET: known };
      execFile('ip', inside, { env: environment, timeout: 60_000 }, (error, out, err) =>
        resolve({ code: error === null ? 0 : Number(error.code), said: out + err }),
      );
    });
  } finally {
    await relay?.close();
    network.close();
  }
}

const without =
  (setting: RegExp) =>
  (configuration: string): string => {
    const changed = configuration.replace(setting, '');
    if (changed === configuration) throw new Error(`the configuration says nothing of ${String(setting)}`);
    return changed;
  };

test('the relay as we ship it does what it must and opens no door', async () => {
  const { code, said } = await selfTest();

  expect(said).not.toContain('FAIL');
  expect(said).toContain('ok    169.254.169.254 is refused as a peer');
  expect(said).toContain("ok    the relay's own address 1.2.3.1 is allowed as a peer");
  if (serverAddress6 !== null) expect(said).toContain('ok    ::1 is refused as a peer');
  expect(said).toContain('ok    one person is given 12 relays and no more');
  expect(code).toBe(0);
});

for (const [what, setting, failure] of [
  ['may reach private addresses', /^denied-peer-ip=(10|192\.168)\..*$/gm, /FAIL {2}10\.0\.0\.1 is refused.*granted/],
  [
    'may reach the metadata of a cloud',
    /^denied-peer-ip=169\.254.*$/m,
    /FAIL {2}169\.254\.169\.254 is refused.*granted/,
  ],
  ['relays connections', /^no-tcp-relay$/m, /FAIL {2}connections to others by TCP/],
  ['gives one person as much as they want', /^user-quota=.*$/m, /FAIL {2}one person is given 64 relays/],
  ['asks for no credentials', /^(use-auth-secret|static-auth-secret=.*)$/gm, /FAIL {2}without credentials/],
] as const) {
  test(`a relay that ${what} is found out`, async () => {
    const { code, said } = await selfTest(without(setting));

    expect(said).toMatch(failure);
    expect(code).toBe(1);
  });
}

test('a relay that forbids its own address, or something less than is asked for, is found out', async () => {
  const own = (configuration: string): string => `${configuration}\ndenied-peer-ip=1.2.3.1\n`;

  const { code, said } = await selfTest(own, [serverAddress, '--forbidden', '1.2.3.200']);

  expect(said).toMatch(/FAIL {2}the relay's own address 1\.2\.3\.1 is allowed as a peer: 403/);
  expect(said).toMatch(/FAIL {2}1\.2\.3\.200 is refused as a peer \(yours\): granted/);
  expect(code).toBe(1);
});

test('whoever has another secret, or no relay there, is told so', async () => {
  const other = await selfTest(undefined, [serverAddress], 'another secret');
  expect(other.said).toContain('FAIL  credentials of this secret are accepted: 401');
  expect(other.code).toBe(1);

  const gone = await selfTest(undefined, [`${serverAddress}:3999`]);
  expect(gone.said).toContain('FAIL  STUN answers by UDP: no answer');
  expect(gone.code).toBe(1);

  const nothing = await selfTest(undefined, [serverAddress], '');
  expect(nothing.said).toContain('The secret is missing');
  expect(nothing.code).toBe(2);
});
