import { signal } from '@preact/signals-core';
import type { ReadonlySignal } from '@preact/signals-core';
import type { PutError, PutReason } from '../net/put';
import { asParleyError } from '../protocol/problem';
import { name } from '../protocol/line';
import type { UploadTicket } from '../protocol/shapes';
import type { Picture } from './picture';
import { readableSize } from './size';

/** A room, or a thread of it. */
export interface UploadPlace {
  readonly roomId: string;
  readonly threadId?: string | undefined;
}

/** One file on its way to the storage. */
export interface Upload {
  /** Becomes the clientId of the message that shares the file: one bubble from the first byte to the last. */
  readonly id: string;
  readonly roomId: string;
  /** The thread that it replies in; not there for the room itself. */
  readonly threadId?: string;
  readonly fileName: string;
  readonly contentType: string;
  readonly size: number;
  readonly picture?: Picture;
  readonly createdAt: number;
  /** queued: behind others. asking: the server decides. sending: bytes move. failed: see `problem`. */
  readonly state: 'queued' | 'asking' | 'sending' | 'failed';
  readonly sentBytes: number;
  readonly bytesPerSecond: number;
  readonly problem?: { readonly text: string; readonly canRetry: boolean };
}

/** What uploading needs of the world; tests bring their own. */
export interface UploadWorld {
  ask(wish: { roomId: string; fileName: string; contentType: string; size: number }): Promise<UploadTicket>;
  put(
    ticket: UploadTicket,
    bytes: Blob,
    how: { progress: (sentBytes: number) => void; signal: AbortSignal },
  ): Promise<void>;
  /** Looks at a file before it leaves: what it shows, and what should not travel with it. */
  prepare(file: File): Promise<{ readonly bytes: Blob; readonly picture?: Picture }>;
  /** The bytes are stored: tell the room. */
  share(upload: Upload, uploadId: string, bytes: Blob): void;
  wait(ms: number): Promise<void>;
  now(): number;
  newId(): string;
  maxBytes(): number | undefined;
}

const mostAtOnce = 3;
export const mostFilesPerDrop = 10;

/** Files on their way, at most three at a time. Leaving a room does not stop them; closing the page does. */
export class Uploads {
  readonly #world: UploadWorld;
  readonly #all = signal<readonly Upload[]>([]);
  readonly #files = new Map<string, File>();
  readonly #aborts = new Map<string, AbortController>();

  constructor(world: UploadWorld) {
    this.#world = world;
  }

  get all(): ReadonlySignal<readonly Upload[]> {
    return this.#all;
  }

  /** Takes files for a place. What cannot be accepted stands there at once, with the reason, before a byte moves. */
  add({ roomId, threadId }: UploadPlace, files: readonly File[]): void {
    for (const [index, file] of files.entries()) {
      const upload: Upload = {
        id: this.#world.newId(),
        roomId,
        ...(threadId === undefined ? {} : { threadId }),
        fileName: file.name === '' ? 'file' : name(file.name),
        contentType: file.type === '' ? 'application/octet-stream' : file.type,
        size: file.size,
        createdAt: this.#world.now(),
        state: 'queued',
        sentBytes: 0,
        bytesPerSecond: 0,
      };
      const refusal = this.#refusal(file, index);
      this.#files.set(upload.id, file);
      this.#all.value = [
        ...this.#all.peek(),
        refusal === null ? upload : { ...upload, state: 'failed', problem: { text: refusal, canRetry: false } },
      ];
    }
    this.#next();
  }

  cancel(id: string): void {
    this.#aborts.get(id)?.abort();
    const picture = this.#find(id)?.picture;
    if (picture !== undefined) URL.revokeObjectURL(picture.url);
    this.#forget(id);
    this.#next();
  }

  retry(id: string): void {
    const upload = this.#find(id);
    if (upload?.problem?.canRetry !== true) return;
    const { problem, ...rest } = upload;
    this.#all.value = this.#all
      .peek()
      .map((other) => (other.id === id ? { ...rest, state: 'queued', sentBytes: 0, bytesPerSecond: 0 } : other));
    this.#next();
  }

  /** Whether closing the page now would lose something. */
  get busy(): boolean {
    return this.#all.peek().some(({ state }) => state !== 'failed');
  }

  close(): void {
    for (const { id } of this.#all.peek()) this.cancel(id);
  }

  #refusal(file: File, index: number): string | null {
    const most = this.#world.maxBytes();
    if (index >= mostFilesPerDrop) return `At most ${mostFilesPerDrop} files at a time.`;
    if (file.size === 0) return 'This file is empty.';
    if (most !== undefined && file.size > most) {
      return `This file has ${readableSize(file.size)}; the limit is ${readableSize(most)}.`;
    }
    return null;
  }

  #next(): void {
    const running = this.#all.peek().filter(({ state }) => state === 'asking' || state === 'sending').length;
    const waiting = this.#all.peek().filter(({ id, state }) => state === 'queued' && !this.#aborts.has(id));
    for (const upload of waiting.slice(0, Math.max(0, mostAtOnce - running))) void this.#run(upload);
  }

  async #run({ id, roomId, fileName, contentType }: Upload): Promise<void> {
    const file = this.#files.get(id);
    if (file === undefined) return;
    const abort = new AbortController();
    this.#aborts.set(id, abort);
    this.#change(id, { state: 'asking' });
    try {
      const { bytes, picture } = await this.#world.prepare(file);
      this.#change(id, { size: bytes.size, ...(picture === undefined ? {} : { picture }) });
      const ticket = await this.#ask(id, { roomId, fileName, contentType, size: bytes.size });
      if (ticket === null) return;
      this.#change(id, { state: 'sending' });
      const started = this.#world.now();
      await this.#world.put(ticket, bytes, {
        signal: abort.signal,
        progress: (sentBytes) => {
          const seconds = Math.max(0.2, (this.#world.now() - started) / 1000);
          this.#change(id, { sentBytes, bytesPerSecond: Math.round(sentBytes / seconds) });
        },
      });
      const done = this.#find(id);
      if (done === undefined) return;
      this.#world.share(done, ticket.uploadId, bytes);
      this.#forget(id);
    } catch (error) {
      if (!abort.signal.aborted) this.#change(id, { state: 'failed', problem: explain(error, this.#world.maxBytes()) });
    } finally {
      this.#aborts.delete(id);
      this.#next();
    }
  }

  /** Asks for a ticket, and asks again when the server wants patience. Null: cancelled meanwhile. */
  async #ask(id: string, wish: Parameters<UploadWorld['ask']>[0]): Promise<UploadTicket | null> {
    for (;;) {
      try {
        const ticket = await this.#world.ask(wish);
        return this.#find(id) === undefined ? null : ticket;
      } catch (error) {
        const { code, retryAfterMs } = asParleyError(error);
        if (code !== 'rate_limited' || retryAfterMs === undefined || retryAfterMs > 60_000) throw error;
        await this.#world.wait(retryAfterMs);
        if (this.#find(id) === undefined) return null;
      }
    }
  }

  #find(id: string): Upload | undefined {
    return this.#all.peek().find((upload) => upload.id === id);
  }

  #change(id: string, change: Partial<Upload>): void {
    this.#all.value = this.#all.peek().map((upload) => (upload.id === id ? { ...upload, ...change } : upload));
  }

  #forget(id: string): void {
    this.#files.delete(id);
    this.#aborts.delete(id);
    this.#all.value = this.#all.peek().filter((upload) => upload.id !== id);
  }
}

function explain(error: unknown, maxBytes: number | undefined): { text: string; canRetry: boolean } {
  if (isPutError(error)) return { text: putSentence(error, maxBytes), canRetry: error.reason !== 'too_large' };
  const problem = asParleyError(error);
  const final = problem.code === 'too_large' || problem.code === 'unsupported_type' || problem.code === 'forbidden';
  return { text: problem.message, canRetry: !final };
}

function isPutError(error: unknown): error is PutError {
  return error instanceof Error && error.name === 'PutError';
}

function putSentence({ reason, status }: PutError, maxBytes: number | undefined): string {
  const sentences: Record<PutReason, string> = {
    expired: 'The permission to upload had run out. Retry asks for a new one.',
    too_large: maxBytes === undefined ? 'The storage finds this too large.' : `The limit is ${readableSize(maxBytes)}.`,
    refused: `The storage did not take the file (${status}).`,
    offline: 'You are offline. Retry when the network is back.',
    blocked: 'The storage cannot be reached from this browser. A network filter may be in the way.',
    stalled: 'Nothing moved for 20 seconds.',
    cancelled: 'Cancelled.',
  };
  return sentences[reason];
}
