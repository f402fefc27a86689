import { createSubscriber } from 'svelte/reactivity';
import { COMMANDS, type CommandContext, type StudioCommand } from '../../main/ipc/commandTable';
import { effectiveKeys, type KeySettings } from '../../main/ipc/keymap';
import type { KeyBindings } from '../../main/ipc/keyPresets';

const NAMED_KEYS: Readonly<Record<string, string>> = {
  ' ': 'Space',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  '+': 'Plus',
};

export type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'> &
  Partial<Pick<KeyboardEvent, 'code'>>;

/** The map in force, and who wants to know when it changes: one for the window, like the keyboard. */
let keys: KeyBindings = effectiveKeys({ keyPreset: 'mien', keyOverrides: {} });
const listeners = new Set<() => void>();
const subscribe = createSubscriber((update) => {
  listeners.add(update);
  return () => listeners.delete(update);
});

export function useKeys(settings: KeySettings): void {
  keys = effectiveKeys(settings);
  for (const listener of listeners) listener();
}

/** A key press in the notation of the command table; '' for a modifier alone. */
export function acceleratorOf(press: KeyPress): string {
  if (['Control', 'Shift', 'Alt', 'Meta', 'AltGraph', 'Dead'].includes(press.key)) return '';
  const key = baseKey(press);
  const isPlain = /^[A-Z0-9]$/.test(key) || key.length > 1;
  const parts = [
    press.ctrlKey || press.metaKey ? 'CmdOrCtrl' : '',
    press.altKey ? 'Alt' : '',
    // Signs such as ? already hold their Shift.
    press.shiftKey && isPlain ? 'Shift' : '',
    key,
  ];
  return parts.filter((part) => part !== '').join('+');
}

/** With Shift or Alt held, layouts write other signs: digits, and letters under Alt, are told by their place. */
function baseKey({ key, code = '', altKey, shiftKey }: KeyPress): string {
  if (code === 'NumpadDecimal') return 'numdec';
  if (/^Digit\d$/.test(code) && (shiftKey || altKey)) return code.slice(5);
  if (/^Key[A-Z]$/.test(code) && altKey) return code.slice(3);
  return NAMED_KEYS[key] ?? (key.length === 1 ? key.toUpperCase() : key);
}

/** '?' is Shift+/ on most layouts; the table names it by its keys. */
const SIGN_ALIASES: Readonly<Record<string, string>> = {
  '?': 'Shift+/',
  Backspace: 'Delete',
};

/**
 * The command a key press stands for, or undefined. Where a key has two meanings, `contexts` decide: the focused part of
 * the window first, then what is selected; a command without a context comes after those.
 */
export function commandForKey(press: KeyPress, contexts: readonly string[] = []): StudioCommand | undefined {
  const accelerator = acceleratorOf(press);
  const wanted = SIGN_ALIASES[accelerator] ?? accelerator;
  if (wanted === '') return undefined;
  const commands: readonly StudioCommand[] = COMMANDS;
  const found = commands.filter((command) => keys[command.id]?.includes(wanted));
  for (const context of contexts) {
    const own = found.find((command) => command.context === context);
    if (own) return own;
  }
  return found.find((command) => command.context === undefined);
}

/** Contexts that a selection brings along. */
export function contextOfSelection(kind: string): CommandContext | '' {
  if (kind === 'channelKeys') return 'curves';
  return kind === 'phoneme' || kind === 'word' ? 'phonemes' : '';
}

const READABLE_PARTS: Readonly<Record<string, string>> = {
  PageDown: 'Page Down',
  PageUp: 'Page Up',
  numdec: 'Numpad .',
  Plus: '+',
};

/** An accelerator as people read it: "Ctrl Shift Z". */
export function readableKeys(accelerator: string | undefined, isMac = false): string {
  if (!accelerator) return '';
  if (accelerator === 'Shift+/') return '?';
  return accelerator
    .split('+')
    .map((part) => (part === 'CmdOrCtrl' ? (isMac ? 'Cmd' : 'Ctrl') : (READABLE_PARTS[part] ?? part)))
    .join(' ');
}

/** The keys of a command by id, for tooltips; follows the map in force wherever Svelte reads it. */
export function keysOf(commandId: string): string {
  return readableKeys(allKeysOf(commandId)[0]);
}

/** All keys of a command, in the notation of the table. */
export function allKeysOf(commandId: string): readonly string[] {
  subscribe();
  return keys[commandId] ?? [];
}

/** True where typing is meant for a field, not for the studio. Escape and combinations with Ctrl still go through. */
export function isTyping(target: EventTarget | null, press: KeyPress): boolean {
  const element = target as HTMLElement | null;
  if (!element || typeof element.tagName !== 'string') return false;
  const isField =
    element.tagName === 'TEXTAREA' || element.tagName === 'SELECT' || (element.tagName === 'INPUT' && !isButtonLike(element));
  if (!isField) return false;
  const accelerator = acceleratorOf(press);
  if (/^(Shift\+)?F\d+$/.test(accelerator)) return false;
  const editing = ['CmdOrCtrl+Z', 'CmdOrCtrl+Shift+Z', 'CmdOrCtrl+Y', 'CmdOrCtrl+A', 'CmdOrCtrl+C', 'CmdOrCtrl+V', 'CmdOrCtrl+X'];
  const isGlobal = accelerator.startsWith('CmdOrCtrl+') && !editing.includes(accelerator) && !/Left|Right/.test(accelerator);
  return !isGlobal;
}

function isButtonLike(element: HTMLElement): boolean {
  return ['range', 'checkbox', 'radio'].includes((element as HTMLInputElement).type);
}
