"""Names and order of the 61 channels and the 40 phones, read from the TypeScript that owns them."""
import re

from paths import ROOT


def _list(file, name):
    body = re.search(name + r' = \[(.*?)\] as const', (ROOT / file).read_text(), re.S).group(1)
    return re.findall(r"'(\w+)'", body)


ARKIT = _list('core/rig/channels.ts', 'ARKIT_CHANNELS')
CHANNELS = ARKIT + _list('core/rig/channels.ts', 'POSE_CHANNELS')
PHONES = _list('core/speech/phonemes.ts', 'PHONEMES')
EMOTIONS = _list('core/emotion/emotions.ts', 'ACTIVE_EMOTIONS')
VOWELS = {'AA', 'AE', 'AH', 'AO', 'AW', 'AY', 'EH', 'ER', 'EY', 'IH', 'IY', 'OW', 'OY', 'UH', 'UW'}

# Who owns what (tongueOut follows phones by rule; blinks and gaze are events).
MOUTH = [c for c in ARKIT if c.startswith(('jaw', 'mouth'))] + ['cheekPuff']
UPPER = ([c for c in ARKIT if c.startswith(('eyeSquint', 'eyeWide', 'brow', 'cheekSquint', 'noseSneer'))]
         + ['headYaw', 'headPitch', 'headRoll'])
assert len(MOUTH) == 28 and len(UPPER) == 16 and len(PHONES) == 40 and len(CHANNELS) == 61
