import { setChannelKey } from '../../../core/document/commands/channelKeys';
import { setEmotionKey } from '../../../core/document/commands/emotionKeys';
import { setSeed } from '../../../core/document/commands/lines';
import { DocumentStore } from '../../../core/document/documentStore';
import type { DocumentRecords } from '../../../core/document/records';
import { exampleProject, LINE_ID } from './exampleProject';

/** Edit `number` of a fixed series: keys, emotions, seeds, undo and redo. The same number is always the same edit. */
export function numberedEdit(store: DocumentStore, number: number): void {
  const lineId = LINE_ID;
  const timeSeconds = ((number * 37) % 150) / 100;
  const value = ((number * 13) % 100) / 100;
  const kind = number % 7;
  if (kind === 5) store.undo();
  else if (kind === 6) store.redo();
  else if (kind === 0) store.transact(`Seed ${number}`, (draft) => setSeed(draft, { lineId, seed: number }));
  else if (kind === 1)
    store.transact(`Joy ${number}`, (draft) =>
      setEmotionKey(draft, { lineId, emotion: 'joy', timeSeconds, value, newKeyId: `e${number}` }),
    );
  else {
    const ids = { newKeyId: `k${number}`, newSpanId: `s${number}`, newLayerId: `layer:n${number}` } as const;
    const channel = kind === 2 ? 'jawOpen' : 'mouthPucker';
    store.transact(`Key ${number}`, (draft) =>
      setChannelKey(draft, { lineId, layerId: 'layer:l1', channel, timeSeconds, value, ...ids }),
    );
  }
}

/** The example project in a store, and the number of the first edit. */
export function editedStore(): { store: DocumentStore; firstEdit: number } {
  return { store: new DocumentStore(exampleProject().records), firstEdit: 1 };
}

/** The document after edits 1..count, made from scratch. */
export function documentAfter(count: number): DocumentRecords {
  const { store, firstEdit } = editedStore();
  for (let number = firstEdit; number <= count; number++) numberedEdit(store, number);
  return store.records;
}
