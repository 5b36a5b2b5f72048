import { signal } from '@preact/signals';

/** Whether the call fills the page or waits in a corner while one writes. */
export const callSize = signal<'stage' | 'corner'>('stage');

/** Whether the codes are shown that tell whether somebody sits in between. */
export const comparing = signal(false);
