"""Where the scripts read data and keep their cache (both outside the repository)."""
import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get('MIEN_SHARED', ROOT.parent / 'shared'))
DATA = SHARED / 'data'
CACHE = Path(os.environ.get('MIEN_TRAINING_CACHE', Path.home() / '.cache' / 'mien-training'))
SPLITS = ROOT / 'training' / 'splits'
MODELS = Path(os.environ.get('MIEN_MODELS', ROOT / 'models'))      # set it to try a model without touching the released one
