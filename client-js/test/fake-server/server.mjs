import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { realtimeOf } from './realtime.mjs';
import { restOf } from './rest.mjs';
import { livelyWorld } from './world.mjs';

/** The real server's. */
const policy = (
  await readFile(new URL('../../../docs/contract/content-security-policy.txt', import.meta.url), 'utf8')
).trim();

const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.map': 'application/json',
};

/**
 * A server for developing and testing the client without the real one: the same contract, the same headers, nothing
 * kept. It serves the built client, and a storage on a second origin as the real one has it.
 */
export async function startFakeServer({ port = 0, dist, ...given } = {}) {
  const options = { tokenSeconds: 900, registration: true, latencyMs: 0, guardAbove: 10, ...given };
  const limits = { messageLength: 16_000, uploadBytes: 5_000_000, ...given.limits };
  const world = livelyWorld();
  let origin = '';
  let storageUrl = '';

  const storage = createServer(async (request, response) => {
    const id = new URL(request.url, 'http://storage').pathname.slice(1);
    const upload = world.uploads.get(id);
    response.setHeader('Access-Control-Allow-Origin', origin);
    if (request.method === 'OPTIONS') {
      response.setHeader('Access-Control-Allow-Headers', 'content-type,x-ms-blob-type');
      response.setHeader('Access-Control-Allow-Methods', 'PUT,GET');
      response.writeHead(200).end();
    } else if (request.method === 'PUT' && upload && request.headers['x-ms-blob-type'] === 'BlockBlob') {
      upload.bytes = await bodyOf(request, options.storageDelayMs ?? 0);
      response.writeHead(201).end();
    } else if (request.method === 'GET' && upload?.bytes && !request.headers.authorization) {
      response.writeHead(200, { 'Content-Type': upload.contentType }).end(upload.bytes);
    } else {
      response.writeHead(403).end();
    }
  });

  let realtime;
  const rest = restOf(world, {
    options,
    limits,
    storageUrl: () => storageUrl,
    tell: (...args) => realtime.tell(...args),
    tellRoom: (...args) => realtime.tellRoom(...args),
  });

  const http = createServer(async (request, response) => {
    const url = new URL(request.url, origin);
    if (url.pathname.startsWith('/socket.io/')) return;
    if (url.pathname.startsWith('/api/')) {
      const text = (await bodyOf(request)).toString();
      const {
        status,
        headers = {},
        body,
        type = 'application/json',
      } = rest.handle(request, url, text ? JSON.parse(text) : {});
      response.writeHead(status, { ...headers, ...(body === undefined ? {} : { 'Content-Type': type }) });
      response.end(body === undefined ? undefined : JSON.stringify(body));
      return;
    }
    const path = normalize(url.pathname === '/' ? '/index.html' : url.pathname);
    try {
      const file = await readFile(join(dist, path));
      response.writeHead(200, {
        'Content-Type': types[extname(path)] ?? 'application/octet-stream',
        'Content-Security-Policy': policy.replace('{connections}', ` ${storageUrl}`),
      });
      response.end(file);
    } catch {
      response.writeHead(404).end();
    }
  });
  realtime = realtimeOf(http, world, { userOf: rest.userOf, limits, options });

  await listen(storage, 0);
  storageUrl = `http://127.0.0.1:${storage.address().port}`;
  await listen(http, port);
  origin = `http://127.0.0.1:${http.address().port}`;
  return {
    origin,
    world,
    limits,
    options,
    io: realtime.io,
    expireTokens: rest.expireAll,
    close: async () => {
      storage.close();
      await realtime.io.close();
    },
  };
}

function listen(server, port) {
  return new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
}

async function bodyOf(request, delayMs = 0) {
  const chunks = [];
  try {
    for await (const chunk of request) {
      chunks.push(chunk);
      if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
    }
  } catch {
    // The client went away in the middle.
  }
  return Buffer.concat(chunks);
}
