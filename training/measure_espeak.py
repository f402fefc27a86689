"""Measured against espeak-ng, a synthesiser family unseen in training that reports when each phone starts: phone times in English, and in
other languages the mouth classes of what it says it spoke. Needs libespeak-ng; nothing it makes is trained on or kept.
"""
import numpy as np

from heldout import run
from espeak import NAMES, Espeak, VOICES
from visemes import CLASS_INDEX, CLASSES, PHONES, frame_labels, segment_classes

SENTENCES = dict(
    es=('Buenos días, capitán, el barco está listo.', 'Mi hermano vive en un pueblo muy pequeño.', '¿Quién ha abierto la puerta del castillo?',
        'Nunca había visto una luna tan grande.', 'Dame la llave y vámonos de aquí.', 'El fuego bajó por la montaña durante la noche.'),
    fr=('Bonjour, capitaine, le bateau est prêt.', 'Mon frère habite dans un tout petit village.', 'Qui a ouvert la porte du château ?',
        'Je n\'ai jamais vu une lune aussi grande.', 'Donne-moi la clé et partons d\'ici.', 'Le feu est descendu de la montagne pendant la nuit.'),
    it=('Buongiorno, capitano, la barca è pronta.', 'Mio fratello vive in un paese molto piccolo.', 'Chi ha aperto la porta del castello?',
        'Non ho mai visto una luna così grande.', 'Dammi la chiave e andiamo via.', 'Il fuoco è sceso dalla montagna durante la notte.'),
    de=('Guten Morgen, Kapitän, das Schiff ist bereit.', 'Mein Bruder wohnt in einem sehr kleinen Dorf.', 'Wer hat das Tor der Burg geöffnet?',
        'Ich habe noch nie so einen großen Mond gesehen.', 'Gib mir den Schlüssel und lass uns gehen.', 'Das Feuer kam in der Nacht über den Berg.'),
    ru=('Доброе утро, капитан, корабль готов.', 'Мой брат живёт в очень маленькой деревне.', 'Кто открыл ворота замка?',
        'Я никогда не видел такой большой луны.', 'Дай мне ключ, и пойдём отсюда.', 'Огонь спустился с горы за ночь.'),
    ja=('おはようございます、せんちょう、ふねのじゅんびができました。', 'あにはとてもちいさなむらにすんでいます。', 'だれがしろのもんをあけたのですか。',
        'こんなにおおきなつきはみたことがない。', 'かぎをください、ここからでましょう。', 'よるのあいだにやまからひがおりてきた。'))
ESPEAK_VOICE = dict(es='es', fr='fr', it='it', de='de', ru='ru', ja='ja')
BY_LETTER = dict(p='A', b='A', m='A', B='A', f='G', v='G', l='H', L='H', u='F', U='F', w='F', y='F', Y='E', W='E', o='E', O='E', Q='E', a='D', A='D', e='C',
                 E='C', V='C', **{'@': 'C', '3': 'C', '&': 'C'})
BY_LANGUAGE = dict(ru={'y': 'B', 'i"': 'B'}, ja={'u': 'B'})       # the unrounded close vowels


def letter(language, name):
    """Mouth class of an espeak-ng phoneme name; every name not listed is an open consonant or a spread vowel: B."""
    if not name or name[0] in '_|' or name in ('?',):
        return 'X'
    if name in BY_LANGUAGE.get(language, {}):
        return BY_LANGUAGE[language][name]
    return BY_LETTER.get(name[0], 'B')


def times(model, decode, texts):
    espeak, audio, truth = Espeak(), {}, {}
    for k, text in enumerate(texts):
        audio[str(k)], events = espeak.speak(VOICES[k % len(VOICES)], str(text) + '.')
        truth[str(k)] = [(NAMES[p], t) for t, p in events if NAMES.get(p, 'SIL') != 'SIL']
    outputs = run(model, truth, audio)
    shifts, total = [], 0
    for i, want in truth.items():
        got = [(PHONES[p], a * .01) for p, a, _ in decode(*outputs[i])]
        total += len(want)
        for p, t in want:
            near = [b - t for q, b in got if q == p and abs(b - t) <= .1]
            if near:
                shifts.append(min(near, key=abs) * 1000)
    s = np.array(shifts)
    return dict(clips=len(truth), phones=total, found=round(len(s) / total, 4), medianAbsoluteMs=round(float(np.median(np.abs(s))), 1),
                meanMs=round(float(s.mean()), 1), within20Ms=round(float((np.abs(s) <= 20).mean()), 3))


def known_times(model, texts):
    """The same with the phones given (as with a transcript that is right): forced alignment, every phone counts."""
    from align import align
    espeak, audio, truth = Espeak(), {}, {}
    for k, text in enumerate(texts):
        audio[str(k)], events = espeak.speak(VOICES[k % len(VOICES)], str(text) + '.')
        truth[str(k)] = [(NAMES[p], t) for t, p in events if NAMES.get(p, 'SIL') != 'SIL']
    shifts = []
    for i, (p, _, _) in run(model, truth, audio).items():
        found = align(p, [[q] for q, _ in truth[i]])
        if found:
            shifts += [(s[1] * .01 - t) * 1000 for s, (_, t) in zip([s for s in found[0] if s[0]], truth[i])]
    s = np.array(shifts)
    return dict(phones=len(s), medianAbsoluteMs=round(float(np.median(np.abs(s))), 1), meanMs=round(float(s.mean()), 1),
                within20Ms=round(float((np.abs(s) <= 20).mean()), 3), within50Ms=round(float((np.abs(s) <= 50).mean()), 3))


def languages(model, decode):
    espeak, out = Espeak(), {}
    for language, lines in SENTENCES.items():
        audio, truth, names = {}, {}, set()
        for k, text in enumerate(lines):
            audio[str(k)], events = espeak.speak(ESPEAK_VOICE[language].encode(), text)
            truth[str(k)] = [(t, letter(language, p)) for t, p in events]
            names |= {p for _, p in events}
        hit, total, closed, closures = 0, 0, 0, 0
        each, right = np.zeros(9), np.zeros(9)
        for i, (p, v, classes) in run(model, truth, audio).items():
            n = len(p)
            y = np.zeros(n, int)
            edges = [round(t * 100) for t, _ in truth[i]] + [n]
            for (_, c), a, b in zip(truth[i], edges, edges[1:]):
                y[a:b] = CLASS_INDEX[c]
                if c == 'A' and b > a:
                    closures += 1
            h = frame_labels(segment_classes(decode(p, v, classes)), n, 0)
            for (_, c), a, b in zip(truth[i], edges, edges[1:]):
                if c == 'A' and b > a:
                    closed += (h[max(0, a - 4):b + 4] == CLASS_INDEX['A']).any()
            speech = y > 0
            hit, total = hit + (h == y)[speech].sum(), total + speech.sum()
            for c in range(1, 9):
                each[c] += (y == c).sum()
                right[c] += ((y == c) & (h == c)).sum()
        there = each[1:] > 0
        out[language] = dict(classes=round(float(hit / total), 4), balanced=round(float((right[1:][there] / each[1:][there]).mean()), 4),
                             closures=round(float(closed / closures), 4), alwaysB=round(float(each[2] / total), 4), speechSeconds=round(int(total) / 100, 1),
                             phonemes=' '.join(sorted(names)))
    return out
