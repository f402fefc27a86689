import { describe, expect, it } from 'vitest';
import { VideoLibrary } from './videoLibrary';

describe('VideoLibrary', () => {
  it('gives a video a name without its path, the same every time, and knows only what it admitted', () => {
    const library = new VideoLibrary();
    const name = library.admit('/shots/élan take 1.webm');
    expect(name).toMatch(/^[0-9a-f-]{36}$/);
    expect(library.admit('/shots/élan take 1.webm')).toBe(name);
    expect(library.admit('/shots/other.MOV')).not.toBe(name);
    expect(library.find(name)).toEqual({ path: '/shots/élan take 1.webm', type: 'video/webm' });
    for (const strange of ['', '..', '/etc/passwd', 'constructor', name.toUpperCase()]) expect(library.find(strange)).toBeNull();
  });
});
