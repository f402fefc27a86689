"""Write the figures of training/figures/acoustic.json into models/MODEL_CARD.md, between its two marks."""
import json

from paths import MODELS, ROOT

BEGIN, END = '<!-- figures: training/card.py -->', '<!-- end of figures -->'


def n(x, places=3):
    return '-' if x is None else f'{x:.{places}f}'.replace('0.', '.', 1) if abs(x) < 1 else f'{x:.{places}f}'


def three(s, keys=('canonical', 'set', 'balanced')):
    return ' / '.join(n(s[k]) for k in keys) if s else '-'


WITHIN = ('canonicalWithin40Ms', 'setWithin40Ms', 'balancedWithin40Ms')


def table(head, rows):
    return '\n'.join(['| ' + ' | '.join(head) + ' |', '|' + '---|' * len(head)] + ['| ' + ' | '.join(r) + ' |' for r in rows])


def acted(f):
    """The lines of the actors, by actor."""
    who = [k for k in f if k == 'all' or k.startswith('sdap_')]
    rows = [['clips / seconds of speech'] + [f"{f[w]['frames']['clips']} / {f[w]['frames']['speechSeconds']:.0f}" for w in who]]
    for key, name in (('fromSoundAlone', '**from sound alone**: nine classes, canonical / fair set / balanced'), ('withText', '**with the text**: nine classes')):
        s = [f[w]['classes'][key] for w in who]
        if all(s):
            rows += [[name] + [three(x) for x in s], ['the same within 40 ms'] + [three(x, WITHIN) for x in s], ['P B M with a closure'] + [n(x['closureRecallPBM']) for x in s],
                     ['F V with a labiodental'] + [n(x['labiodentalRecallFV']) for x in s], ['open vowels shut'] + [n(x['falseClosureOpenVowels']) for x in s]]
    rows += [['phones on speech, best of each frame / after the search'] + [f"{n(f[w]['frames']['phoneSpeech'])} / {n(f[w]['frames']['phoneSpeechViterbi'])}" for w in who],
             ['phone error rate'] + [n(f[w]['frames']['phoneErrorRate']) for w in who]]
    k, o = f['controls'], f['otherAligner']
    other = [] if not o['fromSoundAlone'] else [
        f"Against the times of another aligner (PocketSphinx, the same words, {o['fromSoundAlone']['clips']} of the lines):", '', table(
            ['', 'classes on speech', 'within 40 ms', 'P B M', 'F V', 'open vowels shut'],
            [[name, three(s), three(s, WITHIN), n(s['closureRecallPBM']), n(s['labiodentalRecallFV']), n(s['falseClosureOpenVowels'])]
             for name, s in (('from sound alone', o['fromSoundAlone']), ('with the text', o['withText']), ('the reference of the table above', o['thisReference'])) if s]), '']
    return ["Acted native English, unseen: game lines of four actors (Super Dialogue Audio Pack) on whom nothing was trained. The words are a recogniser's (Whisper), held against one another "
            'and read for sense; the times they are measured against are forced alignment of those words with this model as it was when the test was made, so times (not words) lean towards it. Few sounds: ten F V an actor:', '',
            table([''] + ['all four' if w == 'all' else w.split('_')[1] for w in who], rows), '',
            *other, f"Controls on these lines: always class B {three(k['alwaysB'])}; the right cues on the wrong line {three(k['wrongClip'])}.", '']


def main():
    f = json.loads((ROOT / 'training/figures/acoustic.json').read_text())
    groups = ['all', 'adults', 'children', 'women', 'men']
    c = lambda g, k: f[g]['classes'][k]
    fr = lambda g, k: n(f[g]['frames'][k])
    text = c('all', 'withText') is not None
    rows = [
        ['speakers / clips / seconds of speech'] + [f"{f[g]['speakers']} / {f[g]['frames']['clips']} / {f[g]['frames']['speechSeconds']:.0f}" for g in groups],
        ['**from sound alone**: nine classes, canonical / fair set / balanced'] + [three(c(g, 'fromSoundAlone')) for g in groups],
        ['the same within 40 ms'] + [three(c(g, 'fromSoundAlone'), WITHIN) for g in groups],
        ['P B M with a closure'] + [n(c(g, 'fromSoundAlone')['closureRecallPBM']) for g in groups],
        ['F V with a labiodental'] + [n(c(g, 'fromSoundAlone')['labiodentalRecallFV']) for g in groups],
        ['open vowels shut'] + [n(c(g, 'fromSoundAlone')['falseClosureOpenVowels']) for g in groups],
    ]
    if text:
        rows += [
            ['**with the text**: nine classes'] + [three(c(g, 'withText')) for g in groups],
            ['the same within 40 ms'] + [three(c(g, 'withText'), WITHIN) for g in groups],
            ['P B M with a closure'] + [n(c(g, 'withText')['closureRecallPBM']) for g in groups],
            ['F V with a labiodental'] + [n(c(g, 'withText')['labiodentalRecallFV']) for g in groups],
            ['open vowels shut'] + [n(c(g, 'withText')['falseClosureOpenVowels']) for g in groups],
        ]
    rows += [
        ['phones on speech, best of each frame / after the search'] + [f"{fr(g, 'phoneSpeech')} / {fr(g, 'phoneSpeechViterbi')}" for g in groups],
        ['phone error rate'] + [fr(g, 'phoneErrorRate') for g in groups],
        ['voice activity, frames right'] + [fr(g, 'voice') for g in groups],
    ]
    out = [table([''] + groups, rows), '']
    k = f['controls']
    out += [f"Controls on the same clips: always class B {three(k['alwaysB'])}; the right cues on the wrong clip {three(k['wrongClip'])}, closures "
            f"{n(k['wrongClip']['closureRecallPBM'])}, open vowels shut {n(k['wrongClip']['falseClosureOpenVowels'])}.", '']
    r = f.get('rhubarbClips')
    if r:
        name = dict(phonetic='Rhubarb, phonetic recognizer, sound alone', pocketsphinx='Rhubarb, pocketsphinx, sound alone',
                    pocketsphinx_text='Rhubarb, pocketsphinx with its dialog file')
        line = lambda who, s: [who, three(s), three(s, WITHIN), n(s['closureRecallPBM']), n(s['labiodentalRecallFV']), n(s['falseClosureOpenVowels'])]
        rows = [line('this model, sound alone', r['mien'])] + [line(name[x], s) for x, s in r['rhubarb'].items() if x != 'pocketsphinx_text']
        rows += [line('this model with the text', r['mienWithText'])] if r['mienWithText'] else []
        rows += [line(name[x], s) for x, s in r['rhubarb'].items() if x == 'pocketsphinx_text']
        out += [f"On the {r['mien']['clips']} clips of 20 of these speakers on which Rhubarb Lip Sync 1.14 was run:", '',
                table(['', 'classes on speech', 'within 40 ms', 'P B M', 'F V', 'open vowels shut'], rows), '']
    if f.get('rhubarbGrid'):
        out += [f"Rhubarb was also run on GRID clips, {f['rhubarbGrid']['mien']['clips']} of them held out; the model was trained on other clips of that man, so they are no comparison and stand in the file of figures only.", '']
    if f.get('acted'):
        out += acted(f['acted'])
    t, e = f['timesEspeak'], f['timesByEye']
    rows = [['espeak-ng (a synthesiser family never heard), phones found from sound alone', t['fromSoundAlone']['medianAbsoluteMs'], t['fromSoundAlone']['meanMs'],
             t['fromSoundAlone']['within20Ms'], f"{n(t['fromSoundAlone']['found'])} of {t['fromSoundAlone']['phones']} found"],
            ['the same, phones known', t['phonesKnown']['medianAbsoluteMs'], t['phonesKnown']['meanMs'], t['phonesKnown']['within20Ms'], f"{t['phonesKnown']['phones']} starts"]]
    for key, who in (('fromSoundAlone', f"read by eye on spectrograms of {e['fromSoundAlone']['clips']} unseen clips, sound alone"), ('withText', 'the same, with the text'),
                     ('referenceAlignment', 'the same, the alignment that the figures above are measured against')):
        if e.get(key):
            rows.append([who, e[key]['medianAbsoluteMs'], e[key]['meanMs'], e[key]['within20Ms'], f"{n(e[key]['found'])} of {e[key]['starts']} found"])
    if f.get('gridWordTimes'):
        g = f['gridWordTimes']
        rows.append(['starts of GRID words (held-out clips of a man it was trained on), with the text', g['medianAbsoluteMs'], g['meanMs'], g['within20Ms'], f"{g['words']} words"])
    out += [table(['starts against', 'median, ms', 'mean, ms', 'within 20 ms', ''], [[x[0], n(x[1], 0), n(x[2], 0), n(x[3], 2), x[4]] for x in rows]), '']
    rows = [[k, n(v['moves'], 4), n(v['voice'], 4), f"{v['seconds']:.0f} s"] for k, v in f['nonspeech'].items()]
    out += ['Sounds made by script in which nobody speaks: share of frames in which the mouth would move, and that the voice output calls speech. (`crowd` is ten '
            'people talking at once: its voice is doubted, and what is doubted for long is silenced.)', '', table(['', 'mouth moves', 'voice', ''], rows), '']
    names = dict(clean='as recorded', telephone='telephone band', noise10dB='noise, 10 dB below', music10dB='music, 10 dB below', crowd10dB='a crowd, 10 dB below',
                 reverberation='reverberation', starvedCodec='a starved codec', whispered='whispered (no voice, by linear prediction)', cartoon='pitch and formants x 1.4', giant='pitch and formants x .75')
    rows = [[names[k], three(v), n(v['closureRecallPBM']), n(v['labiodentalRecallFV']), n(v['falseClosureOpenVowels'])] for k, v in f['conditions'].items()]
    out += [f"Every fifth of the clips, changed by script, from sound alone ({f['conditions']['clean']['clips']} clips):", '',
            table(['', 'classes on speech', 'P B M', 'F V', 'open vowels shut'], rows), '']
    rows = [[k, n(v['classes']), n(v['balanced']), n(v['closures']), n(v['alwaysB'])] for k, v in f['languages'].items()]
    out += ['Other languages, from sound alone, against what espeak-ng says it spoke (six sentences each, a robot voice, phoneme names mapped to the nine classes):', '',
            table(['', 'classes on speech', 'balanced', 'closures found', 'always B would get'], rows), '']
    s = [f"{k[10:]}: phones {n(v['frames']['phoneSpeech'])}, classes {three(v['classes'])}" for k, v in f.items() if k.startswith('seenVoices_')]
    out += ['Other clips of voices and words it DID train on (easier, no measure of new voices): ' + '; '.join(s) + '.', '']
    k = f['cost']
    out += [f"Cost for a second of sound, processor time of one thread: front end {k['frontEnd']:.4f} s, front end with model and its loading {k['frontEndModelAndItsLoading']:.4f} s, "
            f"search {k['search']:.4f} s (Python).", '']
    m = f['confusion']['classes']
    rows = [[a] + [f'{100 * v:.0f}' for v in row.values()] for a, row in m.items()]
    out += ['Mouth classes, aligned (rows) against heard from sound alone, percent of the frames (phones: `training/figures/confusion.png`):', '', table(['', *m], rows), '',
            'Commonest confusions of phones: ' + '; '.join(f['confusion']['commonest'][:10]) + '.', '']
    rows = [[w['id'], n(w['canonical'], 2), f"{w['sex']} {w['age']}", w['text'], w['aligned'], w['heard']] for w in f['worst']]
    out += ['The ten worst clips (from sound alone):', '', table(['clip', 'canonical', 'who', 'text', 'aligned', 'heard'], rows)]
    path = MODELS / 'MODEL_CARD.md'
    card = path.read_text()
    a, b = card.index(BEGIN) + len(BEGIN), card.index(END)
    path.write_text(card[:a] + '\n\n' + '\n'.join(out) + '\n\n' + card[b:])


if __name__ == '__main__':
    main()
