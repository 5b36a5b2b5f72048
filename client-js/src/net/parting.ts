/**
 * Says something to the server as the page goes away: the browser sends it when the page is gone already (`keepalive`). Nobody waits
 * for an answer, and there is no time for another token.
 *
 * @param token the one that is at hand; without one nothing is said
 */
export function parting(token: string | null, path: string, body: object): void {
  if (token === null) return;
  fetch(path, {
    method: 'POST',
    keepalive: true,
    credentials: 'same-origin',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  }).catch(() => undefined);
}
