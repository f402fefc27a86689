"""Cues against aligned phones by the scorer of ../shared/tools/score_visemes.py (imported from there, not copied)."""
import importlib.util

from paths import SHARED
from visemes import CLASSES

SCORER = SHARED / 'tools/score_visemes.py'
KEEP = dict(acc9_speech='canonical', set9_speech='set', balanced9='balanced', acc9_tol_speech='canonicalWithin40Ms',
            set9_tol_speech='setWithin40Ms', balanced9_tol='balancedWithin40Ms', bilabial='closureRecallPBM',
            labiodental='labiodentalRecallFV', false_closure='falseClosureOpenVowels', acc9='canonicalAllFrames',
            lag_mean_abs_ms='meanAbsoluteLagMs', best_shift_ms='bestShiftMs', hyp_changes_per_s='changesPerSecond',
            utterances='clips')
LETTERS = {c: c for c in CLASSES}


def scorer():
    if not SCORER.exists():
        return None
    spec = importlib.util.spec_from_file_location('score_visemes', SCORER)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


_scorer = scorer()


def score(reference, cues, ids=None):
    """{id: [[phone, start, end]]}, {id: [[start, end, letter]]} -> figures, or None where the scorer is not installed."""
    ids = sorted(set(cues) & set(reference) & set(ids if ids is not None else cues))
    if _scorer is None or not ids:
        return None
    m = _scorer.score([(reference[i], cues[i]) for i in ids], LETTERS)
    return {name: round(m[k], 4) if m.get(k) is not None else None for k, name in KEEP.items()}
