/** Sounds and gestures beside words that a direction or the sound can ask for; names of the document's nonverbal events. */
export type NonspeechType =
  | 'breath'
  | 'gasp'
  | 'sigh'
  | 'laugh'
  | 'sob'
  | 'grunt'
  | 'scream'
  | 'cough'
  | 'sniff'
  | 'swallow'
  | 'yawn'
  | 'nod'
  | 'shake'
  | 'tilt'
  | 'blink';

export interface NonspeechEvent {
  readonly type: NonspeechType;
  readonly startSeconds: number;
  readonly endSeconds: number;
  /** 0..2; 1 as usual. */
  readonly intensity: number;
  /** How sure, 0..1; an event of a stage direction is sure of its kind but not of its place. */
  readonly confidence: number;
  readonly from: 'direction' | 'sound';
}
