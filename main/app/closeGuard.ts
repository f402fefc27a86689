import { app, dialog, type BrowserWindow } from 'electron';

const SAVE = 0;
const DISCARD = 1;
const CANCEL = 2;

/**
 * Asks about unsaved changes before the window closes. The renderer reports `dirty`; "Save" runs its own save command and
 * the window closes once the document is clean.
 */
export class CloseGuard {
  private dirty = false;
  private title = '';
  private closeWhenClean = false;
  private decided = false;
  private quitting = false;

  constructor(
    private readonly window: BrowserWindow,
    private readonly save: () => void,
  ) {
    app.on('before-quit', () => (this.quitting = true));
    window.on('close', (event) => {
      if (this.decided || !this.dirty) return;
      event.preventDefault();
      void this.ask();
    });
    // Who types on in the window after a save that failed does not want it closed by a later save.
    window.webContents.on('before-input-event', () => (this.closeWhenClean = false));
  }

  /** The save dialog was left without an answer: the window stays. */
  saveCancelled(): void {
    this.closeWhenClean = false;
    this.quitting = false;
  }

  setDocumentState(state: { readonly title: string; readonly dirty: boolean }): void {
    this.dirty = state.dirty;
    this.title = state.title;
    this.window.setTitle(`${state.dirty ? '• ' : ''}${state.title ? `${state.title} - ` : ''}Mien`);
    this.window.setDocumentEdited(state.dirty);
    if (!state.dirty && this.closeWhenClean) this.close();
  }

  private async ask(): Promise<void> {
    const { response } = await dialog.showMessageBox(this.window, {
      type: 'question',
      message: `Save the changes to "${this.title || 'Untitled'}" before closing?`,
      detail: 'Changes that are not saved are lost.',
      buttons: ['Save', "Don't save", 'Cancel'],
      defaultId: SAVE,
      cancelId: CANCEL,
      noLink: true,
    });
    if (response === DISCARD) return this.close();
    this.closeWhenClean = response === SAVE;
    if (response === SAVE) this.save();
    else this.quitting = false;
  }

  private close(): void {
    this.decided = true;
    if (this.quitting) app.quit();
    else this.window.close();
  }
}
