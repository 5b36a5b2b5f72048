import { expect, test } from 'vitest';
import { askForSilence } from './opus';

const head = 'm=audio 9 UDP/TLS/RTP/SAVPF 111 0\r\na=rtpmap:111 opus/48000/2\r\n';

test('what_a_browser_says_of_opus_is_kept_and_the_wish_added', () => {
  const said = `${head}a=fmtp:111 minptime=10;useinbandfec=1\r\na=rtpmap:0 PCMU/8000\r\n`;

  expect(askForSilence(said)).toBe(`${head}a=fmtp:111 minptime=10;useinbandfec=1;usedtx=1\r\na=rtpmap:0 PCMU/8000\r\n`);
});

test('a_wish_that_is_there_is_said_once_and_one_that_contradicts_is_replaced', () => {
  const once = askForSilence(`${head}a=fmtp:111 usedtx=0;minptime=10\r\n`);

  expect(once).toBe(`${head}a=fmtp:111 minptime=10;useinbandfec=1;usedtx=1\r\n`);
  expect(askForSilence(once)).toBe(once);
});

test('opus_without_any_settings_gets_some_and_a_description_without_opus_stays', () => {
  expect(askForSilence(head)).toBe(`${head}a=fmtp:111 useinbandfec=1;usedtx=1\r\n`);
  expect(askForSilence('m=video 9 UDP/TLS/RTP/SAVPF 96\r\n')).toBe('m=video 9 UDP/TLS/RTP/SAVPF 96\r\n');
});
