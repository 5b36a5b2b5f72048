/**
 * Asks the other side to send next to nothing while nobody speaks (`usedtx`), and enough to mend a lost packet (`useinbandfec`): what
 * stands in a description is what its author wants to receive (RFC 7587, section 6.1), so that it is added to what is said, not to
 * what is set here.
 */
export function askForSilence(sdp: string): string {
  const opus = /^a=rtpmap:(\d+) opus\/48000\/2\r?$/im.exec(sdp)?.[1];
  if (opus === undefined) return sdp;
  const line = new RegExp(`^(a=fmtp:${opus} )([^\\r\\n]*)`, 'm');
  if (!line.test(sdp)) {
    return sdp.replace(/^(a=rtpmap:\d+ opus\/48000\/2)(\r?\n)/im, `$1$2a=fmtp:${opus} ${wished.join(';')}$2`);
  }
  return sdp.replace(line, (_, start: string, said: string) => {
    const kept = said.split(';').filter((part) => !/^\s*(usedtx|useinbandfec)=/.test(part));
    return start + [...kept, ...wished].join(';');
  });
}

const wished: readonly string[] = ['useinbandfec=1', 'usedtx=1'];

/**
 * Asks the other side to say everything twice: each packet also carries the 20 ms before it (RFC 2198), so that a packet lost by chance
 * is not heard. Opus' own correction (`useinbandfec`) mends less, and speech only. It costs what the sound itself takes, without headers
 * (https://www.w3.org/TR/webrtc/#dom-rtcrtptransceiver-setcodecpreferences: the order of a description is the wish of its author).
 * Browsers that do not know it go on without.
 */
export function askForRepetition(transceiver: RTCRtpTransceiver): void {
  const codecs = RTCRtpReceiver.getCapabilities('audio')?.codecs ?? [];
  const twice = codecs.filter(isRepetition);
  if (twice.length > 0) transceiver.setCodecPreferences([...twice, ...codecs.filter((codec) => !isRepetition(codec))]);
}

function isRepetition({ mimeType }: RTCRtpCodec): boolean {
  return mimeType.toLowerCase() === 'audio/red';
}
