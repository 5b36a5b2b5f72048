/** A time after which a status ends by itself. */
export interface Ending {
  readonly value: 'never' | 'half-hour' | 'hour' | 'four-hours' | 'today' | 'week';
  readonly title: string;
}

export const endings: readonly Ending[] = [
  { value: 'never', title: 'Never by itself' },
  { value: 'half-hour', title: 'In 30 minutes' },
  { value: 'hour', title: 'In an hour' },
  { value: 'four-hours', title: 'In four hours' },
  { value: 'today', title: 'At the end of today' },
  { value: 'week', title: 'At the end of this week' },
];

/** The end that somebody has set, as long as it has not come. */
export function aheadOf(until: string | undefined, now: number): Date | undefined {
  const end = until === undefined ? undefined : new Date(until);
  return end !== undefined && end.getTime() > now ? end : undefined;
}

const minuteMs = 60_000;

/** When that is, seen from now; undefined for never. Weeks end with Sunday. */
export function endOf(ending: Ending['value'], now: Date): Date | undefined {
  switch (ending) {
    case 'never':
      return undefined;
    case 'half-hour':
      return new Date(now.getTime() + 30 * minuteMs);
    case 'hour':
      return new Date(now.getTime() + 60 * minuteMs);
    case 'four-hours':
      return new Date(now.getTime() + 240 * minuteMs);
    case 'today':
      return midnight(now, 1);
    case 'week':
      return midnight(now, 7 - ((now.getDay() + 6) % 7));
  }
}

/** The local midnight so many days on, whatever the clocks do in between. */
function midnight(now: Date, days: number): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days);
}
