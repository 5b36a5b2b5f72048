import type { Message, Room } from '../protocol/shapes';
import { isMentioned } from '../protocol/shapes';
import { apart, tidy } from '../protocol/line';
import type { NotifyChoice } from './settings';

/** What a notification says; `tag` lets the newest of a room take the place of the one before. */
export interface Notice {
  readonly title: string;
  readonly body: string;
  readonly tag: string;
  readonly roomId: string;
  readonly seq: number;
}

/** What the notifier needs of the world; tests bring their own. */
export interface NotifierWorld {
  choice(): NotifyChoice;
  room(roomId: string): Room | undefined;
  /** How far one has read a thread that one follows; undefined for one that one does not follow. */
  thread(threadId: string): { readonly readSeq: number } | undefined;
  /** Whether this tab speaks for all tabs of this browser. */
  isLead(): boolean;
  /** Whether a tab of this browser shows the room in a focused window. */
  isShown(roomId: string): boolean;
  /** Whether the person is at this browser now. */
  isHere(): boolean;
  doesNotWantToBeDisturbed(): boolean;
  after(ms: number, then: () => void): () => void;
  /** Puts it on the desktop; answers how it is taken away. */
  show(notice: Notice): () => void;
  play(): void;
}

/** A device that is not in use waits so long: what is read on another one meanwhile needs no word here. */
export const elsewhereMs = 30_000;
const longestBody = 240;
const mostWaiting = 200;

/** Tells of messages that a person does not see: once for all tabs, late where they are not, never when they want quiet. */
export class Notifier {
  readonly #world: NotifierWorld;
  readonly #me: { readonly id: string };
  readonly #waiting = new Map<string, { readonly seq: number; readonly cancel: () => void }>();
  readonly #shown = new Map<string, { readonly seq: number; readonly close: () => void }>();

  constructor(world: NotifierWorld, me: { readonly id: string }) {
    this.#world = world;
    this.#me = me;
  }

  heard(message: Message): void {
    const room = this.#world.room(message.roomId);
    if (room === undefined || !this.#concerns(message, room)) return;
    if (this.#world.isHere()) {
      this.#tell(message, room);
      return;
    }
    const place = placeOf(message);
    this.#waiting.get(place)?.cancel();
    if (this.#waiting.size >= mostWaiting) return;
    const cancel = this.#world.after(elsewhereMs, () => {
      this.#waiting.delete(place);
      this.#tell(message, this.#world.room(room.id) ?? room);
    });
    this.#waiting.set(place, { seq: message.seq, cancel });
  }

  /** Everything up to here was read in a room or a thread, on whatever device. */
  read(placeId: string, seq: number): void {
    const waiting = this.#waiting.get(placeId);
    if (waiting !== undefined && waiting.seq <= seq) {
      waiting.cancel();
      this.#waiting.delete(placeId);
    }
    const shown = this.#shown.get(placeId);
    if (shown !== undefined && shown.seq <= seq) {
      shown.close();
      this.#shown.delete(placeId);
    }
  }

  close(): void {
    for (const { cancel } of this.#waiting.values()) cancel();
    for (const { close } of this.#shown.values()) close();
    this.#waiting.clear();
    this.#shown.clear();
  }

  #concerns(message: Message, room: Room): boolean {
    if (message.sender.id === this.#me.id || message.deletedAt !== undefined) return false;
    if (room.notify === 'none') return false;
    // In a thread: who follows it is told as of a room, who does not only of what is for them.
    const wantsAll = message.threadId === undefined || this.#world.thread(message.threadId) !== undefined;
    if (room.notify === 'all' && wantsAll) return true;
    const text = message.text.toLowerCase();
    return (
      isMentioned(message, this.#me.id) ||
      this.#world.choice().keywords.some((word) => word.trim() !== '' && hasWord(text, word.trim().toLowerCase()))
    );
  }

  /** Asked at the moment of telling: who leads, what is shown and who wants quiet may have changed while it waited. */
  #tell(message: Message, room: Room): void {
    const world = this.#world;
    if (!world.isLead() || world.isShown(room.id) || world.doesNotWantToBeDisturbed()) return;
    const readSeq = message.threadId === undefined ? room.readSeq : (world.thread(message.threadId)?.readSeq ?? 0);
    if (message.seq <= readSeq) return;
    const { desktop, sound, content } = world.choice();
    if (sound) world.play();
    if (!desktop) return;
    const where = room.peer === undefined ? ` in ${apart(room.name)}` : '';
    const title = content === 'none' ? 'New message' : `${apart(message.sender.displayName)}${where}`;
    const body = content === 'full' ? said(message) : '';
    const close = world.show({ title, body, tag: `room-${placeOf(message)}`, roomId: room.id, seq: message.seq });
    this.#shown.set(placeOf(message), { seq: message.seq, close });
  }
}

/** What is read together: a room, or a thread of it. */
function placeOf({ roomId, threadId }: Message): string {
  return threadId ?? roomId;
}

function said(message: Message): string {
  const text = tidy(message.text) || (message.media === undefined ? '' : `📎 ${message.media.fileName}`);
  return text.length > longestBody ? `${text.slice(0, longestBody - 1)}…` : text;
}

/** Whether a word stands alone in a text, not as a part of another one. */
function hasWord(text: string, word: string): boolean {
  const isLetter = (sign: string | undefined): boolean => sign !== undefined && /[\p{L}\p{N}]/u.test(sign);
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (!isLetter(text[at - 1]) && !isLetter(text[at + word.length])) return true;
  }
  return false;
}
