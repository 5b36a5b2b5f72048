import type { Notice } from '../notify/notifier';
import type { Tabs } from '../notify/tabs';
import { showMessage, shownRoom } from './route';

/** Puts a notice on the desktop; a click leads to this tab and to the message. Answers how it is taken away. */
export function showNotice({ title, body, tag, roomId, seq }: Notice): () => void {
  return show(title, { body, tag }, () => showMessage(roomId, seq));
}

/** Says on the desktop that somebody calls, as long as they do and nobody looks at this page. Answers how it is taken away. */
export function showRing(title: string, tag: string): () => void {
  if (document.visibilityState === 'visible' && document.hasFocus()) return () => undefined;
  // it stays until it is taken away: a call is not read but answered
  return show(title, { tag, requireInteraction: true }, () => undefined);
}

function show(title: string, options: NotificationOptions, then: () => void): () => void {
  if (typeof Notification === 'undefined' || Notification.permission !== 'granted') return () => undefined;
  try {
    const notification = new Notification(title, { ...options, icon: '/favicon.svg' });
    notification.onclick = () => {
      window.focus();
      then();
      notification.close();
    };
    return () => notification.close();
  } catch {
    // Phones let only service workers notify: there is the sound and the number in the title.
    return () => undefined;
  }
}

/** One soft, short note. A page that was never touched may not make a sound; then it is silent. */
export function ping(): void {
  let context: AudioContext;
  try {
    context = new AudioContext();
  } catch {
    return;
  }
  const volume = context.createGain();
  const start = context.currentTime;
  volume.gain.setValueAtTime(0, start);
  volume.gain.linearRampToValueAtTime(0.08, start + 0.02);
  volume.gain.exponentialRampToValueAtTime(0.001, start + 0.35);
  const tone = context.createOscillator();
  tone.frequency.value = 660;
  tone.connect(volume).connect(context.destination);
  tone.onended = () => void context.close();
  tone.start(start);
  tone.stop(start + 0.4);
}

/** Tells the other tabs what this one shows. Answers how that ends. */
export function watchScreen(tabs: Tabs): () => void {
  const look = (): void => {
    const seen = document.visibilityState === 'visible' && document.hasFocus();
    tabs.show(seen ? (shownRoom.peek() ?? '') : '');
  };
  const stop = shownRoom.subscribe(look);
  window.addEventListener('focus', look);
  window.addEventListener('blur', look);
  document.addEventListener('visibilitychange', look);
  return () => {
    stop();
    window.removeEventListener('focus', look);
    window.removeEventListener('blur', look);
    document.removeEventListener('visibilitychange', look);
  };
}
