#!/usr/bin/env node
// Asks a TURN server whether it does what Parley needs and refuses what would make it a door into your network. Needs Node.js 18 or newer and
// nothing else; README.md beside this file says how to run it. Exit code: 0 all is well, 1 something is not, 2 it could not be asked.
//
// What is spoken: STUN (RFC 8489), TURN (RFC 8656), its TCP relays (RFC 6062), credentials as draft-uberti-behave-turn-rest has them.
import { createHash, createHmac, randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import { readFileSync } from 'node:fs';
import { connect, isIPv4, isIPv6 } from 'node:net';
import process from 'node:process';

const cookie = 0x2112a442;
const request = { binding: 0x001, allocate: 0x003, refresh: 0x004, permit: 0x008, bind: 0x009 };
const attribute = {
  username: 0x0006,
  integrity: 0x0008,
  error: 0x0009,
  channel: 0x000c,
  lifetime: 0x000d,
  peer: 0x0012,
  realm: 0x0014,
  nonce: 0x0015,
  relayed: 0x0016,
  family: 0x0017,
  transport: 0x0019,
};
const udp = 17;
const tcp = 6;
const waitMs = 500;
const attempts = 6;
/** More than any one person needs: where nobody says stop by then, nobody does. */
const mostAllocations = 64;

/** One address of each range that leads into somebody's network, or back to the server itself. */
const forbidden = {
  4: [
    ['0.0.0.1', 'this host'],
    ['10.0.0.1', 'private'],
    ['100.64.0.1', 'shared by a provider'],
    ['127.0.0.1', 'the server itself'],
    ['169.254.169.254', 'metadata of a cloud'],
    ['172.16.0.1', 'private'],
    ['172.31.255.254', 'private'],
    ['192.168.0.1', 'private'],
    ['198.18.0.1', 'for benchmarks'],
    ['224.0.0.1', 'multicast'],
    ['255.255.255.255', 'broadcast'],
  ],
  6: [
    ['::1', 'the server itself'],
    ['fd00::1', 'private'],
    ['fe80::1', 'this link'],
    ['ff02::1', 'multicast'],
    ['::ffff:127.0.0.1', 'the server itself, as IPv4 in IPv6'],
    ['::ffff:10.0.0.1', 'private, as IPv4 in IPv6'],
    ['64:ff9b::a00:1', 'private, by NAT64'],
    ['2002:a00:1::1', 'private, by 6to4'],
  ],
};

class Usage extends Error {}

/** @returns {{host: string, port: number, secret: string, peers: string[]}} */
function settings(given, environment) {
  const rest = [...given];
  const peers = [];
  let place;
  let file;
  while (rest.length > 0) {
    const word = rest.shift();
    if (word === '--secret-file') file = rest.shift() ?? '';
    else if (word === '--forbidden') peers.push(rest.shift() ?? '');
    else if (word.startsWith('-') || place !== undefined) throw new Usage(`What is ${word}?`);
    else place = word;
  }
  if (place === undefined) throw new Usage('Which server?');
  const [, host, port] = /^(\[[^\]]+\]|[^:]+)(?::(\d+))?$/.exec(place) ?? [];
  if (host === undefined) throw new Usage(`${place} is not HOST or HOST:PORT.`);
  for (const peer of peers) if (!isIPv4(peer) && !isIPv6(peer)) throw new Usage(`${peer} is no IP address.`);
  const secret = file === undefined ? (environment.PARLEY_TURN_SECRET ?? '') : secretIn(file);
  if (secret === '') throw new Usage('The secret is missing: PARLEY_TURN_SECRET or --secret-file.');
  return { host: host.replace(/^\[|\]$/g, ''), port: Number(port ?? 3478), secret, peers };
}

/** The file holds nothing but the secret, or is coturn's own configuration. */
function secretIn(file) {
  const text = readFileSync(file, 'utf8');
  return (/^\s*static-auth-secret\s*=\s*(\S+)/m.exec(text)?.[1] ?? text).trim();
}

// --- messages ---------------------------------------------------------------------------------------------------------

function write(type, id, attributes, key) {
  const parts = attributes.map(([kind, value]) => {
    const head = Buffer.alloc(4);
    head.writeUInt16BE(kind, 0);
    head.writeUInt16BE(value.length, 2);
    return Buffer.concat([head, value, Buffer.alloc((4 - (value.length % 4)) % 4)]);
  });
  const whole = (more) => {
    const head = Buffer.alloc(20);
    head.writeUInt16BE(type, 0);
    head.writeUInt16BE(
      parts.reduce((sum, part) => sum + part.length, more),
      2,
    );
    head.writeUInt32BE(cookie, 4);
    id.copy(head, 8);
    return Buffer.concat([head, ...parts]);
  };
  if (key === undefined) return whole(0);
  // the length counts the proof that follows, the proof does not contain itself (RFC 8489, section 14.5)
  const proof = createHmac('sha1', key).update(whole(24)).digest();
  return Buffer.concat([whole(24), Buffer.from([0, attribute.integrity, 0, 20]), proof]);
}

function read(message) {
  if (message.length < 20 || message.readUInt32BE(4) !== cookie) return null;
  const found = new Map();
  for (let at = 20; at + 4 <= message.length;) {
    const length = message.readUInt16BE(at + 2);
    const kind = message.readUInt16BE(at);
    if (!found.has(kind)) found.set(kind, message.subarray(at + 4, at + 4 + length));
    at += 4 + length + ((4 - (length % 4)) % 4);
  }
  const error = found.get(attribute.error);
  return {
    id: message.subarray(8, 20),
    code: error === undefined || error.length < 4 ? 0 : (error[2] & 7) * 100 + error[3],
    attributes: found,
  };
}

function bytesOf(address) {
  if (isIPv4(address)) return Buffer.from(address.split('.').map(Number));
  const embedded = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(address);
  const plain = embedded === null ? address : `${embedded[1]}${hex(bytesOf(embedded[2]))}`;
  const [left, right] = plain.split('::').map((half) => (half === '' ? [] : half.split(':')));
  const groups = right === undefined ? left : [...left, ...Array(8 - left.length - right.length).fill('0'), ...right];
  return Buffer.from(groups.map((group) => group.padStart(4, '0')).join(''), 'hex');
}

function hex(four) {
  return `${four.subarray(0, 2).toString('hex')}:${four.subarray(2).toString('hex')}`;
}

/** XOR-PEER-ADDRESS and its kin (RFC 8489, section 14.2): nothing on the way is to recognise addresses. */
function masked(address, port, id) {
  const mask = Buffer.concat([Buffer.from([0x21, 0x12, 0xa4, 0x42]), id]);
  const bytes = bytesOf(address).map((byte, at) => byte ^ mask[at]);
  const head = Buffer.from([0, bytes.length === 4 ? 1 : 2, 0, 0]);
  head.writeUInt16BE(port ^ (cookie >>> 16), 2);
  return Buffer.concat([head, bytes]);
}

function unmasked(value, id) {
  const mask = Buffer.concat([Buffer.from([0x21, 0x12, 0xa4, 0x42]), id]);
  const bytes = [...value.subarray(4)].map((byte, at) => byte ^ mask[at]);
  if (bytes.length === 4) return bytes.join('.');
  const groups = Array.from({ length: 8 }, (_, at) => ((bytes[2 * at] << 8) | bytes[2 * at + 1]).toString(16));
  return groups.join(':');
}

function word(value) {
  const four = Buffer.alloc(4);
  four.writeUInt32BE(value >>> 0);
  return four;
}

// --- the way to the server --------------------------------------------------------------------------------------------

/** Datagrams get lost: each question is asked again until it is answered. */
async function datagrams(address, port) {
  const socket = createSocket(isIPv6(address) ? 'udp6' : 'udp4');
  const listeners = new Set();
  socket.on('message', (message) => listeners.forEach((listener) => listener(read(message))));
  socket.on('error', () => undefined);
  await new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.connect(port, address, resolve);
  });
  return { listeners, send: (message) => socket.send(message), close: () => socket.close() };
}

async function stream(address, port) {
  const socket = connect(port, address);
  const listeners = new Set();
  let rest = Buffer.alloc(0);
  socket.on('data', (data) => {
    rest = Buffer.concat([rest, data]);
    while (rest.length >= 20 && rest.length >= 20 + rest.readUInt16BE(2)) {
      const length = 20 + rest.readUInt16BE(2);
      const message = read(rest.subarray(0, length));
      rest = rest.subarray(length);
      listeners.forEach((listener) => listener(message));
    }
  });
  socket.on('error', () => undefined);
  await new Promise((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('error', reject);
    socket.setTimeout(waitMs * attempts, () => reject(new Error('no answer')));
  });
  let sent = null;
  // what is sent by TCP arrives: once is enough
  const send = (message) => {
    if (sent !== message) socket.write(message);
    sent = message;
  };
  return { listeners, send, close: () => socket.destroy() };
}

/** @returns the answer, or null when none came */
async function exchange(way, message, id) {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const answer = await new Promise((resolve) => {
      const end = (value) => {
        clearTimeout(timer);
        way.listeners.delete(listener);
        resolve(value);
      };
      const timer = setTimeout(() => end(null), waitMs);
      const listener = (got) => {
        if (got?.id.equals(id)) end(got);
      };
      way.listeners.add(listener);
      way.send(message);
    });
    if (answer !== null) return answer;
  }
  return null;
}

/** Somebody who has credentials and asks the server. */
class Asker {
  #realm = null;
  #nonce = null;
  /** Of channels: 0x4000 to 0x4fff, each for one peer (RFC 8656, section 12). */
  #channel = 0x4000;

  constructor(way, { username, password }) {
    this.way = way;
    this.username = username;
    this.password = password;
  }

  /** @param extra attributes of the question, or a function of its id @returns the answer's code (0: granted; -1: none) and attributes */
  async ask(type, extra = [], signed = true) {
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const id = randomBytes(12);
      const attributes = typeof extra === 'function' ? extra(id) : [...extra];
      const knows = signed && this.#realm !== null;
      if (knows) {
        attributes.push(
          [attribute.username, Buffer.from(this.username)],
          [attribute.realm, this.#realm],
          [attribute.nonce, this.#nonce],
        );
      }
      const answer = await exchange(this.way, write(type, id, attributes, knows ? this.#key() : undefined), id);
      if (answer === null) return { code: -1, attributes: new Map(), id };
      const [realm, nonce] = [answer.attributes.get(attribute.realm), answer.attributes.get(attribute.nonce)];
      // the first answer names the realm and a nonce; 438 says that the nonce is too old
      const again = signed && nonce !== undefined && (answer.code === 438 || (answer.code === 401 && !knows));
      if (realm !== undefined && nonce !== undefined) [this.#realm, this.#nonce] = [realm, nonce];
      if (!again) return { ...answer, id };
    }
    return { code: 438, attributes: new Map(), id: randomBytes(12) };
  }

  allocate(transport = udp, family = 4) {
    const wanted = [[attribute.transport, word(transport << 24)]];
    if (family === 6) wanted.push([attribute.family, word(2 << 24)]);
    return this.ask(request.allocate, wanted);
  }

  permit(peer) {
    return this.ask(request.permit, (id) => [[attribute.peer, masked(peer, 0, id)]]);
  }

  bind(peer) {
    const channel = this.#channel++;
    return this.ask(request.bind, (id) => [
      [attribute.channel, word(channel << 16)],
      [attribute.peer, masked(peer, 9, id)],
    ]);
  }

  async release() {
    await this.ask(request.refresh, [[attribute.lifetime, word(0)]]);
    this.way.close();
  }

  #key() {
    return createHash('md5').update(`${this.username}:${this.#realm.toString()}:${this.password}`).digest();
  }
}

function credentials(secret, secondsToLive = 300, name = `self-test-${randomBytes(4).toString('hex')}`) {
  const username = `${Math.floor(Date.now() / 1000) + secondsToLive}:${name}`;
  return { username, password: createHmac('sha1', secret).update(username).digest('base64') };
}

// --- the checks -------------------------------------------------------------------------------------------------------

class Report {
  failed = 0;
  #shown = 0;

  check(good, what, help) {
    this.#shown += 1;
    if (!good) this.failed += 1;
    console.log(`${good ? 'ok   ' : 'FAIL '} ${what}${good || help === undefined ? '' : `\n      ${help}`}`);
    return good;
  }

  note(what) {
    console.log(`--    ${what}`);
  }

  get sum() {
    return this.failed === 0 ? `All ${this.#shown} checks passed.` : `${this.failed} of ${this.#shown} checks FAILED.`;
  }
}

const said = (code) => (code === -1 ? 'no answer' : code === 0 ? 'granted' : String(code));

async function selfTest({ host, port, secret, peers }) {
  const { address } = await lookup(host);
  const report = new Report();
  const asker = async (who) => new Asker(await datagrams(address, port), who);
  report.note(`${host} (${address}), port ${port}`);

  const stranger = await asker({ username: '', password: '' });
  const binding = await stranger.ask(request.binding, [], false);
  if (
    !report.check(
      binding.code === 0,
      `STUN answers by UDP: ${said(binding.code)}`,
      'Is coturn running, and does the firewall pass this port?',
    )
  ) {
    stranger.way.close();
    return report;
  }
  const open = await stranger.ask(request.allocate, [[attribute.transport, word(udp << 24)]], false);
  report.check(
    open.code === 401,
    `without credentials nothing is relayed: ${said(open.code)}, expected 401`,
    'use-auth-secret is missing: everybody may relay through this server.',
  );
  await stranger.release();

  for (const [what, who] of [
    ['a wrong secret is refused', credentials(`${secret}?`)],
    ['expired credentials are refused', credentials(secret, -60)],
  ]) {
    const refused = await asker(who);
    const { code } = await refused.allocate();
    report.check(
      code === 401,
      `${what}: ${said(code)}, expected 401`,
      'Credentials must be time-limited: use-auth-secret and static-auth-secret.',
    );
    await refused.release();
  }

  const guest = await asker(credentials(secret));
  const granted = await guest.allocate();
  if (
    report.check(
      granted.code === 0,
      `credentials of this secret are accepted: ${said(granted.code)}`,
      'Is it the secret of this server, and are both clocks right?',
    )
  ) {
    const relay = unmasked(granted.attributes.get(attribute.relayed), granted.id);
    await tryPeers(report, guest, relay, [...forbidden[4], ...own(peers, isIPv4)]);
  }
  await guest.release();

  const guest6 = await asker(credentials(secret));
  const granted6 = await guest6.allocate(udp, 6);
  if (granted6.code === 0) {
    const relay = unmasked(granted6.attributes.get(attribute.relayed), granted6.id);
    await tryPeers(report, guest6, relay, [...forbidden[6], ...own(peers, isIPv6)]);
  } else report.note(`IPv6 is not relayed (${said(granted6.code)}): no peers to forbid`);
  await guest6.release();

  await tryTcp(report, address, port, secret);
  if (granted.code === 0) await tryQuota(report, asker, secret);
  return report;
}

const own = (peers, is) => peers.filter((peer) => is(peer)).map((peer) => [peer, 'yours']);

/** What is refused must be so by permission and by channel; the relay's own address is what two who both need it reach each other by. */
async function tryPeers(report, guest, relay, addresses) {
  for (const [peer, what] of addresses) {
    const codes = [(await guest.permit(peer)).code, (await guest.bind(peer)).code];
    const shown = codes.map(said).join(' and ');
    report.check(
      codes.every((code) => code === 403),
      `${peer} is refused as a peer (${what}): ${shown}, expected 403`,
      'Everybody who may call can send to it through this relay. Add its range as denied-peer-ip to turnserver.conf.',
    );
  }
  const { code } = await guest.permit(relay);
  report.check(
    code === 0,
    `the relay's own address ${relay} is allowed as a peer: ${said(code)}`,
    'Two people who both need the relay cannot call each other: allowed-peer-ip is missing for it, or external-ip is wrong.',
  );
}

/** A relay by TCP reaches what listens on TCP, and calls never need one. */
async function tryTcp(report, address, port, secret) {
  let way;
  try {
    way = await stream(address, port);
  } catch {
    report.check(
      false,
      'coturn answers by TCP',
      'People whose firewall blocks UDP need it: do not set no-tcp, and let the port through.',
    );
    return;
  }
  const guest = new Asker(way, credentials(secret));
  const { code } = await guest.allocate(tcp);
  report.check(
    code > 0,
    `connections to others by TCP are not relayed: ${said(code)}, expected a refusal`,
    'Add no-tcp-relay to turnserver.conf.',
  );
  await guest.release();
}

/** One person asks for more and more, each time by another port. */
async function tryQuota(report, asker, secret) {
  const who = credentials(secret);
  const guests = [];
  let code = 0;
  while (code === 0 && guests.length < mostAllocations) {
    const guest = await asker(who);
    guests.push(guest);
    ({ code } = await guest.allocate());
  }
  const most = guests.length - (code === 0 ? 0 : 1);
  report.check(
    code === 486,
    `one person is given ${most} relays and no more: ${said(code)}, expected 486`,
    'Set user-quota in turnserver.conf: else one person can use up the server.',
  );
  await Promise.all(guests.map((guest) => guest.release()));
}

const usage = `PARLEY_TURN_SECRET=… node self-test.mjs HOST[:PORT] [--forbidden ADDRESS]…
node self-test.mjs HOST[:PORT] --secret-file FILE [--forbidden ADDRESS]…

  HOST[:PORT]          the TURN server, from where people reach it; port 3478 unless told otherwise
  --secret-file FILE   the secret alone, or a turnserver.conf
  --forbidden ADDRESS  one more address that must be refused, such as your database's; several times if you like`;

try {
  const report = await selfTest(settings(process.argv.slice(2), process.env));
  console.log(report.sum);
  process.exitCode = report.failed === 0 ? 0 : 1;
} catch (error) {
  console.error(
    error instanceof Usage ? `${error.message}\n\n${usage}` : `The server could not be asked: ${error.message}`,
  );
  process.exitCode = 2;
}
