import { expect, test } from 'vitest';
import type { Sign } from './silence';
import { Silence } from './silence';

/** Looked at every 200 ms, as a call does. */
class Path {
  readonly silence = new Silence();
  at = 0;
  newest: number | null = null;
  by: object | null = {};
  sends = true;
  alive = true;

  /** Packets come all the time. */
  bears(ms: number): Sign[] {
    return this.#run(ms, () => (this.newest = this.at));
  }

  /** None do; a browser forgets the last one after ten seconds. */
  fails(ms: number): Sign[] {
    return this.#run(ms, () => {
      if (this.newest !== null && this.at - this.newest > 10_000) this.newest = null;
    });
  }

  #run(ms: number, each: () => void): Sign[] {
    const signs: Sign[] = [];
    for (const end = this.at + ms; this.at < end;) {
      this.at += 200;
      each();
      const { at, newest, by, sends, alive } = this;
      signs.push(this.silence.weigh({ at, newest, by, sends, alive }));
    }
    return signs.filter((sign) => sign !== 'none');
  }
}

test('packets_that_come_ask_for_nothing', () => {
  const path = new Path();

  expect(path.bears(60_000)).toEqual([]);
});

test('before_the_first_packet_nothing_is_missed', () => {
  const path = new Path();

  expect(path.fails(60_000)).toEqual([]);
});

test('the_server_is_asked_first_and_another_path_after_a_second_and_again_until_packets_come', () => {
  const path = new Path();
  path.bears(5_000);

  expect(path.fails(800)).toEqual(['doubt']);
  expect(path.fails(400)).toEqual(['lost']);
  path.alive = false;
  expect(path.fails(28_000).filter((sign) => sign === 'lost')).toHaveLength(10);
  expect(path.bears(1_000)).toEqual(['over']);
});

test('the_pauses_of_a_silent_room_are_no_silence_of_the_path', () => {
  const path = new Path();
  path.bears(1_000);

  const signs = Array.from({ length: 20 }, () => [...path.fails(400), ...path.bears(200)]).flat();

  expect(signs).toEqual([]);
});

test('who_says_that_nothing_is_sent_is_not_missed_and_waited_for_from_when_something_is', () => {
  const path = new Path();
  path.bears(1_000);
  path.sends = false;
  expect(path.fails(20_000)).toEqual([]);

  path.sends = true;

  expect(path.fails(400)).toEqual([]);
  expect(path.fails(1_000)).toContain('lost');
});

test('a_path_that_the_browser_still_holds_to_be_alive_after_so_long_is_no_longer_suspected', () => {
  const path = new Path();
  path.bears(1_000);

  expect(path.fails(10_000)).toContain('lost');
  expect(path.fails(60_000)).toEqual([]);
});

test('a_new_connection_is_given_its_time', () => {
  const path = new Path();
  path.bears(1_000);
  path.alive = false;
  path.fails(3_000);

  path.by = {};
  path.newest = null;

  expect(path.fails(20_000)).toEqual([]);
  expect(path.bears(1_000)).toEqual([]);
  expect(path.fails(2_000)).toContain('lost');
});
