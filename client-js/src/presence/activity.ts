/** Told at most so often that this person does something. */
const spacingMs = 60_000;

const signs = ['keydown', 'pointerdown', 'pointermove', 'wheel', 'focus'] as const;

let lastActed = 0;

/** When the person last did something at this page, in ms since 1970; 0 for never. */
export function actedAt(): number {
  return lastActed;
}

/** Whether the person did something at this page within that time. */
export function actedWithin(ms: number, now: () => number = Date.now): boolean {
  return now() - lastActed <= ms;
}

/**
 * Notices that the person is at this page and says so. Only their own doing counts: neither a heartbeat nor a
 * reconnection does, or a sleeping machine would look awake. Answers the function that ends it.
 */
export function watchActivity(tell: () => void, now: () => number = Date.now): () => void {
  let told = Number.NEGATIVE_INFINITY;
  const active = (event: Event): void => {
    if (!event.isTrusted) return;
    lastActed = now();
    if (now() - told < spacingMs) return;
    told = now();
    tell();
  };
  for (const sign of signs) window.addEventListener(sign, active, { passive: true, capture: true });
  return () => {
    for (const sign of signs) window.removeEventListener(sign, active, { capture: true });
  };
}
