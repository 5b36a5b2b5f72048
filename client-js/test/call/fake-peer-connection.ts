import type { Random } from './random';

type State = 'new' | 'connecting' | 'connected' | 'disconnected' | 'failed' | 'closed';

interface Described {
  readonly from: string;
  readonly connection: number;
  readonly generation: number;
  readonly answers?: { readonly connection: number; readonly generation: number };
}

export interface FakeTransceiver {
  readonly direction: string;
  readonly sender: object;
  readonly receiver: object;
  /** What the other side is asked to send, the best first. */
  preferred: readonly string[];
  readonly setCodecPreferences: (codecs: readonly RTCRtpCodec[]) => void;
}

/** The path between two sides of a model: it comes up when both have agreed on the same generation of both ends. */
export class FakeNetwork {
  readonly random: Random;
  /** No pair of candidates works. */
  stuck = false;
  readonly #ends = new Map<string, FakePeerConnection>();
  #counter = 0;

  constructor(random: Random) {
    this.random = random;
  }

  connection(name: string, configuration: RTCConfiguration = {}): FakePeerConnection {
    this.#counter += 1;
    const connection = new FakePeerConnection(this, name, this.#counter, configuration);
    this.#ends.set(name, connection);
    return connection;
  }

  /** Whether each side has applied what the other one means now. */
  agree(): boolean {
    const [one, other] = [...this.#ends.values()];
    return one !== undefined && other !== undefined && one.knows(other) && other.knows(one);
  }

  generation(): number {
    return Math.max(0, ...[...this.#ends.values()].map((end) => end.generation));
  }

  /** Both sides see the path change. */
  become(state: State): void {
    for (const end of this.#ends.values()) end.become(state);
  }

  settled(): void {
    if (this.stuck || !this.agree()) return;
    for (const end of this.#ends.values()) {
      setTimeout(() => {
        if (!this.stuck && this.agree()) end.become('connected');
      }, this.random.upTo(60));
    }
  }

  describe(): string {
    return [...this.#ends.values()].map((end) => end.describe()).join(' | ');
  }
}

/**
 * The states of an RTCPeerConnection (https://www.w3.org/TR/webrtc/#rtcsignalingstate-enum) without any media: operations are chained
 * and take a moment, `negotiationneeded` fires when stable and needed, and what does not fit the state is refused.
 */
export class FakePeerConnection extends EventTarget {
  signalingState: RTCSignalingState = 'stable';
  connectionState: State = 'new';
  iceConnectionState: State = 'new';
  localDescription: RTCSessionDescriptionInit | null = null;
  remoteDescription: RTCSessionDescriptionInit | null = null;
  generation = 0;
  readonly #network: FakeNetwork;
  readonly #name: string;
  readonly #number: number;
  #configuration: RTCConfiguration;
  #transceivers: readonly FakeTransceiver[] = [];
  #needed = false;
  #restart = false;
  #chain: Promise<void> = Promise.resolve();
  #remote: Described | null = null;

  constructor(network: FakeNetwork, name: string, number: number, configuration: RTCConfiguration) {
    super();
    this.#configuration = configuration;
    this.#network = network;
    this.#name = name;
    this.#number = number;
  }

  knows(other: FakePeerConnection): boolean {
    return (
      this.signalingState === 'stable' &&
      this.#remote?.connection === other.#number &&
      this.#remote.generation === other.generation
    );
  }

  describe(): string {
    return `${this.#name}#${this.#number} ${this.signalingState}/${this.connectionState} g${this.generation}`;
  }

  getConfiguration(): RTCConfiguration {
    return this.#configuration;
  }

  /** https://www.w3.org/TR/webrtc/#set-the-configuration: two things are chosen once and for all, and absent is not the same. */
  setConfiguration(configuration: RTCConfiguration): void {
    const { bundlePolicy, rtcpMuxPolicy } = this.#configuration;
    if (configuration.bundlePolicy !== bundlePolicy || configuration.rtcpMuxPolicy !== rtcpMuxPolicy) {
      throw new DOMException('cannot be changed', 'InvalidModificationError');
    }
    this.#configuration = configuration;
  }

  getTransceivers(): readonly FakeTransceiver[] {
    return this.#transceivers;
  }

  addTransceiver(): FakeTransceiver {
    const transceiver = this.#transceiver();
    this.#need();
    return transceiver;
  }

  restartIce(): void {
    if (this.signalingState === 'closed') return;
    this.#restart = true;
    this.#need();
  }

  setLocalDescription(): Promise<void> {
    return this.#operate(() => {
      const isOffer = this.signalingState === 'stable' || this.signalingState === 'have-local-offer';
      if (isOffer && this.signalingState === 'stable') {
        if (this.#restart || this.generation === 0) this.generation += 1;
        this.#restart = false;
        this.#needed = false;
      } else if (!isOffer && (this.generation === 0 || this.#remoteIsNewer())) {
        this.generation += 1;
      }
      const described: Described = {
        from: this.#name,
        connection: this.#number,
        generation: this.generation,
        ...(isOffer || this.#remote === null ? {} : { answers: this.#remote }),
      };
      this.localDescription = {
        type: isOffer ? 'offer' : 'answer',
        sdp: `${JSON.stringify(described)}\na=ice-ufrag:${this.#number}-${this.generation}`,
      };
      this.#move(isOffer ? 'have-local-offer' : 'stable');
      this.#find();
    });
  }

  setRemoteDescription({ type, sdp }: RTCSessionDescriptionInit): Promise<void> {
    return this.#operate(() => {
      if (!sdp?.startsWith('{')) throw new DOMException('cannot be read', 'OperationError');
      const described = JSON.parse(sdp.split('\n', 1)[0] ?? '') as Described;
      if (type === 'offer') {
        if (this.#remote !== null && this.#remote.connection !== described.connection) {
          throw new DOMException('another fingerprint', 'OperationError');
        }
        this.#answered = this.#remote?.generation ?? 0;
        while (this.#transceivers.length < 3) this.#transceiver();
        this.#remote = described;
        this.remoteDescription = { type, sdp };
        this.#move('have-remote-offer');
        return;
      }
      const mine = described.answers;
      if (this.signalingState !== 'have-local-offer') throw new DOMException('no offer', 'InvalidStateError');
      if (mine?.connection !== this.#number) throw new DOMException('answers another one', 'OperationError');
      this.#remote = described;
      this.remoteDescription = { type, sdp };
      this.#move('stable');
    });
  }

  addIceCandidate(): Promise<void> {
    return this.#operate(() => undefined);
  }

  getStats(): Promise<Map<string, object>> {
    return Promise.resolve(new Map<string, object>());
  }

  close(): void {
    this.signalingState = 'closed';
    this.connectionState = 'closed';
  }

  become(state: State): void {
    if (this.signalingState === 'closed' || this.connectionState === state) return;
    this.connectionState = state;
    this.iceConnectionState = state;
    this.dispatchEvent(new Event('iceconnectionstatechange'));
    this.dispatchEvent(new Event('connectionstatechange'));
  }

  #answered = 0;

  #remoteIsNewer(): boolean {
    return (this.#remote?.generation ?? 0) > this.#answered;
  }

  #transceiver(): FakeTransceiver {
    const sender = {
      track: null,
      replaceTrack: () => Promise.resolve(),
      getParameters: () => ({ encodings: [] }),
      setParameters: () => Promise.resolve(),
    };
    const receiver = { getSynchronizationSources: () => [] };
    const transceiver: FakeTransceiver = {
      direction: 'sendrecv',
      sender,
      receiver,
      preferred: [],
      setCodecPreferences: (codecs) => {
        transceiver.preferred = codecs.map(({ mimeType }) => mimeType);
      },
    };
    this.#transceivers = [...this.#transceivers, transceiver];
    return transceiver;
  }

  #need(): void {
    this.#needed = true;
    queueMicrotask(() => this.#fireNeeded());
  }

  #fireNeeded(): void {
    if (!this.#needed || this.signalingState !== 'stable') return;
    this.#needed = false;
    this.dispatchEvent(new Event('negotiationneeded'));
  }

  #move(state: RTCSignalingState): void {
    this.signalingState = state;
    if (state !== 'stable') return;
    if (this.#restart) this.#needed = true;
    queueMicrotask(() => this.#fireNeeded());
    this.#network.settled();
  }

  #find(): void {
    const candidate = { type: 'host', toJSON: () => ({ candidate: `candidate:${this.generation}`, sdpMid: '0' }) };
    for (const found of [candidate, null]) {
      setTimeout(() => {
        if (this.signalingState === 'closed') return;
        this.dispatchEvent(Object.assign(new Event('icecandidate'), { candidate: found }));
      }, this.#network.random.upTo(20));
    }
  }

  #operate(work: () => void): Promise<void> {
    const done = this.#chain.then(async () => {
      await this.#network.random.pause(10);
      if (this.signalingState === 'closed') throw new DOMException('closed', 'InvalidStateError');
      work();
    });
    this.#chain = done.catch(() => undefined);
    return done;
  }
}
