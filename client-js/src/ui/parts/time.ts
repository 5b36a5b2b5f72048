const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'short' });
const weekday = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' });
const withYear = new Intl.DateTimeFormat(undefined, {
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });

export const clockTime = (at: Date): string => clock.format(at);
export const fullTime = (at: Date): string => full.format(at);

/** "Today", "Yesterday", or the date. */
export function dayName(at: Date, now = new Date()): string {
  const days = Math.round((startOf(at) - startOf(now)) / 86_400_000);
  if (days === 0 || days === -1) {
    const word = relative.format(days, 'day');
    return word.charAt(0).toUpperCase() + word.slice(1);
  }
  return (at.getFullYear() === now.getFullYear() ? weekday : withYear).format(at);
}

/** "Yesterday, 14:05". */
export const dayAndTime = (at: Date): string => `${dayName(at)}, ${clockTime(at)}`;

/** "until 14:05", "until tomorrow, 09:00"; the date when it is further. */
export function untilWords(at: Date, now = new Date()): string {
  const days = Math.round((startOf(at) - startOf(now)) / 86_400_000);
  if (days === 0) return `until ${clockTime(at)}`;
  const day = days === 1 ? relative.format(1, 'day') : dayName(at, now);
  return `until ${day}, ${clockTime(at)}`;
}

/** "3 minutes ago", for a last seen. */
export function since(at: Date, now = new Date()): string {
  const minutes = Math.round((at.getTime() - now.getTime()) / 60_000);
  if (minutes > -60) return relative.format(minutes, 'minute');
  if (minutes > -1440) return relative.format(Math.round(minutes / 60), 'hour');
  return relative.format(Math.round(minutes / 1440), 'day');
}

/** 1:07, 1:02:09. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (value: number): string => String(value).padStart(2, '0');
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

function startOf(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}
