import { describe, expect, it, vi } from 'vitest';
import { PlaybackClock, type MediaLike } from './playbackClock';

class FakeMedia implements MediaLike {
  src = '';
  currentTime = 0;
  playbackRate = 1;
  paused = true;
  play = () => {
    this.paused = false;
    return this.playResult();
  };
  playResult: () => Promise<void> = () => Promise.resolve();
  pause() {
    this.paused = true;
  }
}

const limits = { startSeconds: 0, endSeconds: 2, isLooping: false };

function setUp() {
  const media = new FakeMedia();
  let now = 1000;
  const onMissing = vi.fn();
  const clock = new PlaybackClock(media, () => now, onMissing);
  clock.setSource('mien-media://line/a.wav');
  return { media, clock, onMissing, wait: (milliseconds: number) => (now += milliseconds) };
}

describe('PlaybackClock', () => {
  it('follows the sound, not the wall clock', () => {
    const { media, clock, wait } = setUp();
    clock.play(1);
    wait(500);
    media.currentTime = 0.43;
    expect(clock.tick(limits)).toBe(0.43);
  });

  it('plays at the asked speed and stops at the end', () => {
    const { media, clock } = setUp();
    clock.play(0.5);
    expect(media.playbackRate).toBe(0.5);
    media.currentTime = 2.01;
    expect(clock.tick(limits)).toBe(2);
    expect(clock.isPlaying).toBe(false);
    expect(media.paused).toBe(true);
  });

  it('goes back to the start of the loop', () => {
    const { media, clock } = setUp();
    clock.seek(0.9);
    clock.play(1);
    media.currentTime = 1.51;
    clock.tick({ startSeconds: 0.5, endSeconds: 1.5, isLooping: true });
    expect(media.currentTime).toBe(0.5);
    expect(clock.isPlaying).toBe(true);
  });

  it('runs on real time when the sound never moves, and says so once', () => {
    const { clock, onMissing, wait } = setUp();
    clock.play(1);
    wait(300);
    expect(clock.tick(limits)).toBe(0);
    wait(500);
    clock.tick(limits);
    wait(250);
    expect(clock.tick(limits)).toBeCloseTo(0.25);
    expect(onMissing).toHaveBeenCalledTimes(1);
  });

  it('runs on real time when play is refused', async () => {
    const { media, clock, wait } = setUp();
    media.playResult = () => Promise.reject(new DOMException('no device', 'NotSupportedError'));
    clock.play(1);
    await Promise.resolve();
    await Promise.resolve();
    wait(400);
    expect(clock.tick(limits)).toBeCloseTo(0.4);
  });

  it('plays backwards without sound', () => {
    const { media, clock, wait } = setUp();
    clock.seek(1.5);
    clock.play(-2);
    expect(media.paused).toBe(true);
    wait(500);
    expect(clock.tick(limits)).toBeCloseTo(0.5);
    wait(500);
    expect(clock.tick(limits)).toBe(0);
    expect(clock.isPlaying).toBe(false);
  });

  it('runs on real time without a source, and never gives the element an empty one', () => {
    const { media, clock, wait, onMissing } = setUp();
    clock.setSource('');
    expect(media.src).toBe('mien-media://line/a.wav');
    clock.play(1);
    expect(media.paused).toBe(true);
    wait(300);
    expect(clock.tick(limits)).toBeCloseTo(0.3);
    expect(onMissing).not.toHaveBeenCalled();
  });

  it('keeps playing through a seek', () => {
    const { media, clock } = setUp();
    clock.play(1);
    clock.seek(1.2);
    expect(media.currentTime).toBe(1.2);
    media.currentTime = 1.25;
    expect(clock.tick(limits)).toBe(1.25);
  });

  it('is silent before the sound and meets it at time 0', () => {
    const { media, clock, wait } = setUp();
    const rolled = { startSeconds: -0.5, endSeconds: 2, isLooping: false };
    clock.seek(-0.5);
    clock.play(1);
    expect(media.paused).toBe(true);
    wait(300);
    expect(clock.tick(rolled)).toBeCloseTo(-0.2);
    expect(media.paused).toBe(true);
    wait(210);
    clock.tick(rolled);
    expect(media.paused).toBe(false);
    media.currentTime = 0.3;
    expect(clock.tick(rolled)).toBe(0.3);
  });

  it('goes on in silence behind the sound, to the end of the line', () => {
    const { media, clock, wait } = setUp();
    const rolled = { startSeconds: 0, endSeconds: 3, isLooping: false };
    clock.setSource('mien-media://line/a.wav', 2);
    clock.play(1);
    media.currentTime = 1.99;
    clock.tick(rolled);
    wait(500);
    expect(clock.tick(rolled)).toBeCloseTo(2.49);
    wait(600);
    expect(clock.tick(rolled)).toBe(3);
    expect(clock.isPlaying).toBe(false);
  });
});
