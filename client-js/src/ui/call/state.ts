import { signal } from '@preact/signals';

/** Whether the call fills the page or waits in a corner while one writes. */
export const callSize = signal<'stage' | 'corner'>('stage');

/** A call of a room that one looks at before one is in it. */
export const planned = signal<{
  readonly roomId: string;
  readonly kind: 'audio' | 'video';
  readonly ring: boolean;
} | null>(null);

/** Whether the codes are shown that tell whether somebody sits in between. */
export const comparing = signal(false);
