import { MienError } from '../../errors';
import { checkUserWord } from '../../speech/text/lexicon';
import type { DictionaryEntry, DictionaryRecord } from '../records';
import type { RecordDraft } from '../recordDraft';

/**
 * Sets how words of the project are said; the entries replace those before, sorted by word.
 * @throws MienError 'invalid-input' that names an entry which is no ARPAbet
 */
export function setDictionary(draft: RecordDraft, entries: readonly DictionaryEntry[]): void {
  for (const entry of entries) {
    const problem = checkUserWord(entry);
    if (problem !== null) throw new MienError('invalid-input', problem, 'Correct the entry, or leave it out.');
  }
  const before = draft.find<DictionaryRecord>('dictionary');
  if (entries.length === 0) {
    if (before) draft.remove('dictionary');
    return;
  }
  const sorted = [...entries].sort((a, b) => a.word.localeCompare(b.word, 'en'));
  draft.put({ id: 'dictionary', kind: 'dictionary', entries: sorted });
}
