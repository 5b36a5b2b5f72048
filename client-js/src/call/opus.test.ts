import { afterEach, expect, test, vi } from 'vitest';
import { askForRepetition, askForSilence } from './opus';

afterEach(() => {
  vi.unstubAllGlobals();
});

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

test('sound_is_asked_for_twice_where_the_browser_knows_how_and_as_ever_where_it_does_not', () => {
  const asked: (readonly RTCRtpCodec[])[] = [];
  const transceiver = { setCodecPreferences: (codecs: readonly RTCRtpCodec[]) => asked.push(codecs) };
  const ask = (...known: readonly string[]): void => {
    const codecs = known.map((mimeType) => ({ mimeType }));
    vi.stubGlobal('RTCRtpReceiver', { getCapabilities: () => ({ codecs }) });
    askForRepetition(transceiver as unknown as RTCRtpTransceiver);
  };

  ask('audio/opus', 'audio/G722');
  expect(asked).toEqual([]);

  ask('audio/opus', 'audio/RED', 'audio/G722');
  expect(asked[0]?.map(({ mimeType }) => mimeType)).toEqual(['audio/RED', 'audio/opus', 'audio/G722']);
});
