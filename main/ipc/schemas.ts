import * as v from 'valibot';
import { FILE_FORMAT_IDS } from '../../core/interchange/fileFormats';
import { VIDEO_FORMAT_IDS } from '../../core/interchange/videoFormats';
import { LinkedFileSchema } from '../../core/document/schema/lineSchemas';
import { SettingsSchema } from './settings';

/** Handles are opaque; only their shape is checked here, their meaning where they are looked up. */
export const HandleSchema = v.pipe(v.string(), v.regex(/^file:[0-9a-f-]{36}$/, 'not a file handle'));
export const FormatSchema = v.picklist(FILE_FORMAT_IDS);

/** A name for display or for a suggested file: no control characters, not absurdly long. */
export const NameSchema = v.pipe(v.string(), v.maxLength(1000), v.regex(/^\P{Cc}*$/u, 'control characters'));

/** Largest dropped file taken as bytes: 20 minutes of 8-channel 192 kHz float is about this. */
const MAX_DROP_BYTES = 8 * 1024 ** 3;

const Token = v.pipe(v.string(), v.minLength(1), v.maxLength(100));
/** An entry of four hours of speech is about 10 MB. */
const MAX_ENTRY_CHARACTERS = 128 * 1024 ** 2;
const JournalText = v.pipe(v.string(), v.maxLength(MAX_ENTRY_CHARACTERS));

/** Arguments of what the journal answers at once. */
export const JOURNAL_ARGUMENTS = {
  begin: v.tuple([
    v.strictObject({
      project: v.nullable(HandleSchema),
      name: NameSchema,
      token: v.nullable(Token),
      snapshot: v.nullable(JournalText),
      resume: v.nullable(HandleSchema),
    }),
  ]),
  append: v.tuple([JournalText]),
  markSave: v.tuple([Token]),
  saved: v.tuple([v.strictObject({ project: HandleSchema, token: Token })]),
} as const;
export type JournalMethod = keyof typeof JOURNAL_ARGUMENTS;

const Chunks = v.pipe(
  v.custom<Readonly<Record<string, Float32Array>>>((value) => typeof value === 'object' && value !== null),
  v.check(
    (chunks) =>
      Object.entries(chunks).every(
        ([id, samples]) => /^chunk:[\x21-\x7e]{1,300}$/.test(id) && samples instanceof Float32Array && samples.length === 61 * 60,
      ),
    'not chunks of curves',
  ),
);

/** Arguments of every method that main answers, in order. */
export const INVOKE_ARGUMENTS = {
  'app.info': v.tuple([]),
  'app.provider': v.tuple([]),
  'app.setDocumentState': v.tuple([v.strictObject({ title: NameSchema, dirty: v.boolean() })]),
  'app.openExportFolder': v.tuple([HandleSchema]),
  'app.characters': v.tuple([]),
  'app.characterGlb': v.tuple([v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,40}$/, 'not the id of a character'))]),
  'files.chooseAudio': v.tuple([]),
  'files.chooseText': v.tuple([v.picklist(['transcript', 'dictionary', 'capture', 'profile'])]),
  'files.chooseProject': v.tuple([]),
  'files.chooseCharacter': v.tuple([]),
  'files.saveProfile': v.tuple([NameSchema, v.pipe(v.string(), v.maxLength(16 * 1024 ** 2))]),
  'files.chooseExportTarget': v.tuple([NameSchema, v.picklist([...FILE_FORMAT_IDS, ...VIDEO_FORMAT_IDS])]),
  'files.writeVideo': v.tuple([
    HandleSchema,
    v.pipe(
      v.instance(Uint8Array),
      v.check((bytes) => bytes.byteLength <= MAX_DROP_BYTES, 'too large'),
    ),
  ]),
  'files.chooseExportFolder': v.tuple([
    v.pipe(v.array(v.strictObject({ name: NameSchema, format: FormatSchema })), v.maxLength(20_000)),
  ]),
  'files.chooseSaveTarget': v.tuple([NameSchema]),
  'files.dropPath': v.tuple([v.pipe(v.string(), v.minLength(1), v.maxLength(32_768))]),
  'files.dropBytes': v.tuple([
    NameSchema,
    v.pipe(
      v.instance(Uint8Array),
      v.check((bytes) => bytes.byteLength <= MAX_DROP_BYTES, 'too large'),
    ),
  ]),
  'files.recentProjects': v.tuple([]),
  'files.sampleAudio': v.tuple([]),
  'settings.read': v.tuple([]),
  'settings.write': v.tuple([SettingsSchema]),
  'journal.pending': v.tuple([]),
  'journal.find': v.tuple([HandleSchema]),
  'journal.appendChunks': v.tuple([Chunks]),
  'journal.setAside': v.tuple([HandleSchema]),
  'journal.autosaveTarget': v.tuple([]),
  'video.choose': v.tuple([v.nullable(HandleSchema)]),
  'video.find': v.tuple([HandleSchema, LinkedFileSchema, v.nullable(HandleSchema)]),
} as const;

export type InvokeMethod = keyof typeof INVOKE_ARGUMENTS;
export type InvokeArguments<M extends InvokeMethod> = v.InferOutput<(typeof INVOKE_ARGUMENTS)[M]>;
