import type { Api } from '../net/api';
import { array, instant, object, string } from '../protocol/decode';
import type { Decoded } from '../protocol/decode';
import { ParleyError, asParleyError } from '../protocol/problem';
import type { Limits, Message, Room } from '../protocol/shapes';
import { message as readMessage } from '../protocol/shapes';

const changed = object({ message: readMessage });
const revisions = object({ revisions: array(object({ text: string, writtenAt: instant })) });

/** What a message said before it was edited. */
export type Revision = Decoded<typeof revisions>['revisions'][number];

/** What changing messages needs of its surroundings. */
export interface ChangeWorld {
  readonly api: Api;
  request(event: string, payload: unknown): Promise<unknown>;
  /** The message as it is now. */
  heard(message: Message): void;
}

/** All that one does to messages which are said already. What is on screen follows the server's answer. */
export class Changes {
  readonly #world: ChangeWorld;

  constructor(world: ChangeWorld) {
    this.#world = world;
  }

  async edit(message: Message, text: string): Promise<void> {
    try {
      await this.#alter('message_edit', { messageId: message.id, text });
    } catch (error) {
      throw tooLate(asParleyError(error));
    }
  }

  delete(message: Message): Promise<void> {
    return this.#alter('message_delete', { messageId: message.id });
  }

  react(message: Message, emoji: string, on: boolean): Promise<void> {
    return this.#alter('reaction_set', { messageId: message.id, emoji, on });
  }

  pin(message: Message, on: boolean): Promise<void> {
    return this.#alter('message_pin', { messageId: message.id, on });
  }

  /** What a message said before, oldest first; nothing where the server does not keep it. */
  async revisions(message: Message, signal: AbortSignal): Promise<Revision[]> {
    const path = `/api/messages/${encodeURIComponent(message.id)}/revisions`;
    return (await this.#world.api.call(path, revisions, { signal })).revisions;
  }

  async #alter(event: string, payload: unknown): Promise<void> {
    this.#world.heard(changed(await this.#world.request(event, payload)).message);
  }
}

const limited = object({ limitMs: (value: unknown): number => (typeof value === 'number' ? value : 0) });

/** A refusal for being late, in words that say how late. */
function tooLate(error: ParleyError): ParleyError {
  if (error.code !== 'forbidden') return error;
  try {
    const { limitMs } = limited(error.details);
    const minutes = Math.max(1, Math.round(limitMs / 60_000));
    const time = minutes === 1 ? 'a minute' : `${minutes} minutes`;
    return new ParleyError('forbidden', `A message can be changed for ${time} after it was sent. This one is older.`);
  } catch {
    return error;
  }
}

/** Whether its author may still change a message, as far as this page knows; the server has the last word. */
export function mayEdit(message: Message, me: string, room: Room, limits: Limits, now: number): boolean {
  return (
    message.sender.id === me &&
    message.kind === 'text' &&
    message.deletedAt === undefined &&
    room.archivedAt === undefined &&
    (editableFor(message, limits, now) ?? 0) >= 0
  );
}

/** For how long a message may still be changed, in milliseconds; undefined for ever. */
export function editableFor({ sentAt }: Message, { editWindowMs }: Limits, now: number): number | undefined {
  return editWindowMs === undefined ? undefined : Date.parse(sentAt) + editWindowMs - now;
}

/** Its author may take a message back for ever, who moderates the room any. Nothing changes in an archived room. */
export function mayDelete(message: Message, me: string, room: Room): boolean {
  const moderates = room.kind !== 'direct' && (room.role === 'owner' || room.role === 'moderator');
  return room.archivedAt === undefined && message.deletedAt === undefined && (message.sender.id === me || moderates);
}
