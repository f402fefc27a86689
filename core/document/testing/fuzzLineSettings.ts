import { setAudioLink, setInOut, setLipNudge, setReferenceVideo, setRolls, setStartTimecode } from '../commands/lineSettings';
import type { DocumentEdit } from '../documentStore';
import type { LineRecord } from '../records';
import type { Aim } from './fuzzAim';

const FUZZ_FILE = { relativePath: 'takes/a.wav', sha256: 'a'.repeat(64), bytes: 1 };

/** Makers for the commands of a line's settings. */
export const FUZZ_LINE_SETTINGS: Readonly<Record<string, (aim: Aim) => DocumentEdit>> = {
  setAudioLink: ({ fuzz, lineId }) => {
    const link = fuzz.chance(0.5) ? FUZZ_FILE : null;
    return (draft) => setAudioLink(draft, { lineId, link });
  },
  setInOut: ({ fuzz, lineId }) => {
    const range = fuzz.chance(0.7) ? { startSeconds: fuzz.between(-1, 3), endSeconds: fuzz.between(-1, 3) } : null;
    return (draft) => setInOut(draft, { lineId, range });
  },
  setLipNudge: ({ fuzz, lineId }) => {
    const nudgeSeconds = fuzz.between(-0.3, 0.3);
    return (draft) => setLipNudge(draft, { lineId, nudgeSeconds });
  },
  setReferenceVideo: ({ fuzz, lineId }) => {
    const video = fuzz.chance(0.6) ? { file: FUZZ_FILE, offsetSeconds: fuzz.between(-5, 5) } : null;
    return (draft) => setReferenceVideo(draft, { lineId, video });
  },
  setRolls: ({ fuzz, lineId }) => {
    const preRollSeconds = fuzz.chance(0.7) ? fuzz.between(-1, 2) : undefined;
    const postRollSeconds = fuzz.chance(0.7) ? fuzz.between(-1, 2) : undefined;
    // Rolls only grow here: what is keyed in one that shrinks stays outside the line, and the oracle wants keys inside.
    const grown = (seconds: number | undefined, before = 0) => seconds && Math.max(seconds, before);
    return (draft) => {
      const line = draft.get<LineRecord>(lineId);
      setRolls(draft, {
        lineId,
        preRollSeconds: grown(preRollSeconds, line.preRollSeconds),
        postRollSeconds: grown(postRollSeconds, line.postRollSeconds),
      });
    };
  },
  setStartTimecode: ({ fuzz, lineId }) => {
    const timecode = fuzz.chance(0.6) ? { text: '01:00:10:12', rate: '24' } : null;
    return (draft) => setStartTimecode(draft, { lineId, timecode });
  },
};
