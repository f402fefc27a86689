import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { NodeIO } from '@gltf-transform/core';
import { ALL_EXTENSIONS } from '@gltf-transform/extensions';
import { beforeAll, describe, expect, it } from 'vitest';
import { createTracks, trackOf, type SampledTracks } from '../curves/sampledTracks';
import { ACTIVE_EMOTIONS } from '../emotion/emotions';
import { NEUTRAL_EMOTIONS } from '../emotion/emotionCurves';
import { closureReport, SHUT_OPENING } from '../performance/constraints/closureReport';
import { performByRules } from '../performance/pipeline';
import { HAND_MADE_SCRIPT, heldEmotion, inputOf, prosodyOf } from '../performance/testing/handMadeLine';
import { isBilabial, isLabiodental } from '../speech/phonemes';
import type { PhonemeSegment } from '../speech/segments';
import { CLOSED_GAP_SHARE, lipGap, lipsClosed, readLipLandmarks, type LipLandmarks } from './lipGap';
import { lipOpening } from './lipOpening';

const asset = (name: string) => fileURLToPath(new URL(`../../assets/${name}`, import.meta.url));

async function defaultCharacterLips(): Promise<LipLandmarks> {
  const marks = JSON.parse(readFileSync(asset('character/landmarks.json'), 'utf8'));
  const document = await new NodeIO().registerExtensions(ALL_EXTENSIONS).readBinary(readFileSync(asset('character/mien.glb')));
  const mesh = document
    .getRoot()
    .listMeshes()
    .find((entry) => entry.getName() === marks.mesh)!;
  const primitive = mesh.listPrimitives()[0];
  const names = mesh.getExtras().targetNames as string[];
  const targets = primitive
    .listTargets()
    .map((target, index) => ({ name: names[index], deltas: target.getAttribute('POSITION')!.getArray()! }));
  return readLipLandmarks(
    primitive.getAttribute('POSITION')!.getArray()!,
    targets,
    marks.lips.allContactPairs,
    marks.restMouthWidthMetres,
  );
}

/** The bundled lines with the true phone times their synthesiser reported. */
function bundledLines(): { name: string; phonemes: PhonemeSegment[]; durationSeconds: number }[] {
  return ['sample', 'anger', 'fear']
    .filter((name) => existsSync(asset(`dialogue/${name}.phones.json`)))
    .map((name) => {
      const rows = JSON.parse(readFileSync(asset(`dialogue/${name}.phones.json`), 'utf8')) as [
        PhonemeSegment['phoneme'],
        number,
        number,
      ][];
      const phonemes = rows.map(([phoneme, startSeconds, endSeconds]) => ({ phoneme, startSeconds, endSeconds, confidence: 1 }));
      return { name, phonemes, durationSeconds: phonemes[phonemes.length - 1].endSeconds };
    });
}

describe('lip gap on the default character', () => {
  let lips: LipLandmarks;
  beforeAll(async () => {
    lips = await defaultCharacterLips();
  });
  const openingOnMesh = (tracks: SampledTracks) => (frame: number) =>
    (lipGap(lips, tracks, frame) / (CLOSED_GAP_SHARE * lips.restMouthWidthMetres)) * SHUT_OPENING;

  it('is shut at rest, wide open at jawOpen 1, and shut again when mouthClose equals jawOpen', () => {
    const tracks = createTracks(5);
    trackOf(tracks, 'jawOpen').set([0, 1, 0.25, 0.5, 1]);
    trackOf(tracks, 'mouthClose').set([0, 0, 0.25, 0.5, 1]);
    expect(lipsClosed(lips, tracks, 0)).toBe(true);
    expect(lipGap(lips, tracks, 1)).toBeGreaterThan(0.3 * lips.restMouthWidthMetres);
    for (const frame of [2, 3, 4]) expect(lipsClosed(lips, tracks, frame)).toBe(true);
  });

  it('agrees with the channel-only opening within 15 %', () => {
    const tracks = performByRules(inputOf(HAND_MADE_SCRIPT));
    const wholeJaw = createTracks(1);
    trackOf(wholeJaw, 'jawOpen')[0] = 1;
    const unit = lipGap(lips, wholeJaw, 0);
    for (let frame = 0; frame < tracks.frameCount; frame++) {
      const [mesh, curves] = [lipGap(lips, tracks, frame) / unit, lipOpening(tracks, frame)];
      expect(Math.abs(mesh - curves)).toBeLessThan(0.15 * Math.max(mesh, 0.2));
    }
  });

  it('lips meet on every P B M of the bundled lines, in every emotion, and on nothing else', () => {
    const lines = bundledLines();
    expect(lines.length).toBeGreaterThan(0);
    for (const emotion of ['neutral', ...ACTIVE_EMOTIONS] as const) {
      let closed = 0;
      let total = 0;
      let falselyShut = 0;
      let others = 0;
      for (const { phonemes, durationSeconds } of lines) {
        const emotions = emotion === 'neutral' ? NEUTRAL_EMOTIONS : heldEmotion(emotion, 1);
        const prosody = prosodyOf(phonemes, durationSeconds);
        const tracks = performByRules({ ...inputOf('SIL:10'), phonemes, durationSeconds, prosody, emotions });
        const report = closureReport(tracks, phonemes, openingOnMesh(tracks));
        closed += report.closed;
        total += report.total;
        for (const segment of phonemes) {
          if (segment.phoneme === 'SIL' || isBilabial(segment.phoneme) || isLabiodental(segment.phoneme)) continue;
          others++;
          if (lipsClosed(lips, tracks, Math.round((segment.startSeconds + segment.endSeconds) * 30))) falselyShut++;
        }
      }
      expect(total).toBeGreaterThan(15);
      expect(closed / total, emotion).toBeGreaterThanOrEqual(0.99);
      expect(falselyShut / others, emotion).toBeLessThanOrEqual(0.02);
    }
  });

  it('sees a mouth that does not close', () => {
    const input = inputOf(HAND_MADE_SCRIPT, { style: { ...inputOf('SIL:10').style, closureStrength: 0 } });
    const tracks = performByRules(input);
    expect(closureReport(tracks, input.phonemes, openingOnMesh(tracks)).closed).toBeLessThan(3);
  });
});
