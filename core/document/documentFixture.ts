import { DEFAULT_STYLE } from '../performance/performanceEngine';
import type { PhonemeSegment } from '../speech/segments';
import { addLine, emptyProject } from './commands/lines';
import { RecordDraft } from './recordDraft';
import { applyDiff } from './recordDiff';
import type { DocumentRecords, LineId } from './records';

export const FIXTURE_LINE: LineId = 'line:fixture';

/** A small two second line, "Maybe now", for tests of the document and the panels. */
export function fixtureRecords(): DocumentRecords {
  const edges: [PhonemeSegment['phoneme'], number][] = [
    ['SIL', 0.2],
    ['M', 0.32],
    ['EY', 0.5],
    ['B', 0.58],
    ['IY', 0.8],
    ['SIL', 1.1],
    ['N', 1.22],
    ['AW', 1.6],
    ['SIL', 2],
  ];
  let startSeconds = 0;
  const phonemes = edges.map(([phoneme, endSeconds]) => {
    const segment = { phoneme, startSeconds, endSeconds, confidence: 0.8 };
    startSeconds = endSeconds;
    return segment;
  });
  const words = [
    { text: 'Maybe', startSeconds: 0.2, endSeconds: 0.8, confidence: 0.9 },
    { text: 'now', startSeconds: 1.1, endSeconds: 1.6, confidence: 0.9 },
  ];
  const base = emptyProject('Fixture');
  const draft = new RecordDraft(base);
  addLine(draft, {
    line: {
      id: FIXTURE_LINE,
      kind: 'line',
      name: 'maybe_now',
      audioFile: 'audio/maybe.wav',
      durationSeconds: 2,
      transcript: 'Maybe now',
      engine: 'rules',
      seed: 1,
      style: DEFAULT_STYLE,
      activeTakeId: '',
      takeIds: [],
      layerIds: [],
    },
    speech: {
      id: `speech:${FIXTURE_LINE}`,
      kind: 'speech',
      lineId: FIXTURE_LINE,
      words,
      phonemes,
      recognisedPhonemes: phonemes,
      recognisedWords: words,
    },
  });
  return applyDiff(base, draft.diff());
}
