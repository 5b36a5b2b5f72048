// @vitest-environment node
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { errorFromAck, errorFromProblem } from './problem';
import {
  deviceSessions,
  login,
  message,
  presence,
  room,
  session,
  signInWays,
  syncedRoom,
  uploadTicket,
} from './shapes';

/** The examples of the contract, which the server's tests parse too. */
function example(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../../docs/contract/examples/${name}.json`, import.meta.url), 'utf8'));
}

const wholly = {
  room,
  room_direct: room,
  message,
  message_media: message,
  message_deleted: message,
  presence,
  login,
  sessions: deviceSessions,
  auth_config: signInWays,
};

test.each(Object.entries(wholly))('%s_is_read_without_loss', (name, decode: (value: unknown) => unknown) => {
  const { tokenType: _, ...expected } = example(name) as Record<string, unknown>;

  expect(decode(example(name))).toEqual(expected);
});

test('presence_offline_upload_ticket_and_session_are_read', () => {
  expect(presence(example('presence_offline')).lastSeenAt).toBe('2026-01-01T08:00:00.000Z');
  expect(uploadTicket(example('upload_ticket')).headers).toMatchObject({ 'x-ms-blob-type': 'BlockBlob' });
  expect(session(example('session'))).toEqual(example('session'));
});

test('acknowledgements_and_problems_are_read', () => {
  const sync = example('ack_sync') as { data: { rooms: unknown[] } };
  const limited = example('ack_rate_limited') as { error: unknown };

  expect(syncedRoom(sync.data.rooms[0])).toEqual(sync.data.rooms[0]);
  expect(errorFromAck(limited.error)).toMatchObject({ code: 'rate_limited', retryAfterMs: 180 });
  expect(errorFromProblem(413, example('problem'))).toMatchObject({ code: 'too_large' });
});
