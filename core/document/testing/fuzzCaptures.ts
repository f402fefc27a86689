import { CURVE_FRAME_RATE } from '../../time/frameRate';
import { createTracks, trackOf } from '../../curves/sampledTracks';
import type { PlacedCapture } from '../../performance/placeCapture';
import { addCaptureLayer, addCaptureTake, capturedSpan } from '../commands/importCapture';
import { setBundledAdjustments } from '../commands/bundledAdjustments';
import { setStageCharacter } from '../commands/stageCharacter';
import type { Maker } from './fuzzAim';

/** Makers for captured faces and the character on stage. */
export const FUZZ_CAPTURES: Readonly<Record<string, Maker>> = {
  addCaptureLayer: ({ lineId, id, time }) => {
    const capture = { ...fuzzCapture(), offsetSeconds: Math.max(0, Math.min(1.5, time)) };
    const spans = new Map(
      capture.channels.map((channel) => [
        channel,
        capturedSpan(capture, channel, { frameRate: CURVE_FRAME_RATE, frameCount: 121 }, `${id}-${channel}`),
      ]),
    );
    return (draft) => addCaptureLayer(draft, { lineId, layerId: `layer:${id}`, name: 'face', spans });
  },
  addCaptureTake:
    ({ lineId, id }) =>
    (draft) =>
      addCaptureTake(draft, {
        lineId,
        takeId: `take:${id}`,
        name: 'face',
        inputHash: id,
        frameCount: 121,
        chunkIds: [`chunk:${id}`],
      }),
  setStageCharacter: ({ fuzz }) => {
    const name = fuzz.pick([null, 'elder', 'child']);
    return (draft) => setStageCharacter(draft, name);
  },
  setBundledAdjustments: ({ fuzz }) => {
    const [name, offset] = [fuzz.pick(['mien', 'elder']), fuzz.pick([0, 0.2])];
    const neutralOffset = offset === 0 ? {} : { jawOpen: offset };
    return (draft) => setBundledAdjustments(draft, name, { gains: {}, limits: {}, neutralOffset });
  },
};

/** Half a second of two captured channels. */
function fuzzCapture(): Omit<PlacedCapture, 'offsetSeconds'> {
  const tracks = createTracks(31);
  const channels = ['jawOpen', 'headYaw'] as const;
  for (const channel of channels) trackOf(tracks, channel).forEach((_, at, all) => (all[at] = 0.3 + 0.3 * Math.sin(at / 4)));
  return { tracks, channels };
}
