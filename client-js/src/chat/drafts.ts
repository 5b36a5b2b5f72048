import { otherwise, object, string } from '../protocol/decode';

const mostKept = 100;

/** Text that was begun and not sent, per room, kept over a reload. */
export class Drafts {
  readonly #storage: Pick<Storage, 'getItem' | 'setItem'>;
  readonly #key: string;
  readonly #texts: Map<string, string>;

  constructor(storage: Pick<Storage, 'getItem' | 'setItem'>, userId: string) {
    this.#storage = storage;
    this.#key = `parley.drafts.${userId}`;
    this.#texts = new Map(this.#recall());
  }

  get(roomId: string): string {
    return this.#texts.get(roomId) ?? '';
  }

  set(roomId: string, text: string): void {
    this.#texts.delete(roomId);
    if (text.trim() !== '') this.#texts.set(roomId, text);
    for (const oldest of this.#texts.keys()) {
      if (this.#texts.size <= mostKept) break;
      this.#texts.delete(oldest);
    }
    try {
      this.#storage.setItem(this.#key, JSON.stringify([...this.#texts].map(([room, draft]) => ({ room, draft }))));
    } catch {
      // Without storage a draft lives as long as the page.
    }
  }

  #recall(): [string, string][] {
    try {
      const saved: unknown = JSON.parse(this.#storage.getItem(this.#key) ?? '[]');
      const entry = otherwise(object({ room: string, draft: string }), { room: '', draft: '' });
      return Array.isArray(saved) ? saved.map((one) => entry(one)).map(({ room, draft }) => [room, draft]) : [];
    } catch {
      return [];
    }
  }
}
