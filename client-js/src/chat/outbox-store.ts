import { array, boolean, number, object, oneOf, otherwise, string } from '../protocol/decode';
import type { Pending } from './pending';

/** Where unconfirmed messages are written down: one row each, so that the tabs of a browser do not overwrite each other. */
export interface OutboxStore {
  /** What is written down, oldest first. */
  all(): Promise<Pending[]>;
  put(pending: Pending): Promise<void>;
  remove(clientIds: readonly string[]): Promise<void>;
  /** Calls back when another tab has written. */
  onChange(listener: () => void): () => void;
  /** Does the work while no other tab does work of this name. */
  alone<T>(name: string, work: () => Promise<T>): Promise<T>;
}

const table = 'outbox';
/** A database that does not answer must not keep a message from being sent. */
const answerMs = 3_000;

const row = object(
  {
    clientId: string,
    roomId: string,
    text: string,
    createdAt: number,
    state: oneOf(['waiting', 'failed', 'asking'], 'waiting'),
  },
  {
    replyTo: string,
    threadId: string,
    uploadId: string,
    fileName: string,
    problem: string,
    members: number,
    confirmMentions: boolean,
  },
);
const rows = otherwise(array(otherwise(row, null)), []);

/** The browser's own database, with word to the other tabs of the same person. */
export class BrowserOutboxStore implements OutboxStore {
  readonly #name: string;
  readonly #channel: BroadcastChannel;
  #database: Promise<IDBDatabase> | null = null;

  constructor(userId: string) {
    this.#name = `parley-outbox-${userId}`;
    this.#channel = new BroadcastChannel(this.#name);
    void this.#open().catch(() => undefined);
  }

  async all(): Promise<Pending[]> {
    const found = await this.#do<unknown[]>('readonly', (store) => store.getAll());
    return rows(found)
      .filter((one) => one !== null)
      .sort((a, b) => a.createdAt - b.createdAt);
  }

  async put(pending: Pending): Promise<void> {
    await this.#do('readwrite', (store) => store.put(pending));
    this.#channel.postMessage('written');
  }

  async remove(clientIds: readonly string[]): Promise<void> {
    for (const clientId of clientIds) await this.#do('readwrite', (store) => store.delete(clientId));
    this.#channel.postMessage('written');
  }

  onChange(listener: () => void): () => void {
    this.#channel.addEventListener('message', listener);
    return () => this.#channel.removeEventListener('message', listener);
  }

  alone<T>(name: string, work: () => Promise<T>): Promise<T> {
    // Pages on insecure origins have no locks: two tabs may then send the same message, and the server makes one of it.
    const locks = (navigator as { locks?: LockManager | null }).locks;
    return locks == null ? work() : locks.request(`${this.#name} ${name}`, work);
  }

  async #do<T>(mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
    const database = await this.#open();
    return new Promise((resolve, reject) => {
      const transaction = database.transaction(table, mode, { durability: 'strict' });
      const request = ask(transaction.objectStore(table));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = () => reject(failure(transaction.error));
      setTimeout(() => reject(failure(null)), answerMs);
      // Said at once: a page that closes in this moment takes an uncommitted transaction with it.
      transaction.commit();
    });
  }

  #open(): Promise<IDBDatabase> {
    this.#database ??= new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(this.#name, 1);
      request.onupgradeneeded = () => request.result.createObjectStore(table, { keyPath: 'clientId' });
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(failure(request.error));
    });
    this.#database.catch(() => (this.#database = null));
    return this.#database;
  }
}

function failure(error: DOMException | null): Error {
  return error ?? new Error('The browser keeps no data for this page.');
}
