/** One short note from that loudspeaker, by device id (empty for the system's): whether one hears it is for the person to say. */
export async function tryTone(speakerId: string): Promise<void> {
  const context: AudioContext & { setSinkId?: (id: string) => Promise<void> } = new AudioContext();
  // a browser that cannot choose, or a loudspeaker that is gone: the system's
  await context.setSinkId?.(speakerId).catch(() => undefined);
  note(context, 587, 0, 0.3);
  note(context, 784, 0.35, 0.5);
  setTimeout(() => void context.close(), 1_500);
}

/** A tone that repeats until it is stopped: two short notes for ringing, one long one while the other side rings. */
export function playTone(kind: 'ring' | 'ring-back'): () => void {
  let context: AudioContext;
  try {
    context = new AudioContext();
  } catch {
    return () => undefined;
  }
  const play = (): void => {
    if (kind === 'ring') {
      note(context, 587, 0, 0.22);
      note(context, 784, 0.26, 0.34);
    } else {
      note(context, 425, 0, 1);
    }
  };
  play();
  const timer = setInterval(play, kind === 'ring' ? 2_200 : 5_000);
  return () => {
    clearInterval(timer);
    void context.close();
  };
}

/** One note that swells and fades, so that it does not click. */
function note(context: AudioContext, hertz: number, inSeconds: number, seconds: number): void {
  const start = context.currentTime + inSeconds;
  const volume = context.createGain();
  volume.gain.setValueAtTime(0, start);
  volume.gain.linearRampToValueAtTime(0.12, start + 0.03);
  volume.gain.setValueAtTime(0.12, start + seconds - 0.08);
  volume.gain.linearRampToValueAtTime(0, start + seconds);
  const tone = context.createOscillator();
  tone.frequency.value = hertz;
  tone.connect(volume).connect(context.destination);
  tone.start(start);
  tone.stop(start + seconds);
}
