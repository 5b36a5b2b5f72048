import { expect, test } from 'vitest';
import type { Rung } from './ladder';
import type { Load } from './sending';
import { applyLimits, limitsFor, showWhole } from './sending';

const load = (about: Partial<Load> = {}): Load => ({ peers: 1, rung: '720p', motion: false, ...about });

/** A sender that keeps what is set. */
function sender(width: number, height: number): RTCRtpSender & { readonly set: RTCRtpEncodingParameters } {
  const encoding: RTCRtpEncodingParameters = {};
  return {
    track: { getSettings: () => ({ width, height }) },
    getParameters: () => ({ encodings: [encoding] }),
    setParameters: () => Promise.resolve(),
    set: encoding,
  } as unknown as RTCRtpSender & { set: RTCRtpEncodingParameters };
}

test('a_picture_is_scaled_to_the_lines_of_its_rung_whichever_way_a_phone_is_held', async () => {
  const camera = sender(1280, 720);
  await applyLimits('video', camera, load({ rung: '180p' }));
  expect(camera.set).toMatchObject({ active: true, scaleResolutionDownBy: 4, maxBitrate: 150_000, maxFramerate: 15 });

  const phone = sender(720, 1280);
  await applyLimits('video', phone, load({ rung: '360p' }));
  expect(phone.set.scaleResolutionDownBy).toBe(2);

  const small = sender(320, 240);
  await applyLimits('video', small, load({ rung: '360p' }));
  expect(small.set.scaleResolutionDownBy).toBe(1);
});

test('sound_comes_first_and_outlives_the_picture', () => {
  expect(limitsFor('audio', load()).priority).toBe('high');
  expect(limitsFor('video', load()).priority).toBe('low');
  expect(limitsFor('audio', load({ rung: 'audio' }))).toMatchObject({ active: true, maxBitrate: 16_000 });
  expect(limitsFor('video', load({ rung: 'audio' })).active).toBe(false);
  expect(limitsFor('screen', load({ rung: 'audio' })).active).toBe(false);
});

test('the_more_people_the_less_each_gets_and_above_four_a_screen_is_all_there_is_to_see', () => {
  const lines = [1, 2, 3].map((peers) => limitsFor('video', load({ peers })).height);
  expect(lines).toEqual([720, 360, 360]);
  expect(limitsFor('video', load({ peers: 2, rung: '180p' })).height).toBe(180);
  expect(limitsFor('video', load({ peers: 4 })).active).toBe(false);
  expect(limitsFor('screen', load({ peers: 4, rung: '360p' })).active).toBe(true);
});

test('below_the_best_picture_the_rungs_alone_decide_how_many_lines_it_has', () => {
  const preference = (rung: Rung): string => limitsFor('video', load({ rung })).degradationPreference;

  expect(preference('720p')).toBe('maintain-framerate');
  expect(preference('360p')).toBe('maintain-resolution');
  expect(preference('180p')).toBe('maintain-resolution');
});

test('text_stays_sharp_and_what_moves_stays_smooth', () => {
  expect(limitsFor('screen', load()).degradationPreference).toBe('maintain-resolution');
  expect(limitsFor('screen', load({ motion: true })).degradationPreference).toBe('maintain-framerate');
  expect(limitsFor('video', load()).degradationPreference).toBe('maintain-framerate');
});

test('a_whole_picture_is_asked_of_the_encoder_and_one_that_cannot_is_left_alone', async () => {
  const asked: unknown[] = [];
  const camera = sender(640, 360);
  camera.setParameters = (_, options) => Promise.resolve(void asked.push(options));
  await showWhole(camera);
  expect(asked).toEqual([{ encodingOptions: [{ keyFrame: true }] }]);

  camera.setParameters = () => Promise.reject(new TypeError('unknown'));
  await expect(showWhole(camera)).resolves.toBeUndefined();
});
