/**
 * Schema 1 to 2. New record kinds and most new fields are optional. What must be there: words the recogniser said
 * (`recognisedWords`), which version 1 did not keep apart; there the present words are the nearest truth.
 */
export function toVersion2(document: Record<string, unknown>): Record<string, unknown> {
  const { records } = document;
  // Not validated yet: whatever is no record stays as it is and is refused later with its own reason.
  if (typeof records !== 'object' || records === null || Array.isArray(records)) return document;
  const migrated = Object.entries(records).map(([id, record]) => [id, isSpeech(record) ? withWords(record) : record]);
  return { ...document, records: Object.fromEntries(migrated) };
}

function isSpeech(record: unknown): record is Record<string, unknown> {
  return typeof record === 'object' && record !== null && 'kind' in record && record.kind === 'speech';
}

function withWords(speech: Record<string, unknown>): Record<string, unknown> {
  return { ...speech, recognisedWords: speech.recognisedWords ?? speech.words };
}
