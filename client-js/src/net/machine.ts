const driftMs = 10_000;
const tickMs = 2_000;

/** What a socket does not learn by itself of the machine it runs on. */
export interface Machine {
  /** There is a network again, or the page is looked at again, or the machine has slept. */
  readonly back: () => void;
  /** There is no network. */
  readonly gone: () => void;
}

/** A closed lid, a lost network: tells of both until the function that is given back is called. */
export function watchMachine({ back, gone }: Machine): () => void {
  const ends = new AbortController();
  const { signal } = ends;
  window.addEventListener('online', back, { signal });
  window.addEventListener('offline', gone, { signal });
  document.addEventListener(
    'visibilitychange',
    () => {
      if (document.visibilityState === 'visible') back();
    },
    { signal },
  );
  let last = Date.now();
  const ticking = setInterval(() => {
    const now = Date.now();
    if (now - last > tickMs + driftMs) back();
    last = now;
  }, tickMs);
  return () => {
    ends.abort();
    clearInterval(ticking);
  };
}
