import { NO_SELECTION } from '../stores/viewState';
import { commandForKey, isTyping } from './shortcuts';
import type { Studio } from './studio';

/** The window's one key handler: what the focused field does not take becomes a command. */
export function handleKey(studio: Studio, event: KeyboardEvent): void {
  if (event.defaultPrevented) return;
  if (event.key === 'Escape') {
    escape(studio);
    return;
  }
  const { dialog } = studio.session.getState();
  const command = commandForKey(event);
  if (!command) return;
  if (dialog !== 'none' && command.id !== 'view.palette') return;
  if (isTyping(event.target, event)) return;
  // Space and Tab belong to a control that was reached with the keyboard.
  const focused = document.activeElement as HTMLElement | null;
  const isKeyboardFocus = focused !== null && focused !== document.body && focused.matches(':focus-visible');
  if (isKeyboardFocus && (event.key === ' ' || event.key === 'Enter' || event.key === 'Tab')) return;
  event.preventDefault();
  studio.commands.run(command.id);
}

/** Escape: an open drag goes back, then a dialog closes, then the selection goes. */
function escape(studio: Studio): void {
  if (studio.edits.discardDrag()) return;
  const { dialog } = studio.session.getState();
  if (dialog === 'unsaved') studio.project.answer('cancel');
  else if (dialog !== 'none') studio.session.setState({ dialog: 'none' });
  else if (studio.view.getState().selection.kind !== 'none') studio.timeline.select(NO_SELECTION);
  else studio.session.setState({ range: null });
}
