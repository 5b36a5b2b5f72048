import { signal } from '@preact/signals-core';
import type { ReadonlySignal } from '@preact/signals-core';

/** A storage that outlives the page; `changed` calls back when another tab has written, and answers how that ends. */
export interface KeptIn extends Pick<Storage, 'getItem' | 'setItem'> {
  changed?(key: string, then: () => void): () => void;
}

/**
 * A choice that is kept in this browser, and is one for all its tabs. Without storage it lasts as long as the page.
 *
 * @param read makes a choice of what was written, or throws
 */
export class Kept<T> {
  readonly #storage: KeptIn;
  readonly #key: string;
  readonly #read: (written: unknown) => T;
  readonly #otherwise: T;
  readonly #value;
  readonly #stop: () => void;

  constructor(storage: KeptIn, key: string, read: (written: unknown) => T, otherwise: T) {
    this.#storage = storage;
    this.#key = key;
    this.#read = read;
    this.#otherwise = otherwise;
    this.#value = signal<T>(this.#recall());
    this.#stop = storage.changed?.(key, () => (this.#value.value = this.#recall())) ?? (() => undefined);
  }

  get value(): ReadonlySignal<T> {
    return this.#value;
  }

  keep(next: T): void {
    this.#value.value = next;
    try {
      this.#storage.setItem(this.#key, JSON.stringify(next));
    } catch {
      // Full or forbidden: this page has it all the same.
    }
  }

  close(): void {
    this.#stop();
  }

  #recall(): T {
    try {
      const written = this.#storage.getItem(this.#key);
      return written === null ? this.#otherwise : this.#read(JSON.parse(written));
    } catch {
      return this.#otherwise;
    }
  }
}

/** What the tabs of this browser share. */
export const browserStorage: KeptIn = {
  getItem: (key) => localStorage.getItem(key),
  setItem: (key, text) => localStorage.setItem(key, text),
  changed: (key, then) => {
    const heard = (event: StorageEvent): void => {
      if (event.storageArea === localStorage && (event.key === key || event.key === null)) then();
    };
    window.addEventListener('storage', heard);
    return () => window.removeEventListener('storage', heard);
  },
};
