import { readFile } from 'node:fs/promises';
import { decode } from 'fast-png';
import { beforeAll, describe, expect, it } from 'vitest';
import { createTracks } from '../../core/curves/sampledTracks';
import { findResources } from '../resources';
import { frameCharacter } from './camera';
import { loadCharacterScene, type CharacterScene } from './characterScene';
import { contactSheet, tellingTimes } from './contactSheet';
import { deformCharacter, REST_POSE } from './deformCharacter';
import { encodePng, type Picture } from './picture';
import { BACKGROUND_SRGB, renderFace } from './renderFace';

let scene: CharacterScene;
beforeAll(async () => {
  scene = await loadCharacterScene(new Uint8Array(await readFile(findResources().character)));
});

const draw = (weights: Record<string, number>, pose = REST_POSE, preset: 'face' | 'mouth' = 'face') =>
  renderFace(scene, weights, pose, frameCharacter(scene, preset), 120, 120);

/** Share of pixels whose colour differs by more than a twentieth. */
function difference(a: Picture, b: Picture): number {
  let changed = 0;
  for (let at = 0; at < a.rgb.length; at += 3)
    if (Math.abs(a.rgb[at] - b.rgb[at]) > 12 || Math.abs(a.rgb[at + 1] - b.rgb[at + 1]) > 12) changed++;
  return changed / (a.rgb.length / 3);
}

describe('renderFace', () => {
  it('draws a lit face before the background, the same every time', () => {
    const face = draw({});
    expect([...face.rgb.subarray(0, 3)]).toEqual([...BACKGROUND_SRGB]);
    const centre = (60 * 120 + 60) * 3;
    expect(face.rgb[centre]).toBeGreaterThan(face.rgb[centre + 2] + 15); // skin is warm
    expect(draw({}).rgb).toEqual(face.rgb);
  });

  it('shows shapes where they act: the jaw moves the mouth and chin, a blink the eyes', () => {
    const rows = (picture: Picture, from: number, to: number): Picture => ({
      ...picture,
      rgb: picture.rgb.subarray(from * 120 * 3, to * 120 * 3),
    });
    const between = (a: Picture, b: Picture, from: number, to: number) => difference(rows(a, from, to), rows(b, from, to));
    const rest = draw({});
    const jaw = draw({ jawOpen: 0.8 });
    const blink = draw({ eyeBlinkLeft: 1, eyeBlinkRight: 1 });
    expect(between(rest, jaw, 80, 120)).toBeGreaterThan(0.03);
    expect(between(rest, jaw, 0, 45)).toBeLessThan(0.003);
    expect(between(rest, blink, 45, 75)).toBeGreaterThan(0.01);
    expect(between(rest, blink, 80, 120)).toBeLessThan(0.003);
  });

  it("turns the head to where the channels say: yaw to the character's left, pitch down", () => {
    const noseOf = (pose = REST_POSE) => {
      const meshes = deformCharacter(scene, {}, pose);
      const head = meshes.find(({ mesh }) => mesh.name === 'Head')!;
      // Of a face that looks along +Z the nose is the foremost vertex at rest.
      const rest = meshes.indexOf(head);
      let foremost = 0;
      const positions = scene.meshes[rest].positions;
      for (let v = 0; v < positions.length / 3; v++) if (positions[v * 3 + 2] > positions[foremost * 3 + 2]) foremost = v;
      return head.positions.subarray(foremost * 3, foremost * 3 + 3);
    };
    const rest = noseOf();
    expect(noseOf({ ...REST_POSE, headYaw: 0.3 })[0]).toBeGreaterThan(rest[0] + 0.01);
    expect(noseOf({ ...REST_POSE, headPitch: 0.3 })[1]).toBeLessThan(rest[1] - 0.01);
  });

  it('ignores shapes the character lacks', () => {
    expect(draw({ noSuchShape: 1 }).rgb).toEqual(draw({}).rgb);
  });
});

describe('contactSheet', () => {
  const phonemes = [
    { phoneme: 'SIL', startSeconds: 0, endSeconds: 0.2, confidence: 1 },
    { phoneme: 'M', startSeconds: 0.2, endSeconds: 0.3, confidence: 1 },
    { phoneme: 'AA', startSeconds: 0.6, endSeconds: 0.8, confidence: 1 },
  ] as const;

  it('chooses closures and open vowels in turn', () => {
    const times = tellingTimes(phonemes, 1, 2);
    expect(times[0]).toBeCloseTo(0.25, 6);
    expect(times[1]).toBeCloseTo(0.7, 6);
  });

  it('is a PNG of the size it says', () => {
    const sheet = contactSheet(scene, { tracks: createTracks(61), phonemes }, { faces: 2, faceWidth: 60, faceHeight: 70 });
    const png = decode(encodePng(sheet));
    expect([png.width, png.height, png.channels]).toEqual([120, sheet.height, 3]);
    expect(Uint8Array.from(png.data)).toEqual(sheet.rgb);
  });
});
