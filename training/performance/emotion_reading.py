"""A fixed reader of emotions: published prototypes of action units against the channels that show them."""
import numpy as np

from performance.channels import CHANNELS, EMOTIONS

# Prototypes of published action units (EMFACS; Ekman, Friesen and Hager 2002), present or absent. Shares no number with the performer.
PROTOTYPES = {'joy': ('6', '12'), 'sadness': ('1', '4', '15'), 'anger': ('4', '5', '7', '23'), 'fear': ('1', '2', '4', '5', '20'),
              'disgust': ('9', '10', '7'), 'surprise': ('1', '2', '5', '26'), 'contempt': ('14one', '12one'), 'playful': ('2one', '12', '6')}


def action_units(x):
    """Intensities of action units from a mean face (61 numbers)."""
    g = lambda n: float(x[CHANNELS.index(n)])
    both = lambda n: min(g(n + 'Left'), g(n + 'Right'))
    one = lambda n: abs(g(n + 'Left') - g(n + 'Right'))
    return {'1': g('browInnerUp'), '2': both('browOuterUp'), '4': both('browDown'), '5': both('eyeWide'), '6': both('cheekSquint'),
            '7': both('eyeSquint'), '9': both('noseSneer'), '10': 2 * both('mouthUpperUp'), '12': both('mouthSmile'),
            '15': both('mouthFrown'), '20': 1.5 * both('mouthStretch'), '23': 1.5 * both('mouthPress'), '26': 3 * g('jawOpen'),
            '14one': one('mouthDimple'), '12one': one('mouthSmile'), '2one': one('browOuterUp')}


def read_emotion(x, prototypes=PROTOTYPES):
    """The emotion whose prototype is nearest in direction to the action units of a face (61 numbers)."""
    u = action_units(x)
    length = np.linalg.norm(list(u.values())) + 1e-9
    return max(prototypes, key=lambda e: sum(u[k] for k in prototypes[e]) / np.sqrt(len(prototypes[e])) / length)


def macro_f1(truth, got, among=EMOTIONS):
    out = []
    for e in among:
        tp = sum(a == e and b == e for a, b in zip(truth, got))
        fp = sum(a != e and b == e for a, b in zip(truth, got))
        fn = sum(a == e and b != e for a, b in zip(truth, got))
        out.append(2 * tp / max(1, 2 * tp + fp + fn))
    return float(np.mean(out))
