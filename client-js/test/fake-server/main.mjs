import { startFakeServer } from './server.mjs';

const dist = new URL('../../dist', import.meta.url).pathname;
const { origin } = await startFakeServer({ port: Number(process.env.PORT ?? 21500), dist });
console.log(`${origin} (alice, bob, carol; password parley)`);
