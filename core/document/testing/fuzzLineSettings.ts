import { setAudioLink, setInOut, setLipNudge, setReferenceVideo, setStartTimecode } from '../commands/lineSettings';
import type { DocumentEdit } from '../documentStore';
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
  setStartTimecode: ({ fuzz, lineId }) => {
    const timecode = fuzz.chance(0.6) ? { text: '01:00:10:12', rate: '24' } : null;
    return (draft) => setStartTimecode(draft, { lineId, timecode });
  },
};
