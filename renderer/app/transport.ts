import type { StoreApi } from 'zustand/vanilla';
import { frameToSeconds, secondsToNearestFrame } from '../../core/time/frameRate';
import type { TimeRange } from '../../core/time/timeRange';
import type { LineMedia } from '../../main/ipc/api';
import { PlaybackClock, type MediaLike } from '../playback/playbackClock';
import { shownExtent, type LineModelState } from '../stores/lineModel';
import type { SessionState } from '../stores/sessionState';
import { displayFrameRate, type ViewState } from '../stores/viewState';

/** Numbers that follow the playhead change this often while playing: fast enough to read, slow enough to leave time for the face. */
const READOUT_INTERVAL_MS = 80;
/** J and L pressed again go this much faster, up to the last. */
const SHUTTLE_RATES = [1, 2, 4];
/** How long a scrub is heard: long enough to tell a vowel, short enough to stop with the hand. */
const SCRUB_SNIPPET_MS = 90;

export interface TransportParts {
  readonly media: MediaLike;
  readonly nowMs: () => number;
  readonly requestFrame: (callback: () => void) => unknown;
  readonly session: StoreApi<SessionState>;
  readonly view: StoreApi<ViewState>;
  readonly lineModel: StoreApi<LineModelState>;
  readonly notify: (text: string) => void;
}

/** Play, shuttle, step and scrub: turns what the user wants into the clock's terms and the clock's time into the playhead. */
export class Transport {
  private readonly clock: PlaybackClock;
  private readoutMs = 0;
  private isLoopRunning = false;
  private scrubTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly parts: TransportParts) {
    this.clock = new PlaybackClock(parts.media, parts.nowMs, () => {
      parts.session.setState({ hasSoundDevice: false });
      parts.notify('No sound device answers: playing without sound.');
    });
    parts.lineModel.subscribe((state, before) => {
      if (state.model?.media?.mediaUrl !== before.model?.media?.mediaUrl) this.changeSource(state.model?.media ?? null);
    });
  }

  /** Where the playhead can go: the line with its rolls. */
  private get extent(): TimeRange {
    return shownExtent(this.parts.lineModel.getState());
  }

  toggle(): void {
    if (this.parts.session.getState().isPlaying) this.stop();
    else this.play(this.parts.session.getState().speed);
  }

  play(rate: number): void {
    const { lineModel, session } = this.parts;
    if (!lineModel.getState().model) return;
    const limits = this.limits();
    const position = session.getState().playheadSeconds;
    // Play at the end starts again; play outside a loop starts in it.
    const isOutside = position < limits.startSeconds || position >= limits.endSeconds - 1e-3;
    if (rate > 0 && isOutside) this.moveTo(limits.startSeconds);
    this.clock.seek(session.getState().playheadSeconds);
    this.clock.play(rate);
    session.setState({ isPlaying: true });
    this.runLoop();
  }

  stop(): void {
    this.clock.stop();
    this.parts.session.setState({ isPlaying: false });
    this.moveTo(this.parts.session.getState().playheadSeconds);
  }

  /** J or L: starts, and goes faster each time. */
  shuttle(direction: 1 | -1): void {
    const isSame = this.clock.isPlaying && Math.sign(this.clock.speed) === direction;
    const faster = SHUTTLE_RATES.find((rate) => rate > Math.abs(this.clock.speed)) ?? SHUTTLE_RATES[SHUTTLE_RATES.length - 1];
    this.play(direction * (isSame ? faster : 1));
  }

  setSpeed(speed: number): void {
    this.parts.session.setState({ speed });
    if (this.clock.isPlaying) this.play(speed);
  }

  seek(timeSeconds: number): void {
    this.moveTo(timeSeconds);
    this.clock.seek(this.parts.session.getState().playheadSeconds);
  }

  /** Seek that is heard for a moment, when nothing plays. */
  scrub(timeSeconds: number): void {
    this.seek(timeSeconds);
    const { media, session, lineModel } = this.parts;
    const { isPlaying, hasSoundDevice } = session.getState();
    const { model } = lineModel.getState();
    if (isPlaying || !hasSoundDevice || !model?.media) return;
    const { playheadSeconds } = session.getState();
    if (playheadSeconds < 0 || playheadSeconds >= model.line.durationSeconds) return;
    media.playbackRate = 1;
    media.play().catch(() => undefined);
    clearTimeout(this.scrubTimer);
    this.scrubTimer = setTimeout(() => !session.getState().isPlaying && media.pause(), SCRUB_SNIPPET_MS);
  }

  /** Whole frames of the display rate; the playhead snaps to them. */
  step(frames: number): void {
    const rate = displayFrameRate(this.parts.view.getState());
    const frame = secondsToNearestFrame(this.parts.session.getState().playheadSeconds, rate) + frames;
    if (this.clock.isPlaying) this.stop();
    this.seek(frameToSeconds(frame, rate));
  }

  private changeSource(media: LineMedia | null): void {
    this.clock.stop();
    this.clock.setSource(media?.mediaUrl ?? '', media?.durationSeconds);
    this.parts.session.setState({ isPlaying: false, playheadSeconds: 0, readoutSeconds: 0, range: null });
  }

  private limits(): TimeRange & { isLooping: boolean } {
    const { isLooping, range } = this.parts.session.getState();
    return { ...(isLooping && range ? range : this.extent), isLooping };
  }

  private moveTo(timeSeconds: number): void {
    const { startSeconds, endSeconds } = this.extent;
    const playheadSeconds = Math.min(endSeconds, Math.max(startSeconds, timeSeconds));
    this.parts.session.setState({ playheadSeconds, readoutSeconds: playheadSeconds });
  }

  private runLoop(): void {
    if (this.isLoopRunning) return;
    this.isLoopRunning = true;
    const frame = () => {
      if (!this.clock.isPlaying) {
        this.isLoopRunning = false;
        return;
      }
      this.advance();
      this.parts.requestFrame(frame);
    };
    this.parts.requestFrame(frame);
  }

  private advance(): void {
    const { session, nowMs } = this.parts;
    const playheadSeconds = this.clock.tick(this.limits());
    if (!this.clock.isPlaying) {
      session.setState({ playheadSeconds, readoutSeconds: playheadSeconds, isPlaying: false });
      return;
    }
    const isReadoutDue = nowMs() - this.readoutMs > READOUT_INTERVAL_MS;
    if (isReadoutDue) this.readoutMs = nowMs();
    session.setState(isReadoutDue ? { playheadSeconds, readoutSeconds: playheadSeconds } : { playheadSeconds });
  }
}
