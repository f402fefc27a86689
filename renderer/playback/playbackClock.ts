/** The part of an <audio> element the clock uses. */
export interface MediaLike {
  src: string;
  currentTime: number;
  playbackRate: number;
  readonly paused: boolean;
  play(): Promise<void>;
  pause(): void;
}

export interface ClockLimits {
  readonly startSeconds: number;
  readonly endSeconds: number;
  readonly isLooping: boolean;
}

/** How long sound may stand still after play before the clock counts as without a device. */
const SILENT_DEVICE_MS = 700;
/** Sound is only played between these rates (and never backwards); outside, the clock runs without it. */
const MIN_SOUND_RATE = 0.2;
const MAX_SOUND_RATE = 4;
/** The element stops a little before or behind the length it was announced with. */
const SOUND_END_SECONDS = 0.03;
/** Below this difference the sound is left alone; larger ones are sought. Under one frame at 60 fps. */
const SEEK_TOLERANCE_SECONDS = 0.012;

/**
 * The studio's one clock. The sound is the master where there is sound: the element's time is where the speaker is
 * (Chromium accounts for output latency in it). Without a device, backwards, or without media, real time takes over.
 * Before time 0 and behind the sound (pre- and post-roll) it is silent and real time runs.
 * Rendering never drives it: `tick` is asked once a frame and answers with the time to show.
 */
export class PlaybackClock {
  private running = false;
  private rate = 1;
  private positionSeconds = 0;
  private anchorMs = 0;
  private anchorSeconds = 0;
  private useSound = false;
  private soundStartedMs = 0;
  private soundStartedSeconds = 0;
  private deviceFailed = false;
  private source = '';
  private soundSeconds = Infinity;
  /** The sound waits for time 0. */
  private isBeforeSound = false;

  constructor(
    private readonly media: MediaLike,
    private readonly nowMs: () => number,
    private readonly onDeviceMissing: () => void = () => undefined,
  ) {}

  get isPlaying(): boolean {
    return this.running;
  }

  /** Playing speed; negative is backwards. */
  get speed(): number {
    return this.rate;
  }

  /** Takes another sound (of this length); '' for none. Each sound gets its own try at the device. */
  setSource(url: string, soundSeconds = Infinity): void {
    this.stop();
    this.positionSeconds = 0;
    this.deviceFailed = false;
    // An element given an empty address reports an error; without a source it simply keeps quiet.
    if (url !== '' && this.source !== url) this.media.src = url;
    this.source = url;
    this.soundSeconds = soundSeconds;
  }

  play(rate: number): void {
    this.rate = rate;
    this.running = true;
    this.anchor();
    this.startSound();
  }

  stop(): void {
    this.running = false;
    this.useSound = false;
    if (!this.media.paused) this.media.pause();
  }

  /** Moves to a time; keeps playing when it was. */
  seek(timeSeconds: number): void {
    this.positionSeconds = timeSeconds;
    this.anchor();
    if (this.running) this.startSound();
    else if (this.source !== '') this.media.currentTime = Math.max(0, timeSeconds);
  }

  /** The time to show now; stops or turns round at the limits. */
  tick(limits: ClockLimits): number {
    if (!this.running) return this.positionSeconds;
    this.positionSeconds = this.useSound ? this.soundPosition() : this.freePosition();
    this.meetSound(limits);
    const isForward = this.rate > 0;
    const isPast = isForward ? this.positionSeconds >= limits.endSeconds : this.positionSeconds <= limits.startSeconds;
    if (isPast && limits.isLooping) this.seek(isForward ? limits.startSeconds : limits.endSeconds);
    else if (isPast) {
      this.positionSeconds = isForward ? limits.endSeconds : limits.startSeconds;
      this.stop();
    }
    return this.positionSeconds;
  }

  /** Out of the silence before the sound into it, and out of it into the silence behind. */
  private meetSound(limits: ClockLimits): void {
    if (this.isBeforeSound && this.positionSeconds >= 0) this.startSound();
    const isOver = this.positionSeconds >= this.soundSeconds - SOUND_END_SECONDS;
    if (!this.useSound || !isOver || limits.endSeconds <= this.soundSeconds) return;
    // The element plays its last moment to the end by itself.
    this.useSound = false;
    this.anchor();
  }

  private anchor(): void {
    this.anchorMs = this.nowMs();
    this.anchorSeconds = this.positionSeconds;
  }

  private freePosition(): number {
    return this.anchorSeconds + ((this.nowMs() - this.anchorMs) / 1000) * this.rate;
  }

  private soundPosition(): number {
    const soundSeconds = this.media.currentTime;
    const hasMoved = Math.abs(soundSeconds - this.soundStartedSeconds) > 1e-4;
    if (hasMoved) return soundSeconds;
    const waitedMs = this.nowMs() - this.soundStartedMs;
    if (waitedMs > SILENT_DEVICE_MS && soundSeconds < this.soundStartedSeconds + 1e-4) this.giveUpSound();
    return this.useSound ? soundSeconds : this.freePosition();
  }

  private startSound(): void {
    const canSound = this.source !== '' && !this.deviceFailed && this.rate >= MIN_SOUND_RATE && this.rate <= MAX_SOUND_RATE;
    this.isBeforeSound = canSound && this.positionSeconds < 0;
    if (!canSound || this.isBeforeSound || this.positionSeconds >= this.soundSeconds - SOUND_END_SECONDS) {
      this.useSound = false;
      if (!this.media.paused) this.media.pause();
      return;
    }
    const target = Math.max(0, this.positionSeconds);
    if (Math.abs(this.media.currentTime - target) > SEEK_TOLERANCE_SECONDS) this.media.currentTime = target;
    this.media.playbackRate = this.rate;
    this.useSound = true;
    this.soundStartedMs = this.nowMs();
    this.soundStartedSeconds = this.media.currentTime;
    this.media.play().catch((error: unknown) => {
      // A pause that overtakes a play rejects it with AbortError; that is no fault of the device.
      if ((error as Error | null)?.name !== 'AbortError') this.giveUpSound();
    });
  }

  private giveUpSound(): void {
    if (!this.useSound) return;
    this.useSound = false;
    this.deviceFailed = true;
    this.media.pause();
    this.anchor();
    this.onDeviceMissing();
  }
}
