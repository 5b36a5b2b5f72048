import type { ParleyError } from '../protocol/problem';
import type { Message } from '../protocol/shapes';
import type { OutboxWorld } from './outbox';
import { Outbox } from './outbox';
import { MemoryBrowser, aMessage, alice } from './test-kit';

/** A server whose every answer the test decides. */
export class Desk {
  readonly requests: { event: string; payload: { clientId: string; text: string } }[] = [];
  readonly waits: number[] = [];
  readonly browser = new MemoryBrowser();
  readonly confirmed: Message[] = [];
  now = 1_000;
  answer: (clientId: string) => Promise<unknown> = (clientId) =>
    Promise.resolve({ message: aMessage(this.requests.length, { sender: alice, clientId }) });
  #ids = 0;

  open(): Outbox {
    const world: OutboxWorld = {
      request: (event, payload) => {
        const asked = payload as { clientId: string; text: string };
        this.requests.push({ event, payload: asked });
        return this.answer(asked.clientId);
      },
      store: this.browser.tab(),
      wait: (ms) => {
        this.waits.push(ms);
        return Promise.resolve();
      },
      now: () => this.now,
      newId: () => `id-${++this.#ids}`,
    };
    return new Outbox(world, (message) => this.confirmed.push(message));
  }

  refuse(...errors: ParleyError[]): void {
    const after = this.answer;
    this.answer = (clientId) => {
      const error = errors.shift();
      return error === undefined ? after(clientId) : Promise.reject(error);
    };
  }
}
