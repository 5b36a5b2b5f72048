import { execFileSync, spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';

/**
 * What stands between a household and the internet. cone: one outside port for one inside port, whoever is addressed, and only who was
 * addressed may answer (port-restricted cone in the words of RFC 3489; endpoint-independent mapping in those of RFC 4787). symmetric:
 * another outside port for each address. no-udp: a firewall that passes TCP only. web-only: one that passes TCP to ports 80 and 443 only.
 */
export type Gate = 'cone' | 'symmetric' | 'no-udp' | 'web-only';

/** How much a line passes in each direction, how long it takes, how much it loses; what is left out does not limit. */
export interface Quality {
  readonly kbit?: number;
  readonly ms?: number;
  readonly loss?: number;
}

/** One of the two households. */
export type Side = 'a' | 'b';

type Place = 'net' | 'srv' | `gate-${Side}` | Side;

/** The public address of everything that is served: one that no relay is forbidden to know, which nobody outside ever sees. */
export const serverAddress = '1.2.3.1';

const prefix = 'parley-lab-';
const places: readonly Place[] = ['net', 'srv', 'gate-a', 'a', 'gate-b', 'b'];
const subnets: Readonly<Record<Side, string>> = { a: '10.81.0', b: '10.82.0' };

/**
 * A small internet in network namespaces of its own:
 *
 *     a 10.81.0.2 -- gate-a 1.2.3.11 --.
 *                                      net (a switch) -- srv 1.2.3.1: Parley and coturn
 *     b 10.82.0.2 -- gate-b 1.2.3.12 --'
 *
 * Nothing outside these namespaces is read or changed, and nothing in them reaches anything outside.
 */
export class Network {
  readonly #name = `${prefix}${process.pid}-`;
  #line: ChildProcess | null = null;

  /** Says what is missing, where there is something: a laboratory that is not there must not look like a call that works. */
  constructor() {
    const missing = whatIsMissing();
    if (missing !== null) throw new Error(`The network laboratory cannot be built: ${missing}`);
    sweep();
    try {
      for (const place of places) {
        ip('netns', 'add', this.of(place));
        this.#ip(place, 'link', 'set', 'lo', 'up');
      }
      this.#ip('net', 'link', 'add', 'switch', 'type', 'bridge');
      this.#ip('net', 'link', 'set', 'switch', 'up');
      this.#plug('srv', `${serverAddress}/24`);
      this.#plug('gate-a', '1.2.3.11/24');
      this.#plug('gate-b', '1.2.3.12/24');
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** The whole name of a namespace. */
  of(place: Place): string {
    return this.#name + place;
  }

  /** Puts up a gate; connections that were open through another one are forgotten with it. */
  gate(side: Side, kind: Gate): void {
    const passes = {
      cone: 'iifname "lan" accept',
      symmetric: 'iifname "lan" accept',
      'no-udp': 'iifname "lan" meta l4proto != udp accept',
      'web-only': 'iifname "lan" tcp dport { 80, 443 } accept',
    }[kind];
    const ports = kind === 'symmetric' ? 'fully-random' : '';
    // what comes uninvited is dropped before it makes an entry that would move the port of whom it was meant for
    this.#nft(
      side,
      `flush ruleset
      table ip gate {
        chain translate { type nat hook postrouting priority srcnat; oifname "wan" masquerade ${ports}; }
        chain pass { type filter hook forward priority 0; policy drop; ct state established,related accept; ${passes}; }
        chain knock { type filter hook input priority 0; iifname "wan" meta l4proto { udp, tcp } ct state new drop; }
      }
      table ip trouble {
        chain pass { type filter hook forward priority -10; }
      }
      `,
    );
  }

  /** Nothing passes any more, in both directions, and nobody is told. */
  cut(side: Side): void {
    this.#nft(side, 'add rule ip trouble pass drop');
  }

  heal(side: Side): void {
    this.#nft(side, 'flush chain ip trouble pass');
  }

  /** The device has another address from now on, as if it had gone from one network to another. */
  move(side: Side, host: number): void {
    this.#ip(side, 'addr', 'flush', 'dev', 'eth0', 'scope', 'global');
    this.#ip(side, 'addr', 'add', `${subnets[side]}.${host}/24`, 'dev', 'eth0');
    this.#ip(side, 'route', 'replace', 'default', 'via', `${subnets[side]}.1`);
  }

  /** Connects a home with its gate, which lets nothing pass yet. */
  household(side: Side): void {
    const gate = `gate-${side}` as const;
    ip('link', 'add', 'eth0', 'netns', this.of(side), 'type', 'veth', 'peer', 'name', 'lan', 'netns', this.of(gate));
    this.#settle(side);
  }

  /** The same by a line that can be made bad, at any time. */
  async badHousehold(side: Side): Promise<(quality: Quality) => void> {
    const script = new URL('line.py', import.meta.url).pathname;
    const line = spawn('python3', [script, this.of(side), this.of(`gate-${side}`)], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#line = line;
    await Promise.race([
      once(line.stdout, 'data'),
      once(line, 'exit').then(() =>
        Promise.reject(new Error('the bad line ended; is python3 installed, and /dev/net/tun there?')),
      ),
    ]);
    this.#settle(side);
    return (quality) => void line.stdin.write(`${JSON.stringify(quality)}\n`);
  }

  /** Starts a program at a place. */
  start(place: Place, program: string, parameters: readonly string[], options: SpawnOptions = {}): ChildProcess {
    return spawn('ip', ['netns', 'exec', this.of(place), program, ...parameters], options);
  }

  /** Ends whatever runs in the namespaces and takes them away. */
  close(): void {
    this.#line?.kill();
    for (const place of places) remove(this.of(place));
  }

  #plug(place: Place, address: string): void {
    const port = `to-${place}`;
    ip('link', 'add', 'wan', 'netns', this.of(place), 'type', 'veth', 'peer', 'name', port, 'netns', this.of('net'));
    this.#ip('net', 'link', 'set', port, 'master', 'switch', 'up');
    this.#ip(place, 'addr', 'add', address, 'dev', 'wan');
    this.#ip(place, 'link', 'set', 'wan', 'up');
  }

  #settle(side: Side): void {
    const gate = `gate-${side}` as const;
    this.#ip(gate, 'addr', 'add', `${subnets[side]}.1/24`, 'dev', 'lan');
    this.#ip(gate, 'link', 'set', 'lan', 'up');
    this.#ip(side, 'link', 'set', 'eth0', 'up');
    this.move(side, 2);
    ip('netns', 'exec', this.of(gate), 'sysctl', '-qw', 'net.ipv4.ip_forward=1');
  }

  #ip(place: Place, ...parameters: string[]): void {
    ip('-n', this.of(place), ...parameters);
  }

  #nft(side: Side, rules: string): void {
    execFileSync('ip', ['netns', 'exec', this.of(`gate-${side}`), 'nft', '-f', '-'], { input: rules });
  }
}

function ip(...parameters: string[]): string {
  return execFileSync('ip', parameters, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

function whatIsMissing(): string | null {
  if (process.platform !== 'linux') return 'it needs Linux with network namespaces';
  const programs = { ip: 'iproute2', nft: 'nftables', sysctl: 'procps' };
  for (const [program, from] of Object.entries(programs)) {
    if (!['/usr/sbin', '/usr/bin', '/sbin', '/bin'].some((folder) => existsSync(`${folder}/${program}`))) {
      return `${program} is not installed (Debian: ${from})`;
    }
  }
  const probe = `${prefix}${process.pid}-probe`;
  try {
    ip('netns', 'add', probe);
    ip('-n', probe, 'link', 'set', 'lo', 'up');
    remove(probe);
    return null;
  } catch (error) {
    const way = 'run the build as root, in a container with docker run --privileged';
    return `network namespaces need CAP_SYS_ADMIN and CAP_NET_ADMIN: ${way} (${String(error)})`;
  }
}

/** Takes away what a run left that was killed: its number is in the names. */
export function sweep(): void {
  const known = existsSync('/run/netns') ? readdirSync('/run/netns') : [];
  for (const name of known) {
    const owner = /^parley-lab-(\d+)-/.exec(name)?.[1];
    if (owner !== undefined && !existsSync(`/proc/${owner}`)) remove(name);
  }
}

function remove(namespace: string): void {
  if (!existsSync(`/run/netns/${namespace}`)) return;
  for (const pid of ip('netns', 'pids', namespace).split('\n')) {
    if (pid === '') continue;
    try {
      process.kill(Number(pid), 'SIGKILL');
    } catch {
      // it has ended by itself
    }
  }
  ip('netns', 'del', namespace);
}
