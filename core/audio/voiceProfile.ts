/** What is usual for a speaker: middle (median) and spread (MAD) over voiced frames; so a whole raised line can be seen. */
export interface VoiceProfile {
  readonly f0MedianHz: number;
  readonly f0SpreadSemitones: number;
  readonly tiltMedianDbPerOctave: number;
  readonly tiltSpreadDbPerOctave: number;
}
