"""The 52 ARKit shape names in Live Link Face column order, lower camel case."""


def _pairs(*names):
    return [n + side for n in names for side in ('Left', 'Right')]


_EYE = ['eyeBlink', 'eyeLookDown', 'eyeLookIn', 'eyeLookOut', 'eyeLookUp', 'eyeSquint', 'eyeWide']
ARKIT = [n + 'Left' for n in _EYE] + [n + 'Right' for n in _EYE] + \
    ['jawForward', 'jawRight', 'jawLeft', 'jawOpen', 'mouthClose', 'mouthFunnel', 'mouthPucker', 'mouthRight', 'mouthLeft'] + \
    _pairs('mouthSmile', 'mouthFrown', 'mouthDimple', 'mouthStretch') + \
    ['mouthRollLower', 'mouthRollUpper', 'mouthShrugLower', 'mouthShrugUpper'] + \
    _pairs('mouthPress', 'mouthLowerDown', 'mouthUpperUp', 'browDown') + ['browInnerUp'] + _pairs('browOuterUp') + \
    ['cheekPuff'] + _pairs('cheekSquint', 'noseSneer') + ['tongueOut']
assert len(ARKIT) == 52 == len(set(ARKIT))
