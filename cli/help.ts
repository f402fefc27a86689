import { PERFORMANCE_FORMATS, ALIGNMENT_FORMATS } from './args/outputFormat';
import { ACTIVE_EMOTIONS } from '../core/emotion/emotions';
import { FRAME_RATES } from '../core/time/frameRate';

const RATES = Object.keys(FRAME_RATES)
  .sort((a, b) => Number(a) - Number(b))
  .join(', ');

export const HELP = `mien: dialogue in, animated face out

  mien generate line.wav [--text "..."] --out line.glb [--out line.fbx ...]   the whole chain
  mien align line.wav --text "..." --out line.TextGrid                        phones and words with times
  mien batch lines/ --out out/ --formats fbx,glb                              many recordings, one report
  mien export project.mien --line NAME --out line.fbx                         a line the studio saved
  mien validate file.glb                                                      is this file right?
  mien picture line.wav --out sheet.png                                       look at a performance without a window
  mien doctor                                                                 versions, models, execution providers

mien COMMAND --help   every option          --json   one JSON object a line, for programs
Exit code: 0 done, 1 the work failed, 2 the command line is wrong.`;

const LINE = `  --text "..."          the words that are spoken; makes phones and times better
  --transcript FILE     the same from a .txt, .srt, .vtt or .TextGrid; phones of a TextGrid (ARPAbet, IPA) keep their times
  --ipa "..."           what is spoken as IPA, for any language (as espeak-ng --ipa prints it)
  --notation NAME       how --text or --transcript is written: text, ipa, espeak, arpabet (default text)
  --dictionary FILE     how words are said, one a line: "Kael  K EY1 L" or "Kael  /keɪl/"
  --channel N|mix|loudest   which channel of a file with several (default loudest)
  --provider NAME       auto, cpu, webgpu, cuda, dml or coreml (default auto)`;

const PERFORMANCE = `  --emotion LIST        "joy=0.7@0-2.5,anger=1@3.1-4": intensity 0..1 over seconds; without @ the whole line
                        ${ACTIVE_EMOTIONS.join(', ')}
  --style LIST          "jaw=0.6,lip=0.7": jaw, lip (0 mumbled, .5 as spoken, 1 over-enunciated), rounding (0 as captured, .5 clear, 1 strong), closure, smoothing (0..1),
                        blink, gaze, head, brow, breath, idle (0..2)
  --engine NAME         rules (default) or neural, where its models are installed
  --seed N              another seed blinks and looks at other moments (default 1)
  --fps RATE            ${RATES} (default 60)
  --character FILE      a .glb, .gltf or .vrm of yours, or elder or child (default: Mien's own)
  --profile FILE        how channels move that character, saved from the studio (default: by the names of its shapes)`;

const ROLLS = `  --pre-roll SECONDS    silence before the sound in which the face already acts; files begin there (0 to 60, default 0)
  --post-roll SECONDS   silence behind the sound in which it comes to rest`;

const DETAILS: Readonly<Record<string, string>> = {
  generate: `mien generate SOUND --out FILE [--out FILE ...]

Listens to a recording (wav, mp3, ogg, opus, flac), performs it and writes every file that is asked for.
${LINE}
${PERFORMANCE}
${ROLLS}
  --out FILE            ${Object.values(PERFORMANCE_FORMATS).join(', ')}; may be given several times
  --format NAME         overrides what the suffix says (${Object.keys(PERFORMANCE_FORMATS).join(', ')})
  --json                progress and result as JSON lines`,
  align: `mien align SOUND [--text "..."] --out FILE

Phones and words with their times. With a text it is aligned to the sound; without one the phones are recognised.
${LINE}
  --out FILE            ${Object.values(ALIGNMENT_FORMATS).join(', ')}; may be given several times
  --format NAME         overrides what the suffix says
  --json                progress and result as JSON lines`,
  batch: `mien batch FOLDER|LIST.csv --out FOLDER [--formats fbx,glb,csv]

Generates every recording of a folder (a .txt, .srt, .vtt or .TextGrid of the same name beside it is its transcript), or of a CSV list with a header and
the columns file, text (or transcript, a file, or ipa), emotion, style, seed (all but file may be missing). A line that fails does not stop the others.
  --formats LIST        ${Object.keys(PERFORMANCE_FORMATS).join(', ')} (default glb)
  --jobs N              this many lines at once, each in a process of its own (default 1)
  --resume              leaves out lines whose files are there and newer than the recording
  --report FILE.csv     one row a line: state, seconds, closures, what went wrong
${PERFORMANCE}
${ROLLS}
  --dictionary FILE     how words are said, one a line: "Kael  K EY1 L" or "Kael  /keɪl/"
  --provider NAME       auto, cpu, webgpu, cuda, dml or coreml (default auto)
  --json                progress and result as JSON lines`,
  export: `mien export PROJECT.mien [--line NAME] --out FILE
mien export CAPTURE.csv --out FILE

Writes a line of a project as the studio shows it, hand edits included, or a Live Link Face recording onto a character.
  --line NAME|NUMBER|ID which line (may be left out when there is one)
  --out FILE            .glb, .fbx, .csv, .TextGrid; may be given several times
  --format NAME         overrides what the suffix says
  --fps RATE            ${RATES} (default 60)
  --character FILE      a .glb, .gltf or .vrm of yours, or elder or child (default: Mien's own)
  --profile FILE        how channels move that character, saved from the studio (default: by the names of its shapes)
  --json                progress and result as JSON lines`,
  validate: `mien validate FILE

Checks a .glb, .gltf, .vrma, .fbx, Live Link Face .csv or .mien file and says what is wrong. Exit code 1 when something is.
  --json                the findings as JSON`,
  picture: `mien picture SOUND --out SHEET.png

Performs a recording and draws faces over the line, above its waveform and phones; needs no window and no GPU.
  --faces N             how many (default 8)        --columns N   faces in a row
  --at LIST             "0.5,1.25": these times instead
  --camera NAME         face, bust, mouth, eyes     --yaw DEG     turn the head (default 12)
${LINE}
${PERFORMANCE}`,
  doctor: `mien doctor

Versions, models and their checksums, execution providers, decoders. Exit code 1 when something Mien needs is broken.
  --json                the same as one JSON object`,
};

export function helpFor(command: string): string {
  return DETAILS[command] ?? HELP;
}
