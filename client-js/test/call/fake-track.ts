/** A track of a device that is not there. */
export class FakeTrack extends EventTarget {
  enabled = true;
  contentHint = '';
  readyState: MediaStreamTrackState = 'live';
  readonly label: string;

  constructor(
    readonly deviceId: string,
    readonly kind = 'video',
  ) {
    super();
    this.label = `the ${deviceId} one`;
  }

  static stream(deviceId: string): MediaStream {
    const track = new FakeTrack(deviceId);
    return { getTracks: () => [track] } as unknown as MediaStream;
  }

  getSettings(): MediaTrackSettings {
    return { deviceId: this.deviceId };
  }

  stop(): void {
    this.readyState = 'ended';
  }

  unplug(): void {
    this.stop();
    this.dispatchEvent(new Event('ended'));
  }
}
