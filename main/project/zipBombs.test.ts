import { deflateSync, zipSync, type Zippable } from 'fflate';
import { describe, expect, it } from 'vitest';
import { MienError } from '../../core/errors';
import { exampleProject, packToBytes } from './testing/exampleProject';
import { unpackProject } from './unpackProject';

const MB = 1024 ** 2;

interface Entry {
  readonly name: string;
  /** What the headers say; the data may say something else. */
  readonly claimedBytes: number;
  readonly deflated: Uint8Array;
  /** Several entries may point at the data of an earlier one. */
  readonly sharesDataOf?: number;
}

/** A zip written header by header, so that it may lie and overlap. Checksums are 0: nobody gets as far as checking them. */
function forge(entries: readonly Entry[]): Uint8Array {
  const blocks: Buffer[] = [];
  const offsets: number[] = [];
  let at = 0;
  const push = (block: Buffer) => {
    blocks.push(block);
    at += block.length;
  };
  for (const { name, claimedBytes, deflated, sharesDataOf } of entries) {
    if (sharesDataOf !== undefined) {
      offsets.push(offsets[sharesDataOf]);
      continue;
    }
    offsets.push(at);
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt16LE(20, 4);
    head.writeUInt16LE(8, 8);
    head.writeUInt32LE(deflated.length, 18);
    head.writeUInt32LE(claimedBytes, 22);
    head.writeUInt16LE(name.length, 26);
    push(Buffer.concat([head, Buffer.from(name), deflated]));
  }
  const directoryAt = at;
  entries.forEach(({ name, claimedBytes, deflated }, index) => {
    const head = Buffer.alloc(46);
    head.writeUInt32LE(0x02014b50, 0);
    head.writeUInt16LE(20, 6);
    head.writeUInt16LE(8, 10);
    head.writeUInt32LE(deflated.length, 20);
    head.writeUInt32LE(claimedBytes, 24);
    head.writeUInt16LE(name.length, 28);
    head.writeUInt32LE(offsets[index], 42);
    push(Buffer.concat([head, Buffer.from(name)]));
  });
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(at - directoryAt, 12);
  end.writeUInt32LE(directoryAt, 16);
  push(end);
  return new Uint8Array(Buffer.concat(blocks));
}

/** What unpacking says, and by how many bytes it raised the most memory this process ever had. */
function attack(bytes: Uint8Array): { readonly message: string; readonly grewBytes: number } {
  const before = process.resourceUsage().maxRSS;
  let message = 'read';
  try {
    unpackProject(bytes);
  } catch (error) {
    if (!(error instanceof MienError) || error.code !== 'project-unreadable') throw error;
    message = error.message;
  }
  return { message, grewBytes: (process.resourceUsage().maxRSS - before) * 1024 };
}

describe('zip bombs', () => {
  // 256 MB that really are in there, packed into a quarter of a megabyte.
  const claimedBytes = 256 * MB;
  const deflated = deflateSync(new Uint8Array(claimedBytes), { level: 9 });

  it('one that expands a thousandfold is refused before it is unpacked', () => {
    expect(claimedBytes / deflated.length).toBeGreaterThan(900);
    for (const name of ['audio/a.wav', 'chunks.bin', 'document.json', 'analysis/a.prosody']) {
      const { message, grewBytes } = attack(forge([{ name, claimedBytes, deflated }]));
      expect(message).toContain(`its part ${name} is too large`);
      expect(grewBytes).toBeLessThan(64 * MB);
    }
  });

  it('one whose headers lie about its size unpacks to no more than they say', () => {
    const { message, grewBytes } = attack(forge([{ name: 'document.json', claimedBytes: 1000, deflated }]));
    expect(message).toContain('cannot be read');
    expect(grewBytes).toBeLessThan(64 * MB);
  });

  it('one of many parts over the same bytes is refused by their sum', () => {
    const small = deflateSync(new Uint8Array(60 * MB), { level: 9 });
    const entries = Array.from({ length: 40 }, (_, index) => ({
      name: `audio/${index}.wav`,
      claimedBytes: 60 * MB,
      deflated: small,
      ...(index > 0 && { sharesDataOf: 0 }),
    }));
    const { message, grewBytes } = attack(forge(entries));
    expect(message).toContain('it is too large');
    expect(grewBytes).toBeLessThan(64 * MB);
  });

  it('with more parts than any project has is refused, whatever they are called', () => {
    const tiny = deflateSync(new Uint8Array(1));
    const entries = Array.from({ length: 20_001 }, (_, index) => ({ name: `x${index}`, claimedBytes: 1, deflated: tiny }));
    expect(attack(forge(entries)).message).toContain('too many parts');
  });

  it('a bomb inside a sound of the project is only bytes: nothing is unpacked twice', async () => {
    const inner = zipSync({ 'a.bin': [new Uint8Array(64 * MB), { level: 9 }] } as Zippable);
    const content = exampleProject();
    const bytes = await packToBytes({ ...content, parts: [{ name: 'audio/line-1.wav', source: { bytes: inner } }] });
    expect(unpackProject(bytes).parts.get('audio/line-1.wav')).toEqual(inner);
  });
});
