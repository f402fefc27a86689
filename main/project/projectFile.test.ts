import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { unzipSync, zipSync, type Zippable } from 'fflate';
import { describe, expect, it } from 'vitest';
import { MienError } from '../../core/errors';
import { decodeProsody, encodeProsody } from './prosodyCodec';
import { exampleProject, exampleProsody, LINE_ID, packToBytes } from './testing/exampleProject';
import { unpackProject } from './unpackProject';

/** A document as a test may spoil it: nothing about it is known. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- spoiling is the point
type LooseDocument = Record<string, any>;

/** Unpacks, lets a test change the parts, and packs again with fitting hashes. */
async function tampered(
  change: (parts: Record<string, Uint8Array>, document: LooseDocument) => void,
  keepHashes = false,
): Promise<Uint8Array> {
  const parts = unzipSync(await packToBytes(exampleProject()));
  const document = JSON.parse(new TextDecoder().decode(parts['document.json'])) as LooseDocument;
  change(parts, document);
  if (!keepHashes) {
    document.files = Object.fromEntries(
      Object.entries(parts)
        .filter(([name]) => name !== 'document.json')
        .map(([name, bytes]) => [name, createHash('sha256').update(bytes).digest('hex')]),
    );
  }
  parts['document.json'] = new TextEncoder().encode(JSON.stringify(document));
  return zipSync(parts as Zippable);
}

function codeOf(work: () => unknown): string {
  try {
    work();
    return 'read';
  } catch (error) {
    if (!(error instanceof MienError)) throw error;
    expect(error.remedy.length).toBeGreaterThan(10);
    return error.code;
  }
}

describe('a project file', () => {
  it('gives back what was packed, to the bit', async () => {
    const content = exampleProject();
    const read = unpackProject(await packToBytes(content));
    expect(read.records).toEqual(content.records);
    expect(read.chunks).toEqual(content.chunks);
    for (const part of content.parts)
      expect(read.parts.get(part.name)).toEqual('bytes' in part.source ? part.source.bytes : null);
  });

  it('is the same bytes every time', async () => {
    expect(await packToBytes(exampleProject())).toEqual(await packToBytes(exampleProject()));
  });

  it('can be read by an ordinary unzip', async () => {
    const names = Object.keys(unzipSync(await packToBytes(exampleProject())));
    expect(names).toEqual(['audio/line-1.wav', 'analysis/x.prosody', 'chunks.bin', 'document.json']);
  });

  it('of a newer Mien is refused with its own code', async () => {
    const bytes = await tampered((_parts, document) => (document.schemaVersion = 3));
    expect(codeOf(() => unpackProject(bytes))).toBe('project-from-future');
  });
});

describe('a project file of schema 1', () => {
  it('opens with everything in it', async () => {
    // Written by the version that had schema 1 (fixtures/schema-1.mien is its exampleProject).
    const read = unpackProject(new Uint8Array(readFileSync(new URL('fixtures/schema-1.mien', import.meta.url))));
    const { records, chunks } = exampleProject();
    expect(read.records).toEqual(records);
    expect(read.chunks).toEqual(chunks);
  });
});

describe('a project file that cannot be trusted', () => {
  it.each<[string, (parts: Record<string, Uint8Array>, document: LooseDocument) => void]>([
    ['without curves', (parts) => delete parts['chunks.bin']],
    ['with curves cut off', (parts) => (parts['chunks.bin'] = parts['chunks.bin'].slice(0, -4))],
    ['with NaN in the curves', (parts) => parts['chunks.bin'].fill(0xff, 0, 8)],
    ['with an unknown kind of record', (_parts, document) => (document.records['layer:l1'].kind = 'virus')],
    ['with a record under another id', (_parts, document) => (document.records['layer:x'] = document.records['layer:l1'])],
    ['with a line that names no take', (_parts, document) => (document.records[LINE_ID].takeIds = ['take:none'])],
    ['with a take that names no curves', (_parts, document) => (document.records['take:t1'].chunkIds = ['chunk:zzz'])],
    ['with a speech that names no line', (_parts, document) => (document.records[`speech:${LINE_ID}`].lineId = 'line:none')],
    ['with a line of a year', (_parts, document) => (document.records[LINE_ID].durationSeconds = 3e7)],
    ['with keys out of order', (_parts, document) => document.records['curve:layer:l1:jawOpen'].spans[0].keys.reverse()],
    ['with a key at no time', (_parts, document) => (document.records[`emotion:${LINE_ID}:joy`].keys[0].timeSeconds = null)],
    ['with phonemes that overlap', (_parts, document) => (document.records[`speech:${LINE_ID}`].phonemes[1].startSeconds = 0.1)],
    ['with a phoneme nobody knows', (_parts, document) => (document.records[`speech:${LINE_ID}`].phonemes[1].phoneme = 'QQ')],
    ['with a channel nobody knows', (_parts, document) => (document.records['curve:layer:l1:jawOpen'].channel = 'earWiggle')],
    ['with no project record', (_parts, document) => delete document.records.project],
    ['with records that are a list', (_parts, document) => (document.records = [])],
    ['with no schema version', (_parts, document) => delete document.schemaVersion],
    ['with schema version 0', (_parts, document) => (document.schemaVersion = 0)],
    ['with a negative seed', (_parts, document) => (document.records[LINE_ID].seed = -1)],
  ])('%s is refused', async (_name, change) => {
    const bytes = await tampered(change);
    expect(codeOf(() => unpackProject(bytes))).toBe('project-unreadable');
  });

  it('with a changed sound is refused', async () => {
    const bytes = await tampered((parts) => (parts['audio/line-1.wav'][17] ^= 1), true);
    expect(codeOf(() => unpackProject(bytes))).toBe('project-unreadable');
  });

  it('with names that lead out of the archive never gives those names to anyone', async () => {
    const bytes = await tampered((parts) => {
      for (const name of ['../evil', 'audio/../../evil', '/etc/evil', 'audio\\evil', 'audio/a/b', 'other.txt'])
        parts[name] = new Uint8Array([1]);
    }, true);
    const read = unpackProject(bytes);
    expect([...read.parts.keys()].sort()).toEqual(['analysis/x.prosody', 'audio/line-1.wav']);
  });

  it('that claims to unpack to more than memory is refused before it is unpacked', async () => {
    const bytes = await packToBytes(exampleProject());
    const lie = bytes.slice();
    const view = new DataView(lie.buffer);
    // Central directory headers: uncompressed size is at offset 24.
    for (let at = 0; at < lie.length - 46; at++)
      if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 0xfffffff0, true);
    expect(codeOf(() => unpackProject(lie))).toBe('project-unreadable');
  });

  it('without a document is refused', async () => {
    const parts = unzipSync(await packToBytes(exampleProject()));
    delete parts['document.json'];
    expect(codeOf(() => unpackProject(zipSync(parts as Zippable)))).toBe('project-unreadable');
  });

  it.each([
    ['nothing', new Uint8Array(0)],
    ['text', new TextEncoder().encode('this is not a zip')],
    ['an empty zip', zipSync({})],
    ['JSON that is no JSON', zipSync({ 'document.json': new TextEncoder().encode('{"a":') })],
    ['JSON that is a string', zipSync({ 'document.json': new TextEncoder().encode('"hello"') })],
    ['deep JSON', zipSync({ 'document.json': new TextEncoder().encode('['.repeat(200_000)) })],
    ['a document in Latin-1', zipSync({ 'document.json': new Uint8Array([0x7b, 0xe9, 0x7d]) })],
  ])('made of %s is refused', (_name, bytes) => {
    expect(codeOf(() => unpackProject(bytes))).toBe('project-unreadable');
  });

  it('damaged anywhere gives the project or one clear error, never anything else (seeded)', async () => {
    const whole = await packToBytes(exampleProject());
    const expected = exampleProject().records;
    let seed = 20251123;
    const random = () => {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
      return seed / 2 ** 32;
    };
    const outcomes = { read: 0, refused: 0 };
    for (let round = 0; round < 300; round++) {
      let bytes = whole.slice();
      const flips = 1 + Math.floor(random() * 8);
      for (let flip = 0; flip < flips; flip++) bytes[Math.floor(random() * bytes.length)] ^= 1 << Math.floor(random() * 8);
      if (random() < 0.3) bytes = bytes.slice(0, Math.floor(random() * bytes.length));
      try {
        // What is read in spite of damage (a time stamp, a checksum nobody needs) must be what was saved.
        expect(unpackProject(bytes).records).toEqual(expected);
        outcomes.read += 1;
      } catch (error) {
        if (!(error instanceof MienError)) throw error;
        outcomes.refused += 1;
      }
    }
    expect(outcomes.refused).toBeGreaterThan(100);
  });
});

describe('stored prosody', () => {
  it('comes back to the bit', () => {
    const prosody = exampleProsody();
    expect(decodeProsody(encodeProsody(prosody))).toEqual(prosody);
    const empty = exampleProsody(0);
    expect(decodeProsody(encodeProsody(empty))).toEqual(empty);
  });

  it('that is cut, of another kind or not finite is refused', () => {
    const bytes = encodeProsody(exampleProsody());
    const broken = [bytes.slice(0, 10), bytes.slice(0, -1), new Uint8Array(bytes.length), bytes.slice()];
    broken[3].fill(0xff, 40, 48);
    for (const candidate of broken) expect(codeOf(() => decodeProsody(candidate))).toBe('project-unreadable');
  });
});
