import { FIXTURE_LINE } from '../documentFixture';
import { addLine } from '../commands/lines';
import type { KeyRef } from '../channelSpans';
import type { DocumentEdit } from '../documentStore';
import { createIdSource, type IdSource } from '../ids';
import type { DocumentRecords, LayerId, LineId, LineRecord, SpeechRecord } from '../records';
import { layerCurvesOf, speechOf } from '../selectors';
import { richFixtureRecords } from './richFixture';

/** Draws numbers, choices and ids from one seed. */
export class Fuzz {
  readonly ids: IdSource;
  constructor(readonly random: () => number) {
    this.ids = createIdSource(random);
  }
  int(below: number): number {
    return Math.floor(this.random() * below);
  }
  between(low: number, high: number): number {
    return low + this.random() * (high - low);
  }
  chance(share: number): boolean {
    return this.random() < share;
  }
  pick<T>(list: readonly T[]): T {
    return list[this.int(list.length)];
  }
  some<T>(list: readonly T[], share = 0.5): T[] {
    return list.filter(() => this.random() < share);
  }
}

/** What an edit may aim at, drawn once: the edit itself is pure and may run again. */
export interface Aim {
  readonly fuzz: Fuzz;
  readonly records: DocumentRecords;
  readonly line: LineRecord;
  readonly lineId: LineId;
  readonly speech: SpeechRecord;
  readonly id: string;
  readonly index: number;
  readonly time: number;
  readonly value: number;
  readonly layerId: LayerId | null;
  readonly keys: readonly KeyRef[];
}

/** Draws an edit; null where there is nothing for it to act on. */
export type Maker = (aim: Aim) => DocumentEdit | null;

/** What an edit of this line may aim at. */
export function aimAt(fuzz: Fuzz, records: DocumentRecords, line: LineRecord): Aim {
  const speech = speechOf(records, line.id)!;
  const layerId = line.layerIds.length > 0 && fuzz.chance(0.8) ? fuzz.pick(line.layerIds) : null;
  const curves = layerId ? layerCurvesOf(records, layerId) : [];
  const all = curves.flatMap(({ channel, spans }) =>
    spans.flatMap((span) => span.keys.map((key): KeyRef => ({ layerId: layerId!, channel, keyId: key.id }))),
  );
  return {
    fuzz,
    records,
    line,
    lineId: line.id,
    speech,
    id: fuzz.ids.next(),
    index: fuzz.int(speech.phonemes.length),
    time: fuzz.between(-0.3, 2.2),
    value: fuzz.between(-0.2, 1.2),
    layerId,
    keys: fuzz.some(all),
  };
}

/** Words of another take: some gone, the others at other times in the same order. */
export function shaken(fuzz: Fuzz, words: SpeechRecord['words']): SpeechRecord['words'] {
  const kept = fuzz.some(words, 0.8);
  const times = Array.from({ length: kept.length * 2 }, () => fuzz.between(0, 2)).sort((a, b) => a - b);
  return kept
    .map((word, index) => ({ ...word, startSeconds: times[index * 2], endSeconds: times[index * 2 + 1] + 1e-6 }))
    .map((word, index, all) => ({ ...word, endSeconds: Math.min(word.endSeconds, all[index + 1]?.startSeconds ?? 2) }));
}

/** One more line like the fixture's, without takes and layers. */
export function addFixtureCopy(draft: Parameters<DocumentEdit>[0], id: string): void {
  const source = richFixtureRecords();
  const { takeMix: _mix, speakerId: _speaker, ...copied } = source[FIXTURE_LINE] as LineRecord;
  const line: LineRecord = { ...copied, id: `line:${id}`, activeTakeId: '', takeIds: [], layerIds: [] };
  addLine(draft, { line, speech: { ...speechOf(source, FIXTURE_LINE)!, id: `speech:line:${id}`, lineId: line.id } });
}
