import type { Hooks } from './ledger';

/** Keeps the screen from going dark until the hooks close; a page that was hidden has lost its lock and asks anew. */
export function keepAwake(hooks: Hooks): void {
  const { wakeLock } = navigator as { wakeLock?: WakeLock };
  if (wakeLock === undefined) return;
  let lock: WakeLockSentinel | null = null;
  let over = false;
  const ask = (): void => {
    if (over || document.visibilityState !== 'visible' || (lock !== null && !lock.released)) return;
    wakeLock.request('screen').then(
      (given) => {
        if (over) void given.release();
        else lock = given;
      },
      // refused on a battery that is nearly empty: then the screen goes dark
      () => undefined,
    );
  };
  hooks.on(document, 'visibilitychange', ask);
  hooks.add(() => {
    over = true;
    void lock?.release();
  });
  ask();
}
