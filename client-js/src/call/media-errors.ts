import type { MediaCause } from './api';

/** Why `getUserMedia` failed, in the words of `MediaCause`; browsers and their past differ in what they throw. */
export function causeOf(error: unknown, permission: PermissionState | null): MediaCause {
  const { name = '', message = '' } = (error ?? {}) as { name?: string; message?: string };
  switch (name) {
    case 'NotAllowedError':
    case 'PermissionDeniedError':
    case 'PermissionDismissedError':
      if (/dismiss/i.test(name + message)) return 'dismissed';
      // Chromium says so in words; elsewhere a page that has the permission and is refused was refused by the system.
      if (/system/i.test(message) || permission === 'granted') return 'system-denied';
      return 'denied';
    case 'NotFoundError':
    case 'DevicesNotFoundError':
      return 'not-found';
    case 'NotReadableError':
    case 'TrackStartError':
    case 'AbortError':
      return 'busy';
    case 'OverconstrainedError':
    case 'ConstraintNotSatisfiedError':
      return 'overconstrained';
    case 'SecurityError':
      return 'insecure';
    default:
      return 'unknown';
  }
}

/** What the page may do already; null where the browser does not tell. */
export async function permissionFor(source: 'microphone' | 'camera' | 'screen'): Promise<PermissionState | null> {
  if (source === 'screen') return null;
  try {
    return (await navigator.permissions.query({ name: source })).state;
  } catch {
    return null;
  }
}
