// @vitest-environment node
import { expect, test } from 'vitest';
import type { Api } from '../net/api';
import { ParleyError } from '../protocol/problem';
import type { Draft } from '../protocol/shapes';
import { Drafts } from './drafts';
import { mergeDrafts } from './merge-drafts';
import { ManualTimers, MemoryStorage, settle } from './test-kit';

const room = { roomId: 'r-1' };

/** A server that keeps drafts, and tells every device of each, in the order in which they were kept. */
class Server {
  readonly drafts = new Map<string, Draft>();
  readonly told: string[] = [];
  readonly devices: Device[] = [];
  refuse: ParleyError | null = null;
  #clock = Date.UTC(2026, 0, 1);

  keep({ roomId, threadId, text, replyTo }: Draft): Draft {
    const updatedAt = new Date(++this.#clock).toISOString();
    const draft: Draft = {
      roomId,
      text,
      updatedAt,
      ...(threadId === undefined ? {} : { threadId }),
      ...(replyTo === undefined || text === '' ? {} : { replyTo }),
    };
    this.told.push(text);
    if (text === '') this.drafts.delete(threadId ?? roomId);
    else this.drafts.set(threadId ?? roomId, draft);
    for (const device of this.devices) if (device.online) device.drafts.heard(draft);
    return draft;
  }
}

class Device {
  readonly timers = new ManualTimers();
  online = true;
  drafts: Drafts;
  readonly #server: Server;
  readonly #storage = new MemoryStorage();

  constructor(server: Server) {
    this.#server = server;
    this.drafts = this.#open();
    server.devices.push(this);
  }

  reload(): void {
    this.drafts.close();
    this.drafts = this.#open();
  }

  async connect(): Promise<void> {
    this.online = true;
    await this.drafts.catchUp();
    await this.pause();
  }

  async pause(): Promise<void> {
    this.timers.advance(2_000);
    await settle();
  }

  #open(): Drafts {
    return new Drafts({
      storage: this.#storage,
      userId: 'u-alice',
      timers: this.timers,
      api: {
        call: (_: string, read: (value: unknown) => unknown) =>
          Promise.resolve(read({ drafts: [...this.#server.drafts.values()] })),
      } as unknown as Api,
      request: (_, payload) => {
        if (!this.online) return Promise.reject(new ParleyError('offline', 'No line.'));
        if (this.#server.refuse !== null) return Promise.reject(this.#server.refuse);
        return Promise.resolve({ draft: this.#server.keep(payload as Draft) });
      },
    });
  }
}

test('what_is_begun_at_one_device_stands_at_the_other_and_goes_there_when_it_is_sent', async () => {
  const server = new Server();
  const [desk, phone] = [new Device(server), new Device(server)];

  desk.drafts.set(room, 'half a sen', 'm-7');
  await desk.pause();
  expect([phone.drafts.get(room), phone.drafts.replyTo(room)]).toEqual(['half a sen', 'm-7']);
  phone.drafts.set(room, '');
  await phone.pause();

  expect(desk.drafts.get(room)).toBe('');
  expect(server.drafts.size).toBe(0);
});

test('who_types_on_is_told_of_once_and_what_was_sent_at_once_is_not_told_at_all', async () => {
  const server = new Server();
  const desk = new Device(server);

  for (const text of ['h', 'he', 'hel']) desk.drafts.set(room, text);
  await desk.pause();
  desk.drafts.set({ roomId: 'r-2' }, 'sent within the second');
  desk.drafts.set({ roomId: 'r-2' }, '');
  await desk.pause();

  expect(server.told).toEqual(['hel']);
});

test('a_room_and_its_threads_have_a_text_each', async () => {
  const desk = new Device(new Server());

  desk.drafts.set(room, 'to the room');
  desk.drafts.set({ ...room, threadId: 'm-1' }, 'to the thread');
  await desk.pause();
  desk.reload();

  expect([desk.drafts.get(room), desk.drafts.get({ ...room, threadId: 'm-1' })]).toEqual([
    'to the room',
    'to the thread',
  ]);
});

test('what_two_devices_wrote_without_knowing_of_each_other_is_all_there', async () => {
  const server = new Server();
  const [desk, phone] = [new Device(server), new Device(server)];
  desk.drafts.set(room, 'the beginning');
  await desk.pause();
  phone.online = false;

  phone.drafts.set(room, 'the beginning, on the train');
  desk.drafts.set(room, 'something else at the desk');
  await desk.pause();
  await phone.pause();
  await phone.connect();

  for (const { drafts } of [desk, phone]) {
    expect(drafts.get(room)).toBe('something else at the desk\n, on the train');
  }
});

test('what_was_sent_elsewhere_while_one_was_away_goes_and_what_was_written_on_stays', async () => {
  const server = new Server();
  const [desk, phone] = [new Device(server), new Device(server)];
  desk.drafts.set(room, 'said at the desk');
  desk.drafts.set({ roomId: 'r-2' }, 'also said');
  await desk.pause();
  phone.online = false;

  phone.drafts.set({ roomId: 'r-2' }, 'also said, and more');
  desk.drafts.set(room, '');
  desk.drafts.set({ roomId: 'r-2' }, '');
  await desk.pause();
  await phone.connect();

  expect(phone.drafts.get(room)).toBe('');
  expect(phone.drafts.get({ roomId: 'r-2' })).toBe('also said, and more');
  expect(desk.drafts.get({ roomId: 'r-2' })).toBe('also said, and more');
});

test('what_was_written_without_a_connection_is_told_after_a_reload_too', async () => {
  const server = new Server();
  const desk = new Device(server);
  desk.online = false;
  desk.drafts.set(room, 'in a tunnel');
  await desk.pause();

  desk.reload();
  await desk.connect();

  expect(server.drafts.get('r-1')?.text).toBe('in a tunnel');
});

test('an_echo_that_comes_late_brings_nothing_back', async () => {
  const server = new Server();
  const desk = new Device(server);
  desk.drafts.set(room, 'soon sent');
  await desk.pause();
  const echo = server.drafts.get('r-1')!;

  desk.drafts.set(room, '');
  desk.drafts.heard(echo);
  await desk.pause();

  expect(desk.drafts.get(room)).toBe('');
});

test('a_server_that_asks_for_patience_is_told_later_and_one_that_refuses_is_not_asked_again', async () => {
  const server = new Server();
  const desk = new Device(server);
  server.refuse = new ParleyError('rate_limited', 'Slowly.', { retryAfterMs: 3_000 });
  desk.drafts.set(room, 'one');
  await desk.pause();
  server.refuse = null;
  await desk.pause();
  await desk.pause();
  expect(server.told).toEqual(['one']);

  server.refuse = new ParleyError('too_large', 'Too long.');
  desk.drafts.set(room, 'much too long');
  await desk.pause();
  server.refuse = null;
  for (let turn = 0; turn < 10; turn++) await desk.pause();

  expect(server.told).toEqual(['one']);
  expect(desk.drafts.get(room)).toBe('much too long');
});

test('two_tabs_do_not_wipe_each_others_texts_from_the_browser', () => {
  const storage = new MemoryStorage();
  const open = (): Drafts =>
    new Drafts({
      storage,
      userId: 'u-alice',
      timers: new ManualTimers(),
      api: {} as unknown as Api,
      request: () => Promise.reject(new ParleyError('offline', 'No line.')),
    });
  const [one, other] = [open(), open()];

  one.set(room, 'in the first tab');
  other.set({ roomId: 'r-2' }, 'in the second tab');

  const reloaded = open();
  expect([reloaded.get(room), reloaded.get({ roomId: 'r-2' })]).toEqual(['in the first tab', 'in the second tab']);
});

test.each([
  ['nothing was done here', 'a', 'a', 'b', 'b'],
  ['nothing was done there', 'a', 'b', 'a', 'b'],
  ['both did the same', 'a', 'b', 'b', 'b'],
  ['one went on where the other did', '', 'hello', 'hello you', 'hello you'],
  ['both wrote something', '', 'mine', 'yours', 'yours\nmine'],
  ['both wrote on', 'we', 'we two', 'we three', 'we three\ntwo'],
  ['it was sent there and written on here', 'said', 'said more', '', 'said more'],
  ['it was wiped here and written on there', 'said', '', 'said more', 'said more'],
])('when_%s_nothing_is_lost', (_, base, here, there, merged) => {
  expect(mergeDrafts(base, here, there)).toBe(merged);
});
