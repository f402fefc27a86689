import json from '../../../models/acoustic.decoder.json';
import { loadDecoderTables, type DecoderTables } from '../decoderTables';

/** The released tables: tests run on what users get. */
export function decoderForTests(): DecoderTables {
  return loadDecoderTables(json);
}
