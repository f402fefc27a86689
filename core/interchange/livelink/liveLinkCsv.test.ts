import { describe, expect, test } from 'vitest';
import { trackOf } from '../../curves/sampledTracks';
import { MienError } from '../../errors';
import { ARKIT_CHANNELS, PERFORMANCE_CHANNELS } from '../../rig/channels';
import { FRAME_RATES } from '../../time/frameRate';
import { seededRandom } from '../../testing/seededRandom';
import { corruptions } from '../testing/corruptBytes';
import { fixtureTracks } from '../testing/fixtureCharacter';
import { readLiveLinkCsv } from './readLiveLinkCsv';
import { formatTimecode, parseTimecode } from './timecode';
import { writeLiveLinkCsv } from './writeLiveLinkCsv';

const write = (frames: number, rate = '60'): string =>
  new TextDecoder().decode(writeLiveLinkCsv({ tracks: fixtureTracks(frames, FRAME_RATES[rate]) }));

describe('writing', () => {
  test('63 columns with the header of a real recording, 10 decimals, timecode HH:MM:SS:FF.mmm', () => {
    const lines = write(62).trimEnd().split('\n');
    const header = lines[0].split(',');
    expect(header.length).toBe(63);
    expect(header.slice(0, 4)).toEqual(['Timecode', 'BlendShapeCount', 'EyeBlinkLeft', 'EyeLookDownLeft']);
    expect(header.slice(16, 20)).toEqual(['JawForward', 'JawRight', 'JawLeft', 'JawOpen']);
    expect(header.slice(54)).toEqual(
      'HeadYaw,HeadPitch,HeadRoll,LeftEyeYaw,LeftEyePitch,LeftEyeRoll,RightEyeYaw,RightEyePitch,RightEyeRoll'.split(','),
    );
    expect(lines.length).toBe(63);
    expect(lines.at(-1)).toMatch(/^00:00:01:01\.000,61(,-?\d\.\d{10}){61}$/);
  });

  test('timecodes count frames', () => {
    expect(formatTimecode(59, 60)).toBe('00:00:00:59.000');
    expect(formatTimecode(60 * 3600 + 61, 60)).toBe('01:00:01:01.000');
    expect(parseTimecode('13:15:18:50.562')).toEqual({ seconds: 47718, frame: 50.562 });
    for (const bad of ['', '1:2:3', '25:00:00:00.000', '00:61:00:00.0', 'a:b:c:d', '00:00:00:00.000.0'])
      expect(parseTimecode(bad)).toBeNull();
  });
});

describe('reading', () => {
  test.each(['60', '30', '24'])('what was written at %s fps comes back within 1e-9', (rate) => {
    const tracks = fixtureTracks(300, FRAME_RATES[rate]);
    const { tracks: read, notices } = readLiveLinkCsv(new TextDecoder().decode(writeLiveLinkCsv({ tracks })));
    expect(notices).toEqual([]);
    expect(read.frameRate).toEqual(FRAME_RATES[rate]);
    expect(read.frameCount).toBe(300);
    let largest = 0;
    PERFORMANCE_CHANNELS.forEach((channel) => {
      const [seen, wanted] = [trackOf(read, channel), trackOf(tracks, channel)];
      wanted.forEach((value, frame) => (largest = Math.max(largest, Math.abs(seen[frame] - value))));
    });
    expect(largest).toBeLessThan(1e-9);
  });

  test('columns are found by name in any order; missing head and eyes stay zero and are named', () => {
    const shuffled = ['Timecode', 'BlendShapeCount', ...[...ARKIT_CHANNELS].reverse()];
    const cells = ['10:00:00:00.000', '52', ...[...ARKIT_CHANNELS].reverse().map((_, index) => `${index / 100}`)];
    const { tracks, notices } = readLiveLinkCsv(`\uFEFF${shuffled.join(',')}\r\n${cells.join(',')}\r\n`);
    expect(trackOf(tracks, 'tongueOut')[0]).toBe(0);
    expect(trackOf(tracks, 'eyeBlinkLeft')[0]).toBeCloseTo(0.51, 6);
    expect(trackOf(tracks, 'headYaw')[0]).toBe(0);
    expect(notices.join(' ')).toContain('headYaw');
  });

  test('rows on every second frame are filled by interpolation, past midnight too', () => {
    const text = [
      'Timecode,BlendshapeCount,JawOpen',
      '23:59:59:56.200,61,0',
      '23:59:59:58.200,61,0.2',
      '00:00:00:00.199,61,0.4',
      '00:00:00:02.199,61,0.8',
    ];
    const { tracks, notices } = readLiveLinkCsv(text.join('\n'));
    expect(Array.from(trackOf(tracks, 'jawOpen'), (value) => Number(value.toFixed(3)))).toEqual([
      0, 0.1, 0.2, 0.3, 0.4, 0.6, 0.8,
    ]);
    expect(notices[0]).toContain('interpolated: 3.');
  });

  test('rows without a face, as the app writes them, are bridged and counted', () => {
    const lines = ['Timecode,BlendShapeCount,JawOpen', '00:00:00:00.000,61,0.2', '00:00:00:01.000,0', '00:00:00:02.000,61,0.4'];
    const { tracks, notices } = readLiveLinkCsv(lines.join('\n'));
    expect(trackOf(tracks, 'jawOpen')[1]).toBeCloseTo(0.3, 6);
    expect(notices[0]).toContain('bridged: 1.');
  });

  test.each([
    ['', 'Timecode'],
    ['Timecode,BlendShapeCount,Nonsense\n00:00:00:00.000,1,0\n', 'ARKit'],
    ['Timecode,BlendShapeCount,JawOpen\n', 'no rows'],
    ['Timecode,BlendShapeCount,JawOpen\n00:00:00:00.000,61\n', 'Line 2'],
    ['Timecode,BlendShapeCount,JawOpen\n00:00:00:00.000,61,open\n', 'jawOpen'],
    ['Timecode,BlendShapeCount,JawOpen\n00:00:00:00.000,61,1\nlater,61,1\n', 'Line 3'],
    ['Timecode,BlendShapeCount,JawOpen,jawOpen\n00:00:00:00.000,61,1,1\n', 'Two columns'],
    ['Timecode,JawOpen\n00:00:00:00.000,0\n23:00:00:00.000,0\n22:00:00:00.000,1\n', 'hours'],
  ])('%j is refused and says why', (text, why) => {
    expect(() => readLiveLinkCsv(text)).toThrow(why);
  });

  test('damaged files give a recording or one clear error (seeded, 400 files)', () => {
    const whole = new TextEncoder().encode(write(12));
    const random = seededRandom(3);
    let read = 0;
    for (const bytes of corruptions(whole, 400, 7)) {
      const text = new TextDecoder().decode(bytes).slice(Math.floor(random() * 3));
      try {
        readLiveLinkCsv(text);
        read += 1;
      } catch (error) {
        expect(error).toBeInstanceOf(MienError);
      }
    }
    expect(read).toBeGreaterThan(0);
  });
});
