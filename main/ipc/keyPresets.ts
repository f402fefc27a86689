/**
 * Keys of each preset where they differ from the command table (the Mien preset). Pure data for main (native menu) and
 * renderer. Accelerators are in Electron's notation; an empty list means no key. Source: design/ui "Keyboard map"; Maya's
 * and Blender's own default keys for what the three have in common.
 */
export type KeyPresetName = 'mien' | 'maya' | 'blender';

export const KEY_PRESET_NAMES: Readonly<Record<KeyPresetName, string>> = {
  mien: 'Mien',
  maya: 'Maya-like',
  blender: 'Blender-like',
};

/** Keys by command id. */
export type KeyBindings = Readonly<Record<string, readonly string[]>>;

export const KEY_PRESETS: Readonly<Record<KeyPresetName, KeyBindings>> = {
  // What the table's single accelerator has no room for.
  mien: { 'edit.redo': ['CmdOrCtrl+Shift+Z', 'CmdOrCtrl+Y'] },
  maya: {
    'play.toggle': ['Alt+V'],
    'play.frameBack': ['Alt+,'],
    'play.frameForward': ['Alt+.'],
    'play.start': ['Alt+Shift+V'],
    'tool.select': ['Q'],
    'tool.range': ['Shift+Q'],
    'keys.move': ['W'],
    'keys.scale': ['R'],
    'edit.insertKey': ['S'],
    'edit.snap': ['X'],
    'edit.redo': ['CmdOrCtrl+Shift+Z', 'CmdOrCtrl+Y'],
  },
  blender: {
    'play.previousKey': ['Down'],
    'play.nextKey': ['Up'],
    'play.start': ['Shift+Left'],
    'play.end': ['Shift+Right'],
    'tool.select': ['W'],
    'tool.range': ['Shift+W'],
    // K cuts, as in Blender's editors and as design/ui has it; the shuttle stops with Space or Shift K.
    'tool.split': ['K'],
    'play.shuttleStop': ['Shift+K'],
    'keys.move': ['G'],
    'keys.scale': ['S'],
    'edit.delete': ['X', 'Delete'],
    // V is Blender's list of handles, T that of interpolations: here they are one.
    'tangent.menu': ['V', 'T'],
    'edit.selectAll': ['A', 'CmdOrCtrl+A'],
    'marker.add': ['M', 'Alt+M'],
    'view.frameSelection': ['numdec'],
    'view.frameLine': ['Home'],
    'edit.snap': ['Shift+Tab'],
    'channel.mute': ['Shift+H'],
    'channel.solo': ['/'],
    'channel.lock': ['Tab'],
    'view.lowerTracks': ['CmdOrCtrl+Tab'],
    'view.palette': ['F3', 'CmdOrCtrl+K'],
    'edit.redo': ['CmdOrCtrl+Shift+Z'],
  },
};
