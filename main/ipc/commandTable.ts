/**
 * The one table of commands: the native menu, the palette and the shortcuts are all made from it. Pure data, so that the
 * renderer may import it. The renderer owns the keys (it alone knows whether a text field has the focus); the native menu
 * shows the accelerator but never registers it.
 */
export type CommandMenu = 'file' | 'edit' | 'line' | 'timeline' | 'play' | 'view' | 'help';

/** A part of the window whose commands win a key while it has the focus. */
export type CommandContext = 'curves' | 'phonemes';

export interface StudioCommand {
  readonly id: string;
  /** As in the menu and the palette; "..." when a dialog follows. */
  readonly label: string;
  readonly menu: CommandMenu;
  /** Keys in Electron's accelerator notation ("CmdOrCtrl+Shift+Z"). */
  readonly accelerator?: string;
  /** With a context, the key means this command only while that part has the focus or its selection. */
  readonly context?: CommandContext;
  /** Commands of one menu with the same group stand together; a line separates groups. */
  readonly group: number;
  /** Done by main without asking the renderer (quit, reload in development). */
  readonly role?: 'quit' | 'togglefullscreen' | 'toggleDevTools';
}

export const MENU_LABELS: Readonly<Record<CommandMenu, string>> = {
  file: 'File',
  edit: 'Edit',
  line: 'Line',
  timeline: 'Timeline',
  play: 'Playback',
  view: 'View',
  help: 'Help',
};

export const MENU_ORDER: readonly CommandMenu[] = ['file', 'edit', 'line', 'timeline', 'play', 'view', 'help'];

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
  { id: 'edit.copy', label: 'Copy keys', menu: 'edit', group: 1, accelerator: 'CmdOrCtrl+C' },
  { id: 'edit.cut', label: 'Cut keys', menu: 'edit', group: 1, accelerator: 'CmdOrCtrl+X' },
  { id: 'edit.paste', label: 'Paste at the playhead', menu: 'edit', group: 1, accelerator: 'CmdOrCtrl+V' },
  { id: 'edit.pasteInPlace', label: 'Paste in place', menu: 'edit', group: 1, accelerator: 'CmdOrCtrl+Shift+V' },
  { id: 'edit.pasteMirrored', label: 'Paste mirrored left to right', menu: 'edit', group: 1, accelerator: 'CmdOrCtrl+Alt+V' },
  { id: 'edit.selectAll', label: 'Select all keys of the shown channels', menu: 'edit', group: 1, accelerator: 'CmdOrCtrl+A' },
  { id: 'edit.delete', label: 'Delete', menu: 'edit', group: 1, accelerator: 'Delete' },
  { id: 'edit.insertKey', label: 'Insert key', menu: 'edit', group: 1, accelerator: 'I' },

  { id: 'edit.snap', label: 'Snap', menu: 'edit', group: 2, accelerator: 'S' },
  { id: 'edit.ripple', label: 'Ripple: a phoneme edge moves all after it', menu: 'edit', group: 2, accelerator: 'Shift+R' },
  { id: 'edit.autoKey', label: 'Auto-key', menu: 'edit', group: 2, accelerator: 'Shift+A' },
  { id: 'edit.preferences', label: 'Preferences...', menu: 'edit', group: 3, accelerator: 'CmdOrCtrl+,' },

  { id: 'tool.select', label: 'Select tool', menu: 'timeline', group: 0, accelerator: 'V' },
  { id: 'tool.range', label: 'Range tool', menu: 'timeline', group: 0, accelerator: 'R' },
  { id: 'tool.split', label: 'Split tool', menu: 'timeline', group: 0, accelerator: 'C' },
  { id: 'tool.box', label: 'Box tool', menu: 'timeline', group: 0, accelerator: 'B' },
  { id: 'tool.lasso', label: 'Lasso tool', menu: 'timeline', group: 0, accelerator: 'Shift+B' },
  { id: 'keys.move', label: 'Move the selected keys', menu: 'timeline', group: 1, accelerator: 'G' },
  { id: 'keys.scale', label: 'Scale the selected keys', menu: 'timeline', group: 1, accelerator: 'T' },
  { id: 'keys.nudgeBack', label: 'Nudge one frame back', menu: 'timeline', group: 1, accelerator: 'Alt+Left' },
  { id: 'keys.nudgeForward', label: 'Nudge one frame forward', menu: 'timeline', group: 1, accelerator: 'Alt+Right' },
  { id: 'keys.nudgeUp', label: 'Nudge up', menu: 'timeline', group: 1, accelerator: 'Alt+Up' },
  { id: 'keys.nudgeDown', label: 'Nudge down', menu: 'timeline', group: 1, accelerator: 'Alt+Down' },
  { id: 'keys.mirror', label: 'Mirror left and right', menu: 'timeline', group: 1 },
  { id: 'keys.smooth', label: 'Smooth the selected keys', menu: 'timeline', group: 1, accelerator: 'Alt+S' },
  { id: 'keys.reduce', label: 'Reduce the selected keys', menu: 'timeline', group: 1, accelerator: 'Alt+R' },
  { id: 'keys.bake', label: 'Bake the range to keys', menu: 'timeline', group: 1, accelerator: 'Alt+B' },
  { id: 'keys.matchTangents', label: 'Match tangents to the curve below', menu: 'timeline', group: 1, accelerator: 'Alt+T' },
  { id: 'tangent.auto', label: 'Tangent: auto', menu: 'timeline', group: 2, accelerator: '1', context: 'curves' },
  { id: 'tangent.aligned', label: 'Tangent: aligned', menu: 'timeline', group: 2, accelerator: '2', context: 'curves' },
  { id: 'tangent.free', label: 'Tangent: free', menu: 'timeline', group: 2, accelerator: '3', context: 'curves' },
  { id: 'tangent.flat', label: 'Tangent: flat', menu: 'timeline', group: 2, accelerator: '4', context: 'curves' },
  { id: 'tangent.linear', label: 'Tangent: linear', menu: 'timeline', group: 2, accelerator: '5', context: 'curves' },
  { id: 'tangent.hold', label: 'Tangent: hold', menu: 'timeline', group: 2, accelerator: '6', context: 'curves' },
  { id: 'tangent.menu', label: 'Tangents...', menu: 'timeline', group: 2 },
  { id: 'channel.mute', label: 'Mute the channel', menu: 'timeline', group: 2, accelerator: 'M', context: 'curves' },
  { id: 'channel.solo', label: 'Solo the channel', menu: 'timeline', group: 2, accelerator: 'Shift+M', context: 'curves' },
  { id: 'channel.lock', label: 'Lock the channel', menu: 'timeline', group: 2, accelerator: 'H', context: 'curves' },
  { id: 'channel.pin', label: 'Pin the channel to the top', menu: 'timeline', group: 2 },
  {
    id: 'edit.mergePhoneme',
    label: 'Merge with the next phoneme',
    menu: 'timeline',
    group: 3,
    accelerator: 'M',
    context: 'phonemes',
  },
  {
    id: 'phoneme.relabel',
    label: 'Relabel the phoneme...',
    menu: 'timeline',
    group: 3,
    accelerator: 'Enter',
    context: 'phonemes',
  },
  { id: 'phoneme.split', label: 'Split the phoneme at the playhead', menu: 'timeline', group: 3 },
  { id: 'phoneme.insert', label: 'Insert a phoneme at the playhead', menu: 'timeline', group: 3 },
  {
    id: 'phoneme.lock',
    label: 'Lock or unlock the phoneme or word',
    menu: 'timeline',
    group: 3,
    accelerator: 'H',
    context: 'phonemes',
  },
  { id: 'phoneme.restore', label: 'Phonemes as the recogniser heard them', menu: 'timeline', group: 3 },
  { id: 'phoneme.nextUnsure', label: 'Next word or phoneme it is not sure of', menu: 'timeline', group: 3, accelerator: 'F8' },
  { id: 'range.in', label: 'Range begins at the playhead', menu: 'timeline', group: 4, accelerator: '[' },
  { id: 'range.out', label: 'Range ends at the playhead', menu: 'timeline', group: 4, accelerator: ']' },
  { id: 'range.fromSelection', label: 'Range from the selection', menu: 'timeline', group: 4 },
  { id: 'range.clear', label: 'No range', menu: 'timeline', group: 4 },
  { id: 'range.lock', label: 'Lock the range', menu: 'timeline', group: 4, accelerator: 'Shift+L' },
  { id: 'range.unlock', label: 'Unlock the range', menu: 'timeline', group: 4, accelerator: 'CmdOrCtrl+Shift+L' },
  {
    id: 'range.insertTime',
    label: 'Insert time, all tracks move along',
    menu: 'timeline',
    group: 4,
    accelerator: 'CmdOrCtrl+Alt+I',
  },
  {
    id: 'range.offsetEarlier',
    label: 'Offset the phrase one frame earlier',
    menu: 'timeline',
    group: 4,
    accelerator: 'CmdOrCtrl+Alt+Left',
  },
  {
    id: 'range.offsetLater',
    label: 'Offset the phrase one frame later',
    menu: 'timeline',
    group: 4,
    accelerator: 'CmdOrCtrl+Alt+Right',
  },
  { id: 'range.deleteTime', label: 'Cut the range out of all tracks', menu: 'timeline', group: 4, accelerator: 'Shift+Delete' },
  { id: 'marker.add', label: 'Add a marker at the playhead', menu: 'timeline', group: 5, accelerator: 'Alt+M' },
  { id: 'marker.rename', label: 'Rename the marker', menu: 'timeline', group: 5 },
  { id: 'marker.remove', label: 'Remove the marker', menu: 'timeline', group: 5 },
  { id: 'marker.next', label: 'Next marker', menu: 'timeline', group: 5, accelerator: 'Alt+PageDown' },
  { id: 'marker.previous', label: 'Previous marker', menu: 'timeline', group: 5, accelerator: 'Alt+PageUp' },

  { id: 'line.generate', label: 'Generate line', menu: 'line', group: 0, accelerator: 'CmdOrCtrl+G' },
  { id: 'line.regenerate', label: 'Regenerate selection', menu: 'line', group: 0, accelerator: 'CmdOrCtrl+Shift+G' },
  { id: 'line.regenerateMouth', label: 'Regenerate the mouth only', menu: 'line', group: 0 },
  { id: 'line.regenerateUpper', label: 'Regenerate the upper face only', menu: 'line', group: 0 },
  { id: 'line.regenerateHead', label: 'Regenerate the head only', menu: 'line', group: 0 },
  { id: 'line.newTake', label: 'New take with a new seed', menu: 'line', group: 0 },
  { id: 'line.swapTake', label: 'Swap with the other take', menu: 'line', group: 0, accelerator: '\\' },
  { id: 'line.replaceRecording', label: 'Replace the recording...', menu: 'line', group: 0 },
  { id: 'line.align', label: 'Align to transcript...', menu: 'line', group: 0, accelerator: 'CmdOrCtrl+T' },
  { id: 'line.loadTranscript', label: 'Load transcript...', menu: 'line', group: 0 },
  { id: 'line.suggestEmotions', label: 'Suggest emotions from words and voice', menu: 'line', group: 0 },
  { id: 'line.acceptSuggestions', label: 'Accept all suggested emotions', menu: 'line', group: 0 },
  { id: 'line.dismissSuggestions', label: 'Dismiss all suggested emotions', menu: 'line', group: 0 },
  { id: 'line.dictionary', label: 'Pronunciations...', menu: 'line', group: 0 },
  { id: 'line.generateSelected', label: 'Generate the selected lines', menu: 'line', group: 0 },
  { id: 'line.exportSelected', label: 'Export the selected lines to a folder...', menu: 'line', group: 0 },
  { id: 'line.batchReport', label: 'Report of the last batch', menu: 'line', group: 0 },
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
  { id: 'view.zoomValuesIn', label: 'Values larger', menu: 'view', group: 1, accelerator: 'Shift+Up' },
  { id: 'view.zoomValuesOut', label: 'Values smaller', menu: 'view', group: 1, accelerator: 'Shift+Down' },
  { id: 'view.absolute', label: 'Curves on one value axis', menu: 'view', group: 1 },
  { id: 'view.normalised', label: 'Curves each from lowest to highest', menu: 'view', group: 1 },
  { id: 'view.stacked', label: 'Curves one below the other', menu: 'view', group: 1 },
  { id: 'view.nextPanel', label: 'To the next panel', menu: 'view', group: 2, accelerator: 'F6' },
  { id: 'view.previousPanel', label: 'To the panel before', menu: 'view', group: 2, accelerator: 'Shift+F6' },
  { id: 'view.tracks', label: 'To the tracks', menu: 'view', group: 2, accelerator: 'CmdOrCtrl+F6' },
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
