// @vitest-environment node
import { expect, test } from 'vitest';
import type { Api } from '../net/api';
import { ParleyError } from '../protocol/problem';
import type { Message } from '../protocol/shapes';
import { Changes, editableFor, mayDelete, mayEdit } from './changes';
import { aMessage, aRoom, alice } from './test-kit';

const own = aMessage(1, { sender: alice });
const sentAt = Date.parse(own.sentAt);

function changes(answer: () => Promise<unknown>): { changes: Changes; heard: Message[] } {
  const heard: Message[] = [];
  const api = {
    call: (_: string, read: (value: unknown) => unknown) =>
      Promise.resolve(read({ revisions: [{ text: 'before', writtenAt: own.sentAt }] })),
  } as unknown as Api;
  return { heard, changes: new Changes({ api, request: answer, heard: (message) => heard.push(message) }) };
}

test('the_answer_of_a_change_is_what_is_shown', async () => {
  const edited = { ...own, text: 'new', editedAt: own.sentAt };
  const { changes: all, heard } = changes(() => Promise.resolve({ message: edited }));

  await all.edit(own, 'new');
  await all.pin(own, true);

  expect(heard).toEqual([edited, edited]);
});

test('who_edits_too_late_is_told_for_how_long_it_would_have_been_possible', async () => {
  const late = new ParleyError('forbidden', 'PT15M', { details: { limitMs: 900_000 } });
  const { changes: all } = changes(() => Promise.reject(late));

  await expect(all.edit(own, 'new')).rejects.toThrow('for 15 minutes after it was sent');
});

test('another_refusal_keeps_its_own_words', async () => {
  const { changes: all } = changes(() => Promise.reject(new ParleyError('forbidden', 'Only its author may.')));

  await expect(all.edit(own, 'new')).rejects.toThrow('Only its author may.');
});

test('earlier_versions_are_read', async () => {
  const { changes: all } = changes(() => Promise.reject(new Error('not asked')));
  const { signal } = new AbortController();

  expect(await all.revisions(own, signal)).toEqual([{ text: 'before', writtenAt: own.sentAt }]);
});

test('a_message_can_be_edited_by_its_author_until_the_window_closes', () => {
  const limits = { editWindowMs: 60_000 };

  expect(mayEdit(own, alice.id, aRoom(), {}, sentAt + 9e9)).toBe(true);
  expect(mayEdit(own, alice.id, aRoom(), limits, sentAt + 60_000)).toBe(true);
  expect(mayEdit(own, alice.id, aRoom(), limits, sentAt + 60_001)).toBe(false);
  expect(editableFor(own, limits, sentAt + 20_000)).toBe(40_000);
  expect(mayEdit(aMessage(2), alice.id, aRoom(), {}, sentAt)).toBe(false);
  expect(mayEdit({ ...own, deletedAt: own.sentAt }, alice.id, aRoom(), {}, sentAt)).toBe(false);
  expect(mayEdit(own, alice.id, aRoom({ archivedAt: own.sentAt }), {}, sentAt)).toBe(false);
});

test('a_message_can_be_deleted_by_its_author_and_by_who_moderates_its_room', () => {
  const theirs = aMessage(2);

  expect(mayDelete(own, alice.id, aRoom())).toBe(true);
  expect(mayDelete(theirs, alice.id, aRoom({ role: 'member' }))).toBe(false);
  expect(mayDelete(theirs, alice.id, aRoom({ role: 'moderator' }))).toBe(true);
  expect(mayDelete(theirs, alice.id, aRoom({ role: 'owner', kind: 'direct' }))).toBe(false);
  expect(mayDelete(own, alice.id, aRoom({ archivedAt: own.sentAt }))).toBe(false);
});
