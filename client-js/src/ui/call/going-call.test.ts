import { signal } from '@preact/signals-core';
import { expect, test } from 'vitest';
import type { Calls } from '../../call/api';
import type { Room } from '../../protocol/shapes';
import { goingCall } from './going-call';

const room = { id: 'room-1' } as Room;
const here = (end: object | null = null): object => ({ roomId: 'room-1', end: signal(end) });

function found(now: { state?: string; active?: object; held?: object; rings?: boolean }): string | undefined {
  const call = { id: 'call-1', roomId: 'room-1', state: now.state ?? 'active' };
  const calls = {
    byRoom: signal(new Map([['room-1', call]])),
    incoming: signal(now.rings === true ? [{ call }] : []),
    active: signal(now.active ?? null),
    held: signal(now.held ?? null),
  };
  return goingCall(calls as unknown as Calls, room)?.id;
}

test('a_call_can_be_joined_that_goes_on_and_that_one_is_not_in_yet', () => {
  expect(found({})).toBe('call-1');
  expect(found({ active: here({ reason: 'hangup' }) })).toBe('call-1');
  expect(found({ active: { ...here(), roomId: 'room-2' } })).toBe('call-1');

  expect(found({ state: 'ringing' })).toBeUndefined();
  expect(found({ rings: true })).toBeUndefined();
  expect(found({ active: here() })).toBeUndefined();
  // it waits in this very tab
  expect(found({ active: { ...here(), roomId: 'room-2' }, held: here() })).toBeUndefined();
});
