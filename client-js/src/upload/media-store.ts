import { signal } from '@preact/signals-core';
import type { ReadonlySignal, Signal } from '@preact/signals-core';
import type { Api } from '../net/api';
import { asParleyError } from '../protocol/problem';

export type Showing =
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly url: string }
  | { readonly state: 'failed'; readonly problem: string };

interface Held {
  readonly showing: Signal<Showing>;
  readonly abort: AbortController;
  users: number;
}

const mostIdle = 40;

/**
 * Files of messages as addresses that an element can show. Each is fetched with the token and kept as an object URL as
 * long as somebody shows it, and a little longer; then it is revoked.
 */
export class MediaStore {
  readonly #api: Pick<Api, 'blob'>;
  readonly #held = new Map<string, Held>();

  constructor(api: Pick<Api, 'blob'>) {
    this.#api = api;
  }

  /** Shows a file; the second function is called when it is shown no more. */
  show(path: string): [ReadonlySignal<Showing>, () => void] {
    const held = this.#held.get(path) ?? this.#fetch(path);
    held.users += 1;
    // Last used last: the order in which idle ones go.
    this.#held.delete(path);
    this.#held.set(path, held);
    let released = false;
    const release = (): void => {
      if (released) return;
      released = true;
      held.users -= 1;
      if (held.showing.peek().state === 'failed' && held.users === 0) this.#drop(path);
      this.#trim();
    };
    return [held.showing, release];
  }

  /** Bytes that this page has anyway, because it sent them. */
  adopt(path: string, bytes: Blob): void {
    if (this.#held.has(path)) return;
    const url = URL.createObjectURL(bytes);
    this.#held.set(path, { showing: signal<Showing>({ state: 'ready', url }), abort: new AbortController(), users: 0 });
  }

  /** Saves a file under its name. */
  async download(path: string, fileName: string): Promise<void> {
    const url = URL.createObjectURL(await this.#api.blob(path));
    const link = document.createElement('a');
    link.href = url;
    link.download = fileName;
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  }

  close(): void {
    for (const path of [...this.#held.keys()]) this.#drop(path);
  }

  #fetch(path: string): Held {
    const held: Held = { showing: signal<Showing>({ state: 'loading' }), abort: new AbortController(), users: 0 };
    this.#api.blob(path, held.abort.signal).then(
      (blob) => {
        if (!held.abort.signal.aborted) held.showing.value = { state: 'ready', url: URL.createObjectURL(blob) };
      },
      (error: unknown) => {
        held.showing.value = { state: 'failed', problem: asParleyError(error).message };
      },
    );
    return held;
  }

  #trim(): void {
    const idle = [...this.#held].filter(([, { users }]) => users === 0);
    for (const [path] of idle.slice(0, Math.max(0, idle.length - mostIdle))) this.#drop(path);
  }

  #drop(path: string): void {
    const held = this.#held.get(path);
    this.#held.delete(path);
    held?.abort.abort();
    const showing = held?.showing.peek();
    if (showing?.state === 'ready') URL.revokeObjectURL(showing.url);
  }
}
