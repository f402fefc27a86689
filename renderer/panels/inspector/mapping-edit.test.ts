import { describe, expect, it } from 'vitest';
import type { CharacterProfile } from '../../../core/rig/retarget/characterProfile';
import { profileReport, surenessOf } from '../../../core/rig/retarget/profileReport';
import { createRetarget } from '../../../core/rig/retarget/retarget';
import { addRow, addViseme, changeRow, changeViseme, removeRow, removeViseme, setLimits, setOffset } from './mapping-edit';

const PROFILE: CharacterProfile = {
  mapping: [
    { channel: 'jawOpen', target: 'Mouth_Open', gain: 1, confidence: 0.7 },
    { channel: 'mouthClose', target: 'Mouth_Open', gain: -1, confidence: 0.4 },
  ],
  gains: {},
  limits: {},
  neutralOffset: {},
};

const weightOf = (profile: CharacterProfile, jawOpen: number) =>
  createRetarget(profile).weightsFor((channel) => (channel === 'jawOpen' ? jawOpen : 0))('Mouth_Open', 'head');

describe('editing a mapping', () => {
  it('a row changed by hand counts as sure, the others stay as they were', () => {
    const next = changeRow(PROFILE, 0, { gain: -0.5 });
    expect(next.mapping[0]).toEqual({ channel: 'jawOpen', target: 'Mouth_Open', gain: -0.5 });
    expect(next.mapping[1]).toBe(PROFILE.mapping[1]);
    expect(weightOf(next, 1)).toBeCloseTo(-0.5);
  });

  it('limits and offset act on what is shown, and go away again', () => {
    const limited = setLimits(PROFILE, 'jawOpen', { min: 0.1, max: 0.4 });
    expect([weightOf(limited, 0), weightOf(limited, 1)]).toEqual([0.1, 0.4]);
    expect(setLimits(limited, 'jawOpen', { min: Number.NaN, max: 0.4 }).limits).toEqual({});
    expect(setLimits(PROFILE, 'jawOpen', { min: 1, max: 0 }).limits).toEqual({});
    const raised = setOffset(PROFILE, 'jawOpen', 0.2);
    expect(weightOf(raised, 0)).toBeCloseTo(0.2);
    expect(setOffset(raised, 'jawOpen', 0).neutralOffset).toEqual({});
  });

  it('rows and visemes come and go', () => {
    const more = addViseme(addRow(PROFILE, 'mouthPucker', 'Kiss'), 'aa', 'A');
    expect(more.mapping).toHaveLength(3);
    const louder = changeViseme(more, 0, { gain: 2 });
    expect(louder.visemes).toEqual([{ viseme: 'aa', target: 'A', gain: 2 }]);
    expect(removeViseme(removeRow(louder, 2), 0)).toEqual({ ...PROFILE, visemes: [] });
  });
});

describe('what a profile leaves out', () => {
  it('tells mapped, substituted, missing and unmoved apart', () => {
    const report = profileReport(PROFILE, ['Mouth_Open', 'Horns']);
    expect(report.mapped).toEqual(['jawOpen']);
    expect(report.substituted).toEqual([{ channel: 'mouthClose', by: ['Mouth_Open'] }]);
    expect(report.missing).toHaveLength(50);
    expect(report.unmoved).toEqual(['Horns']);
  });

  it('a rig with visemes misses no mouth shapes', () => {
    const { missing } = profileReport(addViseme(PROFILE, 'aa', 'A'), []);
    expect(missing.some((channel) => channel.startsWith('mouth'))).toBe(false);
    expect(missing).toContain('eyeBlinkLeft');
  });

  it('names how sure a row is', () => {
    expect([undefined, 1, 0.85, 0.5, 0.4].map(surenessOf)).toEqual(['hand', 'sure', 'likely', 'unsure', 'substitute']);
  });
});
