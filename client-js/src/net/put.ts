import type { UploadTicket } from '../protocol/shapes';

/** Why bytes did not arrive at the storage; each has its own remedy. */
export type PutReason = 'expired' | 'too_large' | 'refused' | 'offline' | 'blocked' | 'stalled' | 'cancelled';

export class PutError extends Error {
  override readonly name = 'PutError';

  constructor(
    readonly reason: PutReason,
    readonly status = 0,
  ) {
    super(`upload ${reason} (status ${status})`);
  }
}

const stallMs = 20_000;

/**
 * Sends bytes to where a ticket points, with exactly the ticket's headers. The browser's own machinery, because fetch
 * does not tell how far an upload is. Ends with `stalled` after 20 s without progress, never hangs.
 */
export function putBytes(
  { url, method, headers = {} }: UploadTicket,
  bytes: Blob,
  { progress, signal }: { progress: (sentBytes: number) => void; signal: AbortSignal },
): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    let stall: ReturnType<typeof setTimeout> | undefined;
    let ended = false;

    const end = (error?: PutError): void => {
      if (ended) return;
      ended = true;
      clearTimeout(stall);
      signal.removeEventListener('abort', cancel);
      if (error === undefined) resolve();
      else reject(error);
    };
    const giveUp = (reason: PutReason): void => {
      end(new PutError(reason));
      request.abort();
    };
    const cancel = (): void => giveUp('cancelled');
    const watch = (): void => {
      clearTimeout(stall);
      stall = setTimeout(() => giveUp('stalled'), stallMs);
    };

    request.upload.addEventListener('progress', (event) => {
      watch();
      progress(event.loaded);
    });
    request.addEventListener('load', () => {
      const { status } = request;
      if (status >= 200 && status < 300) end();
      else if (status === 403 || status === 401) end(new PutError('expired', status));
      else if (status === 413) end(new PutError('too_large', status));
      else end(new PutError('refused', status));
    });
    request.addEventListener('error', () => end(new PutError(navigator.onLine ? 'blocked' : 'offline')));
    request.addEventListener('abort', () => end(new PutError('cancelled')));
    signal.addEventListener('abort', cancel);
    if (signal.aborted) {
      end(new PutError('cancelled'));
      return;
    }
    request.open(method, url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    watch();
    request.send(bytes);
  });
}
