import { describe, expect, it } from 'vitest';
import { isSoundEvent } from '../../core/performance/events/performanceEvent';
import { performByRules, planPerformance } from '../../core/performance/pipeline';
import { HAND_MADE_SCRIPT, inputOf } from '../../core/performance/testing/handMadeLine';
import { CharacterFiles } from '../character/characterFiles';
import { Stages } from './stages';

describe('Stages', () => {
  it('lets what breathes move the mouth in silence, and says so of anything else', () => {
    const line = inputOf([HAND_MADE_SCRIPT, HAND_MADE_SCRIPT].join(' | '), { seed: 9 });
    const stages = new Stages({ modelsFolder: '', assetsFolder: '', provider: 'cpu' }, new CharacterFiles(''));
    const tracks = performByRules(line);
    const breaths = planPerformance(line).events.filter(isSoundEvent);
    expect(breaths.length).toBeGreaterThan(0);
    expect(stages.findings(tracks, line.phonemes, breaths).findings).toEqual([]);
    expect(stages.findings(tracks, line.phonemes).findings.map(({ rule }) => rule)).toEqual(['motion-in-silence']);
  });
});
