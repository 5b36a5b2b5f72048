import { describe, expect, test } from 'vitest';
import type { Conditions, Rung } from './ladder';
import { Ladder, caps } from './ladder';

/** A path of so many bits per second, read every two seconds as a browser would report it. */
class Path {
  readonly ladder = new Ladder();
  at = 0;
  bits = 5_000_000;
  loss = 0;
  rttMs = 30;
  limitation = 'none';
  filming = true;

  constructor() {
    this.ladder.settle(0);
  }

  read(): Conditions {
    const { rung } = this.ladder;
    const video = rung === 'audio' || !this.filming ? null : Math.min(caps[rung], Math.max(0, this.bits - 70_000));
    // what is not used is not measured
    const available = video === null ? Math.min(this.bits, 100_000) : this.bits;
    return {
      at: this.at,
      available,
      target: video,
      sent: video,
      loss: this.loss,
      rttMs: this.rttMs,
      limitation: this.limitation,
    };
  }

  run(seconds: number): Rung[] {
    const seen: Rung[] = [];
    for (let passed = 0; passed < seconds; passed += 2) {
      this.at += 2_000;
      seen.push(this.ladder.step(this.read()));
    }
    return seen;
  }

  leaves(rung: Rung): void {
    for (let tries = 0; this.ladder.rung === rung; tries += 1) {
      if (tries > 100) throw new Error(`stays at ${rung}`);
      this.run(2);
    }
  }
}

describe('the ladder', () => {
  test('a_good_path_bears_the_best_picture_all_the_time', () => {
    const path = new Path();

    expect(new Set(path.run(120))).toEqual(new Set(['720p']));
    expect(path.ladder.downs).toBe(0);
  });

  test('one_bad_reading_changes_nothing_and_two_do', () => {
    const path = new Path();
    path.run(20);

    path.bits = 300_000;
    expect(path.run(2)).toEqual(['720p']);
    expect(path.run(2)).toEqual(['360p']);
  });

  test('a_path_that_breaks_down_skips_the_rungs_it_does_not_bear', () => {
    const path = new Path();
    path.run(20);

    path.bits = 80_000;

    expect(path.run(4)).toEqual(['720p', 'audio']);
  });

  test('estimates_that_begin_low_are_not_believed_at_once', () => {
    const path = new Path();
    path.bits = 300_000;
    expect(new Set(path.run(4))).toEqual(new Set(['720p']));

    path.bits = 3_000_000;

    expect(new Set(path.run(20))).toEqual(new Set(['720p']));
  });

  test('after_a_limit_is_lifted_360p_is_back_within_twenty_seconds_and_720p_a_rung_later', () => {
    const path = new Path();
    path.bits = 220_000;
    path.run(120);
    // the worst moment: a try has just failed
    path.leaves('180p');
    path.leaves('360p');

    path.bits = 5_000_000;

    expect(path.run(20)).toContain('360p');
    expect(path.run(20).at(-1)).toBe('720p');
  });

  test('a_narrow_path_is_tried_again_but_seldom_and_left_at_the_first_bad_reading', () => {
    const path = new Path();
    path.bits = 80_000;
    path.run(20);

    const seen = path.run(300);

    const tries = seen.filter((rung) => rung !== 'audio').length;
    expect(tries).toBeGreaterThan(2);
    expect(tries).toBeLessThan(15);
    expect(seen.some((rung, index) => rung !== 'audio' && seen[index + 1] !== 'audio' && index + 1 < seen.length)).toBe(
      false,
    );
  });

  test('loss_by_chance_is_borne_and_loss_that_comes_with_delay_is_not', () => {
    const path = new Path();
    path.loss = 0.05;
    expect(path.run(60).at(-1)).toBe('720p');
    path.loss = 0.15;
    expect(path.run(60).at(-1)).toBe('720p');

    path.rttMs = 200;
    expect(path.run(4)).toEqual(['720p', '360p']);

    path.rttMs = 30;
    path.loss = 0.3;
    expect(path.run(4)).toEqual(['360p', '180p']);
  });

  test('a_path_that_is_long_is_not_a_path_that_is_full', () => {
    const path = new Path();
    path.rttMs = 300;
    path.loss = 0.15;
    path.run(20);
    expect(path.ladder.rung).toBe('720p');

    // another way from now on, and a longer one
    path.rttMs = 600;
    path.ladder.settle(path.at);

    expect(path.run(60).at(-1)).toBe('720p');
  });

  test('the_last_picture_is_not_given_up_for_a_moments_weakness', () => {
    const path = new Path();
    path.bits = 200_000;
    path.run(10);
    expect(path.ladder.rung).toBe('180p');

    path.bits = 90_000;
    expect(path.run(4)).toEqual(['180p', '180p']);
    path.bits = 200_000;
    expect(path.run(4).at(-1)).toBe('180p');

    path.bits = 90_000;
    expect(path.run(6)).toEqual(['180p', '180p', 'audio']);
  });

  test('a_busy_computer_keeps_the_smallest_picture', () => {
    const path = new Path();
    path.limitation = 'cpu';

    expect(path.run(120).at(-1)).toBe('180p');
  });

  test('a_camera_that_is_off_says_nothing_about_the_path', () => {
    const path = new Path();
    path.filming = false;

    expect(new Set(path.run(60))).toEqual(new Set(['720p']));
  });

  test('a_computer_that_cannot_keep_up_sends_less_and_does_not_try_again_soon', () => {
    const path = new Path();
    path.limitation = 'cpu';
    expect(path.run(6).at(-1)).toBe('360p');

    path.limitation = 'none';

    expect(path.run(40).at(-1)).toBe('360p');
    expect(path.run(30).at(-1)).toBe('720p');
  });

  test('more_people_get_less_each_and_the_last_two_all_of_it_again', () => {
    const { ladder } = new Path();

    ladder.limit('360p');
    expect(ladder.rung).toBe('360p');
    ladder.limit('720p');

    expect(ladder.rung).toBe('720p');
  });
});
