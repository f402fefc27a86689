import { expect, test } from 'vitest';
import { ARKIT_CHANNELS } from '../../rig/channels';
import { matchChannel } from './matchChannel';

test('every channel is found by its own name, in any case, with prefixes and short sides', () => {
  for (const channel of ARKIT_CHANNELS) {
    expect(matchChannel(channel)).toBe(channel);
    expect(matchChannel(channel.toUpperCase())).toBe(channel);
    expect(matchChannel(`Head.${channel}`)).toBe(channel);
    expect(matchChannel(`blendShape1_${channel}`)).toBe(channel);
  }
  expect(matchChannel('EyeBlink_L')).toBe('eyeBlinkLeft');
  expect(matchChannel('face:mouthSmile_R')).toBe('mouthSmileRight');
});

test('a name that stands for no channel is null, never a neighbour', () => {
  for (const name of ['', '_', 'jaw', 'mouthL', 'eyeBlink', 'jawOpen_smileCorrective', 'x'.repeat(5000)]) {
    expect(matchChannel(name)).toBeNull();
  }
});
