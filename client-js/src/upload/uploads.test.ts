// @vitest-environment node
import { expect, test } from 'vitest';
import { PutError } from '../net/put';
import { ParleyError } from '../protocol/problem';
import type { UploadTicket } from '../protocol/shapes';
import type { Upload, UploadWorld } from './uploads';
import { Uploads } from './uploads';

const ticket: UploadTicket = { uploadId: 'up-1', url: 'https://storage.example/1', method: 'PUT', headers: {} };

async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
}

/** A storage whose every step the test takes. */
class Depot {
  readonly asked: string[] = [];
  readonly shared: { upload: Upload; uploadId: string }[] = [];
  readonly puts: {
    progress: (bytes: number) => void;
    end: () => void;
    fail: (error: Error) => void;
    signal: AbortSignal;
  }[] = [];
  readonly waits: number[] = [];
  refusals: ParleyError[] = [];
  now = 0;
  #ids = 0;

  readonly uploads = new Uploads({
    ask: ({ fileName }) => {
      this.asked.push(fileName);
      const refusal = this.refusals.shift();
      return refusal === undefined ? Promise.resolve(ticket) : Promise.reject(refusal);
    },
    put: (_, __, { progress, signal }) =>
      new Promise<void>((resolve, reject) => {
        signal.addEventListener('abort', () => reject(new PutError('cancelled')));
        this.puts.push({ progress, signal, end: resolve, fail: reject });
      }),
    prepare: (bytes) => Promise.resolve({ bytes }),
    share: (upload, uploadId) => this.shared.push({ upload, uploadId }),
    wait: (ms) => {
      this.waits.push(ms);
      return Promise.resolve();
    },
    now: () => this.now,
    newId: () => `id-${++this.#ids}`,
    maxBytes: () => 100,
  } satisfies UploadWorld);

  get states(): string[] {
    return this.uploads.all.value.map(({ state }) => state);
  }
}

const file = (name: string, size = 10): File => new File(['x'.repeat(size)], name, { type: 'text/plain' });

test('a_file_is_asked_for_sent_and_shared_under_one_id', async () => {
  const depot = new Depot();

  depot.uploads.add({ roomId: 'r-1' }, [file('a.txt')]);
  await settle();
  depot.now = 2_000;
  depot.puts[0]?.progress(6);
  const [during] = depot.uploads.all.value;
  depot.puts[0]?.end();
  await settle();

  expect(during).toMatchObject({ id: 'id-1', state: 'sending', sentBytes: 6, bytesPerSecond: 3 });
  expect(depot.shared).toMatchObject([{ uploadId: 'up-1', upload: { id: 'id-1', roomId: 'r-1' } }]);
  expect(depot.uploads.all.value).toEqual([]);
});

test('what_is_too_large_or_empty_is_refused_before_the_server_is_asked', async () => {
  const depot = new Depot();

  depot.uploads.add({ roomId: 'r-1' }, [file('big', 101), file('nothing', 0)]);
  await settle();

  expect(depot.asked).toEqual([]);
  expect(depot.uploads.all.value.map(({ problem }) => problem)).toEqual([
    { text: 'This file has 101 B; the limit is 100 B.', canRetry: false },
    { text: 'This file is empty.', canRetry: false },
  ]);
});

test('ten_files_at_a_time_are_taken', () => {
  const depot = new Depot();

  depot.uploads.add(
    { roomId: 'r-1' },
    Array.from({ length: 12 }, (_, index) => file(`${index}`)),
  );

  expect(depot.uploads.all.value.filter(({ problem }) => problem !== undefined)).toHaveLength(2);
});

test('three_move_at_once_and_the_fourth_follows', async () => {
  const depot = new Depot();

  depot.uploads.add(
    { roomId: 'r-1' },
    ['a', 'b', 'c', 'd'].map((name) => file(name)),
  );
  await settle();
  const before = depot.states;
  depot.puts[1]?.end();
  await settle();

  expect(before).toEqual(['sending', 'sending', 'sending', 'queued']);
  expect(depot.states).toEqual(['sending', 'sending', 'sending']);
});

test('a_final_refusal_of_the_server_offers_no_retry', async () => {
  const depot = new Depot();
  depot.refusals = [new ParleyError('unsupported_type', 'Programs are not accepted.')];

  depot.uploads.add({ roomId: 'r-1' }, [file('a.exe')]);
  await settle();

  expect(depot.uploads.all.value[0]?.problem).toEqual({ text: 'Programs are not accepted.', canRetry: false });
});

test('a_limit_is_waited_out', async () => {
  const depot = new Depot();
  depot.refusals = [new ParleyError('rate_limited', 'slow', { retryAfterMs: 3_000 })];

  depot.uploads.add({ roomId: 'r-1' }, [file('a')]);
  await settle();

  expect(depot.waits).toEqual([3_000]);
  expect(depot.states).toEqual(['sending']);
});

test('each_trouble_of_the_storage_has_its_own_words_and_retry_asks_for_a_new_ticket', async () => {
  const words = new Set<string>();
  for (const reason of ['expired', 'refused', 'offline', 'blocked', 'stalled'] as const) {
    const depot = new Depot();
    depot.uploads.add({ roomId: 'r-1' }, [file('a')]);
    await settle();
    depot.puts[0]?.fail(new PutError(reason, 403));
    await settle();
    const [failed] = depot.uploads.all.value;
    words.add(failed?.problem?.text ?? '');
    expect(failed?.problem?.canRetry, reason).toBe(true);

    depot.uploads.retry('id-1');
    await settle();

    expect(depot.asked).toEqual(['a', 'a']);
    expect(depot.states).toEqual(['sending']);
  }
  expect(words.size).toBe(5);
});

test('a_cancelled_upload_stops_and_is_gone', async () => {
  const depot = new Depot();
  depot.uploads.add({ roomId: 'r-1' }, [file('a')]);
  await settle();

  depot.uploads.cancel('id-1');
  await settle();

  expect(depot.puts[0]?.signal.aborted).toBe(true);
  expect(depot.uploads.all.value).toEqual([]);
  expect(depot.shared).toEqual([]);
});

test('a_name_that_turns_its_end_around_is_shown_and_sent_as_it_is_read', async () => {
  const depot = new Depot();

  depot.uploads.add({ roomId: 'r-1', threadId: 'm-1' }, [file('safe-\u202egpj.exe')]);
  await settle();
  depot.puts[0]?.end();
  await settle();

  expect(depot.asked).toEqual(['safe-gpj.exe']);
  expect(depot.shared).toMatchObject([{ upload: { roomId: 'r-1', threadId: 'm-1', fileName: 'safe-gpj.exe' } }]);
});
