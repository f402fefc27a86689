import { describe, expect, it } from 'vitest';
import { FIXTURE_LINE, fixtureRecords } from '../../../core/document/documentFixture';
import { speechOf } from '../../../core/document/selectors';
import { hitPhoneme, phonemeBlocks, phonemeEdges, wordBlocks } from './phoneme-geometry';

const { phonemes, words } = speechOf(fixtureRecords(), FIXTURE_LINE)!;
const scale = { startSeconds: 0, pixelsPerSecond: 200, width: 300 };

describe('phoneme lane', () => {
  it('makes blocks of what is in sight, closures marked', () => {
    const blocks = phonemeBlocks(phonemes, scale, 1, new Set([3]));
    expect(blocks.map((block) => block.phoneme)).toEqual(['SIL', 'M', 'EY', 'B', 'IY', 'SIL', 'N', 'AW']);
    expect(blocks[1]).toMatchObject({ x: 40, isClosure: true, isSelected: true, isBroken: false });
    expect(blocks[3]).toMatchObject({ isClosure: true, isBroken: true });
    expect(blocks[2].isClosure).toBe(false);
  });

  it('hits the edge first, then the block', () => {
    expect(hitPhoneme(phonemes, scale, 42)).toEqual({ kind: 'edge', boundaryIndex: 0 });
    expect(hitPhoneme(phonemes, scale, 80)).toEqual({ kind: 'body', index: 2 });
    expect(hitPhoneme(phonemes, scale, -50)).toEqual({ kind: 'none' });
    expect(hitPhoneme(phonemes, scale, 420)).toEqual({ kind: 'none' });
  });

  it('leaves room for the body of short blocks', () => {
    const far = { ...scale, pixelsPerSecond: 60 };
    // B is 4.8 px wide here: its middle is the block, not an edge.
    const middle = ((phonemes[3].startSeconds + phonemes[3].endSeconds) / 2) * 60;
    expect(hitPhoneme(phonemes, far, middle)).toEqual({ kind: 'body', index: 3 });
  });

  it('remembers where the recogniser had an edge', () => {
    const moved = phonemes.map((segment, index) => (index === 1 ? { ...segment, endSeconds: 0.4 } : segment));
    const edges = phonemeEdges(moved, phonemes, scale);
    expect(edges).toHaveLength(phonemes.length - 1);
    expect(edges[1]).toMatchObject({ x: 80, recognisedX: 64 });
    expect(edges[0].recognisedX).toBeNull();
  });

  it('places words', () => {
    expect(wordBlocks(words, scale)[0]).toMatchObject({ text: 'Maybe', x: 40 });
    expect(wordBlocks(words, scale)[0].width).toBeCloseTo(120);
  });
});
