import { describe, expect, it } from 'vitest';
import { createTracks, trackOf, type SampledTracks } from '../../curves/sampledTracks';
import { resampleTracks } from '../../curves/resampleTracks';
import { FRAME_RATES } from '../../time/frameRate';
import { isSoundEvent } from '../events/performanceEvent';
import { performByRules, planPerformance } from '../pipeline';
import { HAND_MADE_SCRIPT, inputOf } from '../testing/handMadeLine';
import { closureReport } from './closureReport';
import { limitTracks } from './limitTracks';
import { lintTracks } from './lintTracks';
import { mouthMatchScore } from './mouthMatchScore';

const plain = inputOf(HAND_MADE_SCRIPT);
const line = { ...plain, style: { ...plain.style, breathAmount: 0 } };
const good = performByRules(line);
const copy = (tracks: SampledTracks): SampledTracks => ({
  ...tracks,
  channels: tracks.channels.map((samples) => samples.slice()),
});
const rules = (tracks: SampledTracks) => lintTracks(tracks, line.phonemes).map((finding) => finding.rule);

describe('limitTracks', () => {
  it('clamps weights, holds mouthClose under jawOpen, mends non-numbers and leaves its input alone', () => {
    const wild = copy(good);
    trackOf(wild, 'mouthSmileLeft').set([1.4, -0.3, NaN, Infinity], 0);
    trackOf(wild, 'mouthClose').fill(0.9);
    trackOf(wild, 'headYaw')[0] = 9;
    const limited = limitTracks(wild);
    expect(Array.from(trackOf(limited, 'mouthSmileLeft').slice(0, 4))).toEqual([1, 0, 0, 0]);
    trackOf(limited, 'mouthClose').forEach((value, frame) =>
      expect(value).toBeLessThanOrEqual(trackOf(limited, 'jawOpen')[frame]),
    );
    expect(trackOf(limited, 'headYaw')[0]).toBeCloseTo(Math.PI / 2, 6);
    expect(trackOf(wild, 'mouthSmileLeft')[0]).toBeCloseTo(1.4, 6);
  });

  it('changes nothing on tracks that are in range', () => {
    limitTracks(good).channels.forEach((samples, index) => expect(samples).toBe(good.channels[index]));
  });
});

describe('closureReport', () => {
  it('finds every closure of the rules engine, at every export rate', () => {
    expect(closureReport(good, line.phonemes)).toMatchObject({ closed: 6, total: 6, rate: 1 });
    for (const rate of Object.values(FRAME_RATES)) expect(closureReport(resampleTracks(good, rate), line.phonemes).rate).toBe(1);
  });

  it('misses them where lips are held open, and has no rate without P B M', () => {
    const open = copy(good);
    trackOf(open, 'mouthClose').fill(0);
    trackOf(open, 'jawOpen').fill(0.2);
    const report = closureReport(open, line.phonemes);
    expect(report.closed).toBe(0);
    expect(report.missed).toHaveLength(6);
    expect(closureReport(good, inputOf('SIL:300 AA:200 SIL:300').phonemes).rate).toBeNull();
  });
});

describe('lintTracks', () => {
  it('has nothing to say about a fresh performance', () => {
    expect(lintTracks(good, line.phonemes)).toEqual([]);
    // A breath may part the lips in silence.
    const { events } = planPerformance(plain);
    const breathing = performByRules(plain);
    expect(lintTracks(breathing, line.phonemes, events.filter(isSoundEvent))).toEqual([]);
    expect(lintTracks(breathing, line.phonemes)).not.toEqual([]);
  });

  it('names each fault', () => {
    const faulty = (change: (tracks: SampledTracks) => void) => {
      const tracks = copy(good);
      change(tracks);
      return rules(tracks);
    };
    expect(faulty((t) => (trackOf(t, 'jawOpen')[10] = NaN))).toContain('not-a-number');
    expect(faulty((t) => (trackOf(t, 'mouthSmileLeft')[10] = 1.2))).toContain('out-of-range');
    expect(faulty((t) => (trackOf(t, 'headYaw')[10] = 3))).toContain('out-of-range');
    expect(faulty((t) => trackOf(t, 'mouthClose').fill(0.8))).toContain('mouth-close-above-jaw-open');
    expect(faulty((t) => trackOf(t, 'mouthFunnel').fill(0.5))).toContain('closure-missed');
    expect(faulty((t) => trackOf(t, 'mouthFunnel').fill(0.5))).toContain('channel-constant');
    expect(faulty((t) => trackOf(t, 'jawOpen').forEach((_, k, jaw) => k < 15 && (jaw[k] = 0.1 * (k % 2))))).toContain(
      'motion-in-silence',
    );
    const still = createTracks(good.frameCount);
    expect(rules(still)).toContain('mouth-constant');
  });

  it('gives a readable sentence and at most a hundred frames', () => {
    const tracks = copy(good);
    trackOf(tracks, 'mouthSmileLeft').fill(2);
    const [finding] = lintTracks(tracks, line.phonemes).filter((entry) => entry.rule === 'out-of-range');
    expect(finding.message).toContain('mouthSmileLeft');
    expect(finding.frames!.length).toBeLessThanOrEqual(100);
  });
});

describe('controls: what must fail', () => {
  const scripts = [
    HAND_MADE_SCRIPT,
    'SIL:300 | W:80 IY1:140 | W:60 UH1:70 D:40 | M:70 IY1:150 T:80 | B:80 AY1:170 | DH:40 AH0:40 | R:80 IH1:90 V:60 ER0:110 | AH0:50 G:60 EH1:150 N:90 | SIL:400',
    'SIL:400 | S:120 T:60 AA1:150 P:90 | IH1:80 T:70 | SIL:300 | Y:60 UW1:120 | B:80 R:50 OW1:160 K:80 | EH1:90 V:60 R:60 IY0:90 | P:80 R:50 AA1:120 M:70 AH0:50 S:110 | SIL:400',
    'SIL:250 | P:90 L:50 IY1:160 Z:110 | SIL:200 | B:80 IY1:110 | V:60 EH1:90 R:50 IY0:80 | K:90 W:70 AY1:220 AH0:60 T:90 | SIL:300 | F:110 OW1:190 | CH:110 UW1:180 Z:100 | SIL:300',
    'SIL:350 | HH:70 AW1:210 | M:80 EH1:110 N:60 IY0:90 | F:90 IH1:90 SH:120 | SH:110 UH1:80 D:50 | B:80 UW1:140 M:90 | SIL:250 | JH:100 AO1:190 | SIL:300',
  ];
  const inputs = scripts.map((script) => inputOf(script));
  const performances = inputs.map((input) => performByRules(input));
  const own = inputs.map((input, index) => mouthMatchScore(performances[index], input.phonemes).score);
  const shuffled = inputs.flatMap((input, a) =>
    performances.filter((_, b) => b !== a).map((tracks) => mouthMatchScore(tracks, input.phonemes).score),
  );
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

  it('a performance matches its own phones', () => {
    own.forEach((score) => expect(score).toBeGreaterThan(0.6));
  });

  it('curves of one line against the phones of another score at chance', () => {
    expect(Math.abs(mean(shuffled))).toBeLessThan(0.15);
    expect(Math.max(...shuffled)).toBeLessThan(Math.min(...own));
  });

  it('a muted or constant mouth scores 0 and fails the lint', () => {
    const muted = createTracks(good.frameCount);
    const constant = createTracks(good.frameCount);
    trackOf(constant, 'jawOpen').fill(0.3);
    for (const tracks of [muted, constant]) {
      expect(mouthMatchScore(tracks, line.phonemes).score).toBe(0);
      expect(rules(tracks)).toContain('mouth-constant');
    }
    expect(closureReport(constant, line.phonemes).rate).toBe(0);
  });

  it('a mouth that comes 150 ms late is worse by far', () => {
    const late = copy(good);
    late.channels.forEach((samples) => samples.copyWithin(9, 0));
    expect(mouthMatchScore(late, line.phonemes).score).toBeLessThan(own[0] - 0.35);
  });
});
