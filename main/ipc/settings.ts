import * as v from 'valibot';
import { FRAME_RATES } from '../../core/time/frameRate';
import type { KeyBindings } from './keyPresets';

/**
 * Preferences of the user, kept in settings.json of the user-data folder by main; the same for every project. Pure, so that
 * the renderer may import it. Every field falls back to its own default when the file holds nonsense.
 */
export const PROVIDER_WISHES = ['auto', 'cpu', 'webgpu', 'cuda', 'dml', 'coreml'] as const;
/** Zoom of the whole window; 2 is the 200 % that WCAG asks for. */
export const INTERFACE_SCALES = [0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2] as const;

/** At most this many keys for a command, this long each: what a damaged file could hold otherwise. */
const Keys = v.pipe(v.array(v.pipe(v.string(), v.maxLength(40))), v.maxLength(4));

/** Minutes between whole copies of unsaved work; 0 makes none (every edit is in the journal all the same). */
export const AUTOSAVE_MINUTES = [0, 1, 2, 5, 10, 20] as const;

export const SettingsSchema = v.object({
  keyPreset: v.fallback(v.picklist(['mien', 'maya', 'blender']), 'mien'),
  /** Commands whose keys differ from the preset. */
  keyOverrides: v.fallback(v.record(v.pipe(v.string(), v.maxLength(60)), Keys), {}),
  provider: v.fallback(v.picklist(PROVIDER_WISHES), 'auto'),
  /** Frame rate shown for new windows; a key of FRAME_RATES. */
  defaultRate: v.fallback(v.picklist(Object.keys(FRAME_RATES)), '60'),
  motion: v.fallback(v.picklist(['system', 'reduced']), 'system'),
  contrast: v.fallback(v.picklist(['system', 'more']), 'system'),
  interfaceScale: v.fallback(v.pipe(v.number(), v.minValue(0.8), v.maxValue(2)), 1),
  /** Scrubbing on the ruler is heard. */
  scrubSound: v.fallback(v.boolean(), true),
  autosaveMinutes: v.fallback(v.picklist(AUTOSAVE_MINUTES), 2),
});

export type Settings = Omit<v.InferOutput<typeof SettingsSchema>, 'keyOverrides'> & { readonly keyOverrides: KeyBindings };

export const DEFAULT_SETTINGS: Settings = v.parse(SettingsSchema, {
  keyPreset: 'mien',
  keyOverrides: {},
  provider: 'auto',
  defaultRate: '60',
  motion: 'system',
  contrast: 'system',
  interfaceScale: 1,
  scrubSound: true,
  autosaveMinutes: 2,
});

/** Settings out of whatever a file held. */
export function parseSettings(value: unknown): Settings {
  const merged = { ...DEFAULT_SETTINGS, ...(typeof value === 'object' && value !== null ? value : {}) };
  const parsed = v.safeParse(SettingsSchema, merged);
  return parsed.success ? parsed.output : DEFAULT_SETTINGS;
}
