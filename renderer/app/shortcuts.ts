import { COMMANDS, type StudioCommand } from '../../main/ipc/commandTable';

const NAMED_KEYS: Readonly<Record<string, string>> = {
  ' ': 'Space',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  '+': 'Plus',
};

export type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

/** A key press in the notation of the command table; '' for a modifier alone. */
export function acceleratorOf(press: KeyPress): string {
  if (['Control', 'Shift', 'Alt', 'Meta'].includes(press.key)) return '';
  const key = NAMED_KEYS[press.key] ?? (press.key.length === 1 ? press.key.toUpperCase() : press.key);
  const isLetter = /^[A-Z]$/.test(key) || key.length > 1;
  const parts = [
    press.ctrlKey || press.metaKey ? 'CmdOrCtrl' : '',
    press.altKey ? 'Alt' : '',
    // Signs such as ? already hold their Shift.
    press.shiftKey && isLetter ? 'Shift' : '',
    key,
  ];
  return parts.filter((part) => part !== '').join('+');
}

/** '?' is Shift+/ on most layouts; the table names it by its keys. */
const SIGN_ALIASES: Readonly<Record<string, string>> = {
  '?': 'Shift+/',
  Backspace: 'Delete',
  'CmdOrCtrl+Y': 'CmdOrCtrl+Shift+Z',
};

/** The command a key press stands for, or undefined. */
export function commandForKey(press: KeyPress): StudioCommand | undefined {
  const commands: readonly StudioCommand[] = COMMANDS;
  const accelerator = acceleratorOf(press);
  const wanted = SIGN_ALIASES[accelerator] ?? accelerator;
  return wanted === '' ? undefined : commands.find((command) => command.accelerator === wanted);
}

/** An accelerator as people read it: "Ctrl Shift Z". */
export function readableKeys(accelerator: string | undefined, isMac = false): string {
  if (!accelerator) return '';
  if (accelerator === 'Shift+/') return '?';
  return accelerator
    .split('+')
    .map((part) =>
      part === 'CmdOrCtrl' ? (isMac ? 'Cmd' : 'Ctrl') : part === 'PageDown' ? 'Page Down' : part === 'PageUp' ? 'Page Up' : part,
    )
    .join(' ');
}

/** The keys of a command by id, for tooltips. */
export function keysOf(commandId: string): string {
  const commands: readonly StudioCommand[] = COMMANDS;
  return readableKeys(commands.find((command) => command.id === commandId)?.accelerator);
}

/** True where typing is meant for a field, not for the studio. Escape and combinations with Ctrl still go through. */
export function isTyping(target: EventTarget | null, press: KeyPress): boolean {
  const element = target as HTMLElement | null;
  if (!element || typeof element.tagName !== 'string') return false;
  const isField =
    element.tagName === 'TEXTAREA' || element.tagName === 'SELECT' || (element.tagName === 'INPUT' && !isRange(element));
  if (!isField) return false;
  const accelerator = acceleratorOf(press);
  const editing = ['CmdOrCtrl+Z', 'CmdOrCtrl+Shift+Z', 'CmdOrCtrl+Y', 'CmdOrCtrl+A', 'CmdOrCtrl+C', 'CmdOrCtrl+V', 'CmdOrCtrl+X'];
  const isGlobal = accelerator.startsWith('CmdOrCtrl+') && !editing.includes(accelerator) && !/Left|Right/.test(accelerator);
  return !isGlobal;
}

function isRange(element: HTMLElement): boolean {
  return (element as HTMLInputElement).type === 'range';
}
