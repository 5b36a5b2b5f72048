// node page.mjs SERVER FOLDER: the published page against a running server, in headless Chromium. One line of JSON per step; pictures go
// to FOLDER. The page comes from another origin than the server, as it does when somebody hosts it elsewhere.
import { createServer } from 'node:http';
import { readFile, mkdir } from 'node:fs/promises';
import { extname, join, normalize } from 'node:path';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { chromium } from 'playwright-core';

const [server, folder, origin] = process.argv.slice(2);
const dist = join(dirname(createRequire(import.meta.url).resolve('@socket.io/admin-ui/package.json')), 'ui', 'dist');
const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.png': 'image/png' };
const LIMIT = 10_000;

const site = createServer(async (request, response) => {
  const path = normalize(new URL(request.url, 'http://x').pathname);
  try {
    const body = await readFile(join(dist, path === '/' ? 'index.html' : path));
    response.writeHead(200, { 'content-type': types[extname(path)] ?? 'text/html' }).end(body);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((done) => site.listen(Number(new URL(origin).port), '127.0.0.1', done));
await mkdir(folder, { recursive: true });

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
const context = await browser.newContext({ viewport: { width: 1400, height: 1000 } });
const page = await context.newPage();
page.setDefaultTimeout(LIMIT);
let failed = false;

async function step(name, action) {
  if (failed) return;
  try {
    await action();
    console.log(JSON.stringify({ name }));
  } catch (error) {
    failed = true;
    await page.screenshot({ path: join(folder, 'failed.png') }).catch(() => {});
    console.log(JSON.stringify({ name, error: String(error) }));
  }
}

/** What became of the other client, in the words of the server. */
async function heard(text, butNot) {
  const until = Date.now() + LIMIT;
  while (Date.now() < until) {
    const answer = await (await fetch(`${server}/heard`)).text();
    if (answer.includes(text) && !(butNot && answer.includes(butNot))) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`never: ${text}`);
}

const dialog = () => page.locator('.v-dialog--active');

const connected = () => page.getByText(/^\s*connected\s*$/i).first().waitFor();

async function logIn(password) {
  await dialog().getByLabel('Server URL').fill(server);
  await dialog().getByLabel('Username').fill('ada');
  await dialog().getByLabel('Password').fill(password);
  await dialog().getByRole('button', { name: /connect/i }).click();
}

await step('refuses a wrong password', async () => {
  await page.goto(origin);
  await logIn('wrong');
  await dialog().getByText(/invalid credentials/i).waitFor();
});
await step('lets in with the right one', async () => {
  await logIn('secret');
  await dialog().waitFor({ state: 'detached' });
  await connected();
});
await step('shows the server and its sums', async () => {
  await page.getByText('Healthy', { exact: false }).first().waitFor();
  await page.locator('tr', { hasText: '/admin' }).first().waitFor();
  await page.screenshot({ path: join(folder, 'dashboard.png') });
  await page.goto(`${origin}/#/servers/`);
  await page.getByText('node-1').first().waitFor();
});
await step('is remembered after a reload', async () => {
  await page.reload();
  await connected();
  if (await dialog().count()) throw new Error('asks for the password again');
});
await step('shows rooms', async () => {
  await page.goto(`${origin}/#/rooms/`);
  await page.getByText('lobby').first().waitFor();
});
await step('shows events as they come', async () => {
  await page.goto(`${origin}/#/events/`);
  await fetch(`${server}/act`);
  await page.getByText('Event received').first().waitFor();
  await page.screenshot({ path: join(folder, 'events.png') });
});
await step('shows a socket', async () => {
  const id = await (await fetch(`${server}/id`)).text();
  await page.goto(`${origin}/#/sockets/`);
  await page.getByText(id).first().waitFor();
  await page.goto(`${origin}/#/n/%2F/sockets/${id}`);
  await page.getByText('Initial HTTP request').waitFor();
  await page.getByText('(not shown)').first().waitFor();
});
await step('lets it join and leave a room', async () => {
  await page.getByLabel('Join a room').fill('hall');
  await page.locator('form button[type=submit]').click();
  const hall = page.locator('tr', { hasText: /^hall$/ });
  await hall.waitFor();
  await heard('hall');
  await page.screenshot({ path: join(folder, 'socket.png') });
  await hall.getByRole('button').click();
  await heard('rooms', 'hall');
});
await step('disconnects it', async () => {
  const id = await (await fetch(`${server}/id`)).text();
  await page.goto(`${origin}/#/n/%2F/sockets/${id}`);
  // The second button of the details, after that of the whole client: "Disconnect this Socket instance".
  await page.locator('tr', { hasText: 'Status' }).nth(1).getByRole('button').click();
  await heard('connected: false');
});

await browser.close();
site.close();
