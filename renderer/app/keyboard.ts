import { NO_SELECTION } from '../stores/viewState';
import { commandForKey, contextOfSelection, isTyping } from './shortcuts';
import type { Studio } from './studio';

/** The window's one key handler: what the focused field does not take becomes a command. */
export function handleKey(studio: Studio, event: KeyboardEvent): void {
  if (event.defaultPrevented) return;
  if (event.key === 'Escape') {
    escape(studio);
    return;
  }
  const { dialog, keyContext } = studio.session.getState();
  const { selection } = studio.view.getState();
  const command = commandForKey(event, [keyContext, contextOfSelection(selection.kind)].filter(Boolean));
  if (!command) return;
  if (dialog !== 'none' && command.id !== 'view.palette') return;
  if (isTyping(event.target, event)) return;
  // Space, Enter, Tab and arrows belong to a control that was reached with the keyboard.
  const focused = document.activeElement as HTMLElement | null;
  const isKeyboardFocus = focused !== null && focused !== document.body && focused.matches(':focus-visible');
  const isPlain = !event.ctrlKey && !event.altKey && !event.metaKey;
  if (isKeyboardFocus && isPlain && OWN_KEYS.has(event.key)) return;
  // Tab walks through the controls, except over the timeline, where it switches sheet and curves.
  if (event.key === 'Tab' && isPlain && !document.querySelector('.timeline:hover')) return;
  event.preventDefault();
  if (event.key === ' ' && command.id === 'play.toggle' && document.querySelector('.timeline .body:hover')) {
    if (!event.repeat) studio.session.setState({ hand: 'ready' });
    return;
  }
  studio.commands.run(command.id);
}

/** Space let go over the timeline does what it stands for, unless the hand panned meanwhile. */
export function handleKeyUp(studio: Studio, event: KeyboardEvent): void {
  if (event.key !== ' ') return;
  const { hand } = studio.session.getState();
  releaseHand(studio);
  if (hand === 'ready') studio.commands.run('play.toggle');
}

/** The window lost the keyboard: nobody will hear Space being let go. */
export function releaseHand({ session }: Studio): void {
  if (session.getState().hand !== 'off') session.setState({ hand: 'off' });
}

/** Keys that a focused control uses itself. */
const OWN_KEYS = new Set([' ', 'Enter', 'Tab']);

/** What was pressed or focused last decides where keys with two meanings go. */
export function noteContext(studio: Studio, target: EventTarget | null): void {
  const keyContext = (target as Element | null)?.closest?.('[data-context]')?.getAttribute('data-context') ?? '';
  if (keyContext !== studio.session.getState().keyContext) studio.session.setState({ keyContext });
}

/** Escape: an open drag goes back, then a dialog closes, then the selection goes. */
function escape(studio: Studio): void {
  if (studio.edits.discardDrag()) return;
  const { dialog } = studio.session.getState();
  if (dialog === 'unsaved') studio.project.answer('cancel');
  else if (dialog === 'replace') studio.warpQuestion.answer(null);
  else if (dialog === 'capture') studio.captures.answer(null);
  else if (dialog === 'recovery') studio.project.answerRecovery('later');
  else if (dialog !== 'none') studio.session.setState({ dialog: 'none' });
  else if (studio.view.getState().selection.kind !== 'none') studio.timeline.select(NO_SELECTION);
  else studio.session.setState({ range: null });
}
