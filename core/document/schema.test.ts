import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { removeLine } from './commands/lines';
import { removeTake } from './commands/takes';
import { FIXTURE_LINE } from './documentFixture';
import { applyDiff } from './recordDiff';
import { RecordDraft } from './recordDraft';
import type { DocumentRecords } from './records';
import { brokenReference, RecordsSchema } from './schema';
import { richFixtureRecords } from './testing/richFixture';

const KINDS = [
  'channels',
  'character',
  'curve',
  'dictionary',
  'draft',
  'effort',
  'emotion',
  'event',
  'layer',
  'line',
  'lock',
  'lookat',
  'marker',
  'pose',
  'project',
  'speaker',
  'speech',
  'take',
];

/** A document as a test may spoil it: nothing about it is known. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- spoiling is the point
type Loose = Record<string, any>;

function spoilt(change: (records: Loose) => void): boolean {
  const records = JSON.parse(JSON.stringify(richFixtureRecords())) as Loose;
  change(records);
  return v.safeParse(RecordsSchema, records).success;
}

const line = FIXTURE_LINE;

describe('RecordsSchema', () => {
  it('takes a document with every kind of record and gives all of it back', () => {
    const records = JSON.parse(JSON.stringify(richFixtureRecords())) as DocumentRecords;
    expect([...new Set(Object.values(records).map((record) => record.kind))].sort()).toEqual(KINDS);
    const parsed = v.parse(RecordsSchema, records);
    expect(parsed).toEqual(records);
    expect(brokenReference(parsed, () => true)).toBeNull();
  });

  it.each<[string, (records: Loose) => void]>([
    ['an event that ends before it begins', (r) => (r[`event:${line}:blink1`].endSeconds = 0.1)],
    ['an event of an unknown type', (r) => (r[`event:${line}:blink1`].type = 'sneeze?')],
    ['an event of intensity 9', (r) => (r[`event:${line}:blink1`].intensity = 9)],
    ['a look over the shoulder and on', (r) => (r[`event:${line}:blink1`].target.yawRadians = 4)],
    ['a marker at no time', (r) => (r[`marker:${line}:m1`].timeSeconds = null)],
    ['a lock of an unknown region', (r) => (r[`lock:${line}:k1`].regions = ['ears'])],
    ['a lock of an unknown channel', (r) => (r[`lock:${line}:k1`].channels = ['earWiggle'])],
    ['a gain of infinity', (r) => (r[`channels:${line}`].channels.jawOpen.gain = 1e99)],
    ['settings of an unknown channel', (r) => (r[`channels:${line}`].channels.earWiggle = {})],
    ['a pose of an unknown channel', (r) => (r['pose:smile'].weights.earWiggle = 1)],
    ['a lip nudge of a second', (r) => (r[line].lipNudgeSeconds = 1)],
    ['a timecode of 99 seconds', (r) => (r[line].startTimecode.text = '01:00:99:00')],
    ['a timecode of an unknown rate', (r) => (r[line].startTimecode.rate = '61')],
    ['an absolute link', (r) => (r[line].audioLink.relativePath = '/etc/passwd')],
    ['a link to a drive', (r) => (r[line].audioLink.relativePath = 'C:/x.wav')],
    ['a link with backslashes', (r) => (r[line].audioLink.relativePath = '..\\x.wav')],
    ['a link with a control character', (r) => (r[line].audioLink.relativePath = 'a\u0000b')],
    ['a link without a hash', (r) => delete r[line].audioLink.sha256],
    ['a character file that is a path', (r) => (r['character:hero'].fileName = '../hero.glb')],
    ['a pronunciation in letters', (r) => (r.dictionary.entries[0].pronunciations = ['mean'])],
    ['a word without a pronunciation', (r) => (r.dictionary.entries[0].pronunciations = [])],
    ['weight keys out of order', (r) => r['layer:rich'].weightKeys.reverse()],
    ['a blend of 2', (r) => (r[line].takeMix.upper.blend = 2)],
    ['a language that is a sentence', (r) => (r[line].language = 'as we speak it')],
  ])('refuses %s', (_name, change) => {
    expect(spoilt(change)).toBe(false);
  });

  it('sees references of the new records that lead nowhere', () => {
    const without = (id: string) => {
      const { [id]: _gone, ...rest } = richFixtureRecords() as Loose;
      return brokenReference(rest as DocumentRecords, () => true);
    };
    for (const id of ['lookat:door', 'speaker:ilsa', 'character:hero', 'take:two']) expect(without(id)).toContain(id);
    expect(without('pose:smile')).toBeNull();
  });
});

describe('removing', () => {
  it('a line takes everything of it along and nothing else', () => {
    const records = richFixtureRecords();
    const draft = new RecordDraft(records);
    removeLine(draft, line);
    const left = applyDiff(records, draft.diff());
    expect(Object.keys(left).sort()).toEqual([
      'character:hero',
      'dictionary',
      'lookat:door',
      'pose:smile',
      'project',
      'speaker:ilsa',
    ]);
  });

  it('a take that is part of the mix is refused', () => {
    const draft = new RecordDraft(richFixtureRecords());
    removeTake(draft, { lineId: line, takeId: 'take:two' });
    expect(draft.diff()).toEqual({});
  });
});
