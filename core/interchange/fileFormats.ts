/** A kind of file a performed line can be written as. */
export interface FileFormat {
  /** With the dot; the longest suffix that fits a file's name decides. */
  readonly suffix: string;
  /** As in the export dialog. */
  readonly label: string;
  /** Who takes it, in a word or two. */
  readonly note: string;
}

/**
 * Every file a performed line can be written as (the project apart): the one table behind the export dialog, the command
 * line and the writers (`writeLine`). Plain data, so that a window may import it.
 */
export const FILE_FORMATS = {
  fbx: { suffix: '.fbx', label: 'FBX', note: 'Maya, Unreal, Unity' },
  glb: { suffix: '.glb', label: 'glTF binary', note: 'web, Godot' },
  gltf: { suffix: '.gltf', label: 'glTF text', note: 'one file of text' },
  csv: { suffix: '.csv', label: 'Live Link Face', note: 'MetaHuman' },
  a2f: { suffix: '.a2f.json', label: 'Audio2Face', note: 'Omniverse' },
  uecurves: { suffix: '.uecurves.csv', label: 'Unreal curve table', note: 'CSV import' },
  anim: { suffix: '.anim', label: 'Unity clip', note: 'shapes only' },
  usda: { suffix: '.usda', label: 'USD text', note: 'UsdSkel' },
  vrma: { suffix: '.vrma', label: 'VRM animation', note: '52-shape avatars' },
  TextGrid: { suffix: '.TextGrid', label: 'Praat TextGrid', note: 'words, phones' },
  rhubarbJson: { suffix: '.rhubarb.json', label: 'Rhubarb JSON', note: 'mouth shapes' },
  rhubarbXml: { suffix: '.rhubarb.xml', label: 'Rhubarb XML', note: 'mouth shapes' },
  rhubarbTsv: { suffix: '.rhubarb.tsv', label: 'Rhubarb TSV', note: 'mouth shapes' },
} as const satisfies Readonly<Record<string, FileFormat>>;

export type FileFormatId = keyof typeof FILE_FORMATS;
export const FILE_FORMAT_IDS = Object.keys(FILE_FORMATS) as FileFormatId[];
