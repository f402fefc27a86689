/** Opaque name of a file the user chose (dialog, drop, recent); valid for this run of the app only. */
export type FileHandle = string & { readonly __brand: 'FileHandle' };
