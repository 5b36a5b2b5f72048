// A relay of our own for one test: coturn with credentials that expire, on loopback.
import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createSocket } from 'node:dgram';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';

const secret = 'a secret of this test';
const port = Number(process.env.TURN_PORT ?? 21478);

export async function startTurn() {
  const folder = await mkdtemp(join(tmpdir(), 'parley-turn-'));
  const settings = {
    'listening-ip': '127.0.0.1',
    'relay-ip': '127.0.0.1',
    'listening-port': port,
    'static-auth-secret': secret,
    realm: 'parley.test',
    'min-port': port + 2,
    'max-port': port + 20,
    pidfile: join(folder, 'pid'),
    userdb: join(folder, 'db'),
    'log-file': 'stdout',
  };
  const switches = [
    'use-auth-secret',
    'fingerprint',
    'allow-loopback-peers',
    'no-cli',
    'no-tls',
    'no-dtls',
    'simple-log',
  ];
  const lines = [...Object.entries(settings).map(([key, value]) => `${key}=${value}`), ...switches];
  await writeFile(join(folder, 'turn.conf'), lines.join('\n'));
  const server = spawn('turnserver', ['-c', join(folder, 'turn.conf')], { stdio: 'ignore' });
  const gone = new Promise((resolve) => server.once('exit', resolve));
  const stop = async () => {
    server.kill('SIGTERM');
    await gone;
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await answering();
  } catch (error) {
    await stop();
    throw error;
  }
  const username = `${Math.floor(Date.now() / 1000) + 600}:alice`;
  const credential = createHmac('sha1', secret).update(username).digest('base64');
  const iceServers = [{ urls: [`turn:127.0.0.1:${port}?transport=udp`], username, credential }];
  return { iceServers, stop };
}

/** Asks with a STUN binding request (RFC 8489) until somebody answers. */
async function answering() {
  const request = Buffer.alloc(20);
  request.writeUInt16BE(1, 0);
  request.writeUInt32BE(0x2112a442, 4);
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const answered = await new Promise((resolve) => {
      const socket = createSocket('udp4');
      const timer = setTimeout(() => end(false), 200);
      const end = (value) => {
        clearTimeout(timer);
        socket.close();
        resolve(value);
      };
      socket.once('message', () => end(true));
      socket.once('error', () => end(false));
      socket.send(request, port, '127.0.0.1');
    });
    if (answered) return;
  }
  throw new Error(`turnserver does not answer on port ${port}`);
}
