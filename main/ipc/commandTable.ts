/**
 * The one table of commands: the native menu, the palette and the shortcuts are all made from it. Pure data, so that the
 * renderer may import it. The renderer owns the keys (it alone knows whether a text field has the focus); the native menu
 * shows the accelerator but never registers it.
 */
export type CommandMenu = 'file' | 'edit' | 'line' | 'play' | 'view' | 'help';

export interface StudioCommand {
  readonly id: string;
  /** As in the menu and the palette; "..." when a dialog follows. */
  readonly label: string;
  readonly menu: CommandMenu;
  /** Keys in Electron's accelerator notation ("CmdOrCtrl+Shift+Z"). */
  readonly accelerator?: string;
  /** Commands of one menu with the same group stand together; a line separates groups. */
  readonly group: number;
  /** Done by main without asking the renderer (quit, reload in development). */
  readonly role?: 'quit' | 'togglefullscreen' | 'toggleDevTools';
}

export const MENU_LABELS: Readonly<Record<CommandMenu, string>> = {
  file: 'File',
  edit: 'Edit',
  line: 'Line',
  play: 'Playback',
  view: 'View',
  help: 'Help',
};

export const MENU_ORDER: readonly CommandMenu[] = ['file', 'edit', 'line', 'play', 'view', 'help'];

export const COMMANDS = [
  { id: 'file.new', label: 'New project', menu: 'file', group: 0, accelerator: 'CmdOrCtrl+N' },
  { id: 'file.open', label: 'Open project...', menu: 'file', group: 0, accelerator: 'CmdOrCtrl+O' },
  { id: 'file.openSample', label: 'Open the sample line', menu: 'file', group: 0 },
  { id: 'file.save', label: 'Save', menu: 'file', group: 1, accelerator: 'CmdOrCtrl+S' },
  { id: 'file.saveAs', label: 'Save as...', menu: 'file', group: 1, accelerator: 'CmdOrCtrl+Shift+S' },
  { id: 'file.import', label: 'Import dialogue...', menu: 'file', group: 2, accelerator: 'CmdOrCtrl+I' },
  { id: 'file.export', label: 'Export...', menu: 'file', group: 2, accelerator: 'CmdOrCtrl+E' },
  { id: 'file.quit', label: 'Quit', menu: 'file', group: 3, accelerator: 'CmdOrCtrl+Q', role: 'quit' },

  { id: 'edit.undo', label: 'Undo', menu: 'edit', group: 0, accelerator: 'CmdOrCtrl+Z' },
  { id: 'edit.redo', label: 'Redo', menu: 'edit', group: 0, accelerator: 'CmdOrCtrl+Shift+Z' },
  { id: 'edit.delete', label: 'Delete', menu: 'edit', group: 1, accelerator: 'Delete' },
  { id: 'edit.insertKey', label: 'Insert key', menu: 'edit', group: 1, accelerator: 'I' },
  { id: 'edit.mergePhoneme', label: 'Merge with the next phoneme', menu: 'edit', group: 1, accelerator: 'M' },
  { id: 'edit.snap', label: 'Snap', menu: 'edit', group: 2, accelerator: 'S' },
  { id: 'edit.autoKey', label: 'Auto-key', menu: 'edit', group: 2, accelerator: 'Shift+A' },

  { id: 'line.generate', label: 'Generate line', menu: 'line', group: 0, accelerator: 'CmdOrCtrl+G' },
  { id: 'line.newTake', label: 'New take with a new seed', menu: 'line', group: 0, accelerator: 'CmdOrCtrl+Shift+G' },
  { id: 'line.swapTake', label: 'Swap with the other take', menu: 'line', group: 0, accelerator: '\\' },
  { id: 'line.align', label: 'Align to transcript...', menu: 'line', group: 0, accelerator: 'CmdOrCtrl+T' },
  { id: 'line.cancelJob', label: 'Cancel the running job', menu: 'line', group: 0, accelerator: 'CmdOrCtrl+.' },
  { id: 'line.next', label: 'Next line', menu: 'line', group: 1, accelerator: 'PageDown' },
  { id: 'line.previous', label: 'Previous line', menu: 'line', group: 1, accelerator: 'PageUp' },
  { id: 'line.remove', label: 'Remove line', menu: 'line', group: 2 },

  { id: 'play.toggle', label: 'Play or stop', menu: 'play', group: 0, accelerator: 'Space' },
  { id: 'play.shuttleBack', label: 'Shuttle back', menu: 'play', group: 0, accelerator: 'J' },
  { id: 'play.shuttleStop', label: 'Shuttle stop', menu: 'play', group: 0, accelerator: 'K' },
  { id: 'play.shuttleForward', label: 'Shuttle forward', menu: 'play', group: 0, accelerator: 'L' },
  { id: 'play.frameBack', label: 'One frame back', menu: 'play', group: 1, accelerator: 'Left' },
  { id: 'play.frameForward', label: 'One frame forward', menu: 'play', group: 1, accelerator: 'Right' },
  { id: 'play.previousKey', label: 'Previous key', menu: 'play', group: 1, accelerator: ',' },
  { id: 'play.nextKey', label: 'Next key', menu: 'play', group: 1, accelerator: '.' },
  { id: 'play.previousPhoneme', label: 'Previous phoneme', menu: 'play', group: 1, accelerator: 'CmdOrCtrl+Left' },
  { id: 'play.nextPhoneme', label: 'Next phoneme', menu: 'play', group: 1, accelerator: 'CmdOrCtrl+Right' },
  { id: 'play.start', label: 'To the start', menu: 'play', group: 1, accelerator: 'Home' },
  { id: 'play.end', label: 'To the end', menu: 'play', group: 1, accelerator: 'End' },
  { id: 'play.loop', label: 'Loop', menu: 'play', group: 2, accelerator: 'CmdOrCtrl+L' },

  { id: 'view.palette', label: 'Find a command...', menu: 'view', group: 0, accelerator: 'CmdOrCtrl+K' },
  { id: 'view.zoomIn', label: 'Zoom in', menu: 'view', group: 1, accelerator: '=' },
  { id: 'view.zoomOut', label: 'Zoom out', menu: 'view', group: 1, accelerator: '-' },
  { id: 'view.frameLine', label: 'Show the whole line', menu: 'view', group: 1, accelerator: 'A' },
  { id: 'view.frameSelection', label: 'Show the selected range', menu: 'view', group: 1, accelerator: 'F' },
  { id: 'view.linesList', label: 'Lines list', menu: 'view', group: 2, accelerator: 'F2' },
  { id: 'view.lowerTracks', label: 'Sheet, curves or both', menu: 'view', group: 2, accelerator: 'Tab' },
  { id: 'view.curveEditor', label: 'Curve editor', menu: 'view', group: 2, accelerator: 'Shift+3' },
  { id: 'view.cameraFront', label: 'Camera: front', menu: 'view', group: 2 },
  { id: 'view.cameraThreeQuarter', label: 'Camera: three-quarter', menu: 'view', group: 2 },
  { id: 'view.cameraSide', label: 'Camera: side', menu: 'view', group: 2 },
  { id: 'view.cameraMouth', label: 'Camera: mouth', menu: 'view', group: 2 },
  { id: 'view.resetCamera', label: 'Reset the camera', menu: 'view', group: 2 },
  { id: 'view.wireframe', label: 'Wireframe', menu: 'view', group: 2 },
  { id: 'view.handles', label: 'Handles on the face', menu: 'view', group: 3 },
  { id: 'view.lightsStudio', label: 'Lights: studio soft', menu: 'view', group: 3 },
  { id: 'view.lightsKeyRim', label: 'Lights: key and rim', menu: 'view', group: 3 },
  { id: 'view.lightsWindow', label: 'Lights: window', menu: 'view', group: 3 },
  { id: 'view.lightsOutdoor', label: 'Lights: outdoor', menu: 'view', group: 3 },
  { id: 'view.lightsDramatic', label: 'Lights: dramatic', menu: 'view', group: 3 },
  { id: 'view.lightsFlat', label: 'Lights: flat', menu: 'view', group: 3 },
  { id: 'view.toon', label: 'Toon look', menu: 'view', group: 3 },
  { id: 'view.qualityAuto', label: 'Picture quality: automatic', menu: 'view', group: 4 },
  { id: 'view.qualityDraft', label: 'Picture quality: draft', menu: 'view', group: 4 },
  { id: 'view.qualityStandard', label: 'Picture quality: standard', menu: 'view', group: 4 },
  { id: 'view.qualityHigh', label: 'Picture quality: high', menu: 'view', group: 4 },
  { id: 'view.fullScreen', label: 'Full screen', menu: 'view', group: 5, accelerator: 'F11', role: 'togglefullscreen' },
  { id: 'view.devTools', label: 'Developer tools', menu: 'view', group: 5, accelerator: 'F12', role: 'toggleDevTools' },

  { id: 'help.keys', label: 'Keyboard map', menu: 'help', group: 0, accelerator: 'Shift+/' },
  { id: 'help.about', label: 'About Mien', menu: 'help', group: 1 },
] as const satisfies readonly StudioCommand[];

export type StudioCommandId = (typeof COMMANDS)[number]['id'];
