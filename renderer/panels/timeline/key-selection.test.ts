import { describe, expect, it } from 'vitest';
import type { KeyRef } from '../../../core/document/channelSpans';
import { caughtRefs, countOf, pressedRefs } from './key-selection';

const ref = (keyId: string, channel: KeyRef['channel'] = 'jawOpen'): KeyRef => ({ layerId: 'layer:1', channel, keyId });
const [a, b, c] = [ref('a'), ref('b'), ref('c', 'mouthClose')];
const plain = { ctrlKey: false, shiftKey: false };

describe('selecting keys', () => {
  it('a plain press keeps a group that holds the key, else starts a new one', () => {
    expect(pressedRefs([a, b], [a], plain)).toEqual([a, b]);
    expect(pressedRefs([a, b], [c], plain)).toEqual([c]);
  });

  it('Shift and Ctrl add, and take away what is there', () => {
    expect(pressedRefs([a], [c], { ...plain, shiftKey: true })).toEqual([a, c]);
    expect(pressedRefs([a, c], [c], { ...plain, ctrlKey: true })).toEqual([a]);
  });

  it('a box replaces, adds with Shift, takes away with Ctrl', () => {
    expect(caughtRefs([a], [b, c], plain)).toEqual([b, c]);
    expect(caughtRefs([a, b], [b, c], { ...plain, shiftKey: true })).toEqual([a, b, c]);
    expect(caughtRefs([a, b], [b, c], { ...plain, ctrlKey: true })).toEqual([a]);
  });

  it('says what is selected', () => {
    expect(countOf([a])).toBe('key, jawOpen');
    expect(countOf([a, b])).toBe('2 keys, jawOpen');
    expect(countOf([a, b, c])).toBe('3 keys, 2 channels');
  });
});
