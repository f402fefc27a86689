import { expect, it } from 'vitest';
import { createRetarget } from './retarget';

const profile = (mesh?: string) => ({
  mapping: [{ channel: 'jawOpen' as const, target: 'open', gain: 1, ...(mesh !== undefined && { mesh }) }],
  gains: {},
  limits: {},
  neutralOffset: {},
});

it('a row without a mesh acts once on every mesh, one without a name too; a row of that mesh acts there only', () => {
  const everywhere = createRetarget(profile()).weightsFor(() => 0.5);
  expect([everywhere('open', 'face'), everywhere('open', '')]).toEqual([0.5, 0.5]);
  const there = createRetarget(profile('')).weightsFor(() => 0.5);
  expect([there('open', ''), there('open', 'face')]).toEqual([0.5, 0]);
});
