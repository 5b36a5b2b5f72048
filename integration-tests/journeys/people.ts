import {
  expect,
  test as base,
  type APIRequestContext,
  type Browser,
  type BrowserContext,
  type Page,
} from '@playwright/test';

/** Somebody at a browser of their own, and what has gone wrong in it. */
export interface Person {
  readonly name: string;
  readonly page: Page;
  readonly context: BrowserContext;
  /** Violations of the Content-Security-Policy, uncaught errors, errors on the console. */
  readonly problems: string[];
}

interface Wishes {
  readonly camera?: boolean;
  readonly microphone?: boolean;
  readonly width?: number;
  readonly height?: number;
  /** Runs in every page before its own scripts. */
  readonly before?: () => void;
  readonly baseURL?: string;
}

export interface Account {
  readonly username: string;
  readonly displayName: string;
  readonly password: string;
}

interface Fixtures {
  /** Opens a browser context for somebody and signs them in. */
  arrive: (account: Account, wishes?: Wishes) => Promise<Person>;
  /** Makes an account that nobody had before. */
  newcomer: (displayName: string) => Promise<Account>;
}

export const demo = (username: string): Account => ({
  username,
  displayName: username.charAt(0).toUpperCase() + username.slice(1),
  password: 'parley',
});

export const test = base.extend<Fixtures>({
  newcomer: async ({ request }, use) => {
    await use((displayName) => newAccount(request, displayName));
  },
  arrive: async ({ browser }, use) => {
    const people: Person[] = [];
    await use(async (account, wishes = {}) => {
      const person = await open(browser, account.displayName, wishes);
      people.push(person);
      await signIn(person.page, account);
      return person;
    });
    for (const { name, context, problems } of people) {
      await context.close();
      expect(problems, `what went wrong in the browser of ${name}`).toEqual([]);
    }
  },
});

export { expect };

export async function newAccount(request: APIRequestContext, displayName: string): Promise<Account> {
  const username = `${displayName.toLowerCase()}-${Math.random().toString(36).slice(2, 10)}`;
  const password = 'correct horse battery';
  const answer = await request.post('/api/auth/register', { data: { username, password, displayName } });
  expect(answer.status(), await answer.text()).toBe(201);
  return { username, displayName, password };
}

export async function open(browser: Browser, name: string, wishes: Wishes = {}): Promise<Person> {
  const permissions = [
    ...(wishes.camera === false ? [] : ['camera']),
    ...(wishes.microphone === false ? [] : ['microphone']),
  ];
  const context = await browser.newContext({
    permissions,
    viewport: { width: wishes.width ?? 1440, height: wishes.height ?? 900 },
    ...(wishes.baseURL === undefined ? {} : { baseURL: wishes.baseURL }),
  });
  await context.addInitScript(rememberTracksAndPeers);
  if (wishes.before) await context.addInitScript(wishes.before);
  const problems: string[] = [];
  const page = await context.newPage();
  page.on('pageerror', (error) => problems.push(`uncaught: ${error.message}`));
  page.on('console', (message) => {
    // that nobody is signed in yet is asked with a request that answers 401
    if (message.type() === 'error' && !/status of 401/.test(message.text()))
      problems.push(`console: ${message.text()}`);
  });
  await page.exposeFunction('parleyViolation', (violation: string) => problems.push(`policy: ${violation}`));
  return { name, page, context, problems };
}

/** Runs in the page: keeps the tracks and connections that it makes, so that a test can ask what became of them. */
export function rememberTracksAndPeers(): void {
  const seen = { tracks: [] as MediaStreamTrack[], peers: [] as RTCPeerConnection[] };
  Object.assign(window, { parleySeen: seen });
  document.addEventListener('securitypolicyviolation', (event) => {
    const told = (window as unknown as { parleyViolation?: (text: string) => void }).parleyViolation;
    told?.(`${event.effectiveDirective} ${event.blockedURI}`);
  });
  const devices = navigator.mediaDevices;
  const getUserMedia = devices?.getUserMedia.bind(devices);
  if (getUserMedia) {
    devices.getUserMedia = async (constraints) => {
      const stream = await getUserMedia(constraints);
      seen.tracks.push(...stream.getTracks());
      return stream;
    };
  }
  const Peer = window.RTCPeerConnection;
  window.RTCPeerConnection = new Proxy(Peer, {
    construct(target, [configuration]: [RTCConfiguration | undefined]) {
      const only = (window as unknown as { parleyRelayOnly?: boolean }).parleyRelayOnly === true;
      const peer = new target(only ? { ...configuration, iceTransportPolicy: 'relay' } : configuration);
      seen.peers.push(peer);
      return peer;
    },
  });
}

export async function signIn(page: Page, account: Account): Promise<void> {
  await page.goto('/');
  await page.getByLabel('User name').fill(account.username);
  await page.getByLabel('Password').fill(account.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('navigation', { name: 'Conversations' })).toBeVisible();
}

/** Signs in at a Keycloak, from the page that leads there. */
export async function signInAtKeycloak(page: Page, account: Account): Promise<void> {
  await page.goto('/');
  await page.getByRole('button', { name: /^Sign in at/ }).click();
  await page.locator('#username').fill(account.username);
  await page.locator('#password').fill(account.password);
  await page.locator('#kc-login').click();
  await expect(page.getByRole('navigation', { name: 'Conversations' })).toBeVisible();
}

/** Opens the conversation with somebody by looking for them. */
export async function writeTo(person: Person, other: Account): Promise<void> {
  const { page } = person;
  const list = page.getByRole('navigation', { name: 'Conversations' });
  await list.getByRole('button', { name: 'Write to somebody' }).click();
  await page.getByLabel('Name', { exact: true }).fill(other.username);
  await page.getByRole('button', { name: new RegExp(`@${other.username}\\b`) }).click();
  await expect(page.getByRole('heading', { level: 1, name: other.displayName })).toBeVisible();
}

export async function say(person: Person, text: string): Promise<void> {
  const field = person.page.getByRole('textbox', { name: /^Message to/ });
  await field.fill(text);
  await field.press('Enter');
}

/** Opens a conversation that stands in the list. */
export async function openRoom(person: Person, name: string): Promise<void> {
  await person.page
    .getByRole('navigation', { name: 'Conversations' })
    .getByRole('link', { name: new RegExp(name) })
    .first()
    .click();
}

/** Frames of the other one's picture that this browser has decoded so far. */
export async function framesSeen(person: Person): Promise<number> {
  return await person.page.evaluate(async () => {
    const { peers } = (window as unknown as { parleySeen: { peers: RTCPeerConnection[] } }).parleySeen;
    let frames = 0;
    for (const peer of peers) {
      for (const report of (await peer.getStats()).values()) {
        if (report.type === 'inbound-rtp' && report.kind === 'video') frames += report.framesDecoded ?? 0;
      }
    }
    return frames;
  });
}

/** The kinds of local candidates in use, and whether the way goes by a relay. */
export async function pathsInUse(person: Person): Promise<string[]> {
  return await person.page.evaluate(async () => {
    const { peers } = (window as unknown as { parleySeen: { peers: RTCPeerConnection[] } }).parleySeen;
    const kinds: string[] = [];
    for (const peer of peers) {
      const reports = await peer.getStats();
      for (const report of reports.values()) {
        if (report.type === 'candidate-pair' && report.nominated && report.state === 'succeeded') {
          kinds.push(reports.get(report.localCandidateId)?.candidateType);
        }
      }
    }
    return kinds;
  });
}

export async function tracksLeft(person: Person): Promise<string[]> {
  return await person.page.evaluate(() => {
    const { tracks } = (window as unknown as { parleySeen: { tracks: MediaStreamTrack[] } }).parleySeen;
    return tracks.filter((track) => track.readyState !== 'ended').map((track) => track.kind);
  });
}
