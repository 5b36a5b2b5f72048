import type { LocalTracks, Slot } from './local-media';
import { askForRepetition } from './opus';
import type { Load } from './sending';
import { applyLimits, showWhole } from './sending';

/** The order of the m-lines, the same on both sides and for ever: what is sent changes, the negotiation does not. */
export const slots: readonly Slot[] = ['audio', 'video', 'screen'];

/** The three places of the connection that there is at the moment: sound, picture and screen, there and back. */
export class Transceivers {
  readonly #connection: () => RTCPeerConnection | null;
  #settings: Promise<void> = Promise.resolve();

  constructor(connection: () => RTCPeerConnection | null) {
    this.#connection = connection;
  }

  /** The one who offers makes them. */
  add(connection: RTCPeerConnection, local: LocalTracks): void {
    for (const slot of slots) {
      const kind = slot === 'audio' ? 'audio' : 'video';
      const transceiver = connection.addTransceiver(local[slot] ?? kind, { direction: 'sendrecv' });
      if (kind === 'audio') askForRepetition(transceiver);
    }
  }

  /** The one who answers sends through those that the first offer made. */
  async adopt(connection: RTCPeerConnection, local: LocalTracks): Promise<void> {
    for (const [index, slot] of slots.entries()) {
      const transceiver = connection.getTransceivers()[index];
      if (transceiver === undefined) continue;
      if (transceiver.direction !== 'sendrecv') transceiver.direction = 'sendrecv';
      if (slot === 'audio') askForRepetition(transceiver);
      if (transceiver.sender.track !== local[slot]) await transceiver.sender.replaceTrack(local[slot]);
    }
  }

  slotOf(connection: RTCPeerConnection, transceiver: RTCRtpTransceiver): Slot | undefined {
    return slots[connection.getTransceivers().indexOf(transceiver)];
  }

  /** Sends another track, or none, without negotiating; whether it could. */
  async setTrack(slot: Slot, track: MediaStreamTrack | null): Promise<boolean> {
    const sender = this.#of(slot)?.sender;
    if (sender === undefined || sender.track === track) return false;
    try {
      await sender.replaceTrack(track);
      return true;
    } catch {
      // the connection was closed meanwhile; the next one takes its tracks from what there is then
      return false;
    }
  }

  applyLimits(load: () => Load): Promise<void> {
    return this.#setEach((slot, sender) => applyLimits(slot, sender, load()));
  }

  /** Shows the other side pictures that it understands without those before, which it has not got. */
  showWhole(): Promise<void> {
    return this.#setEach((slot, sender) => (slot === 'audio' ? Promise.resolve() : showWhole(sender)));
  }

  /** When the newest packet of sound or picture came, by a clock that only this connection has; null when none came lately. */
  newestPacket(): number | null {
    const came = (['audio', 'video'] as const).flatMap((slot) => this.sources(slot).map(({ timestamp }) => timestamp));
    return came.length === 0 ? null : Math.max(...came);
  }

  /** Whose packets came last in that place. */
  sources(slot: Slot): readonly RTCRtpSynchronizationSource[] {
    return this.#of(slot)?.receiver.getSynchronizationSources() ?? [];
  }

  /** One after the other: parameters that were read before others were set are refused. */
  #setEach(set: (slot: Slot, sender: RTCRtpSender) => Promise<void>): Promise<void> {
    this.#settings = this.#settings.then(async () => {
      for (const slot of slots) {
        const sender = this.#of(slot)?.sender;
        if (sender !== undefined) await set(slot, sender);
      }
    });
    return this.#settings;
  }

  #of(slot: Slot): RTCRtpTransceiver | undefined {
    return this.#connection()?.getTransceivers()[slots.indexOf(slot)];
  }
}
