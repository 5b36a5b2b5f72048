import type { ReadonlySignal } from '@preact/signals-core';
import { signal } from '@preact/signals-core';
import type { RunningCall } from './active-call';

/** The place for one call on hold: it goes on without this person, and leaves the place when it ends. */
export class Waiting {
  readonly #call = signal<RunningCall | null>(null);
  #stop: () => void = () => undefined;

  get call(): ReadonlySignal<RunningCall | null> {
    return this.#call;
  }

  /** Puts it on hold; false when another one waits already. */
  take(call: RunningCall): boolean {
    if (this.#call.peek() !== null) return false;
    call.hold();
    this.#call.value = call;
    this.#stop = call.end.subscribe((end) => {
      if (end !== null) this.release();
    });
    return true;
  }

  /** Gives up the place; whoever takes the call out goes on with it. */
  release(): RunningCall | null {
    const call = this.#call.peek();
    this.#stop();
    this.#stop = () => undefined;
    this.#call.value = null;
    return call;
  }
}
