import { withTangentMode } from '../../curves/keyTangents';
import type { Interpolation, TangentMode } from '../../curves/keyedCurve';
import type { KeyRef } from '../channelSpans';
import { editKeyGroups } from '../editKeyGroups';
import type { RecordDraft } from '../recordDraft';

/** How keys lead in and out: a tangent mode (Bezier), or linear or constant to the next key. */
export type KeyShape = TangentMode | Exclude<Interpolation, 'bezier'>;

/** Sets tangents of any number of keys: auto, flat, aligned (unified), free (broken), linear or constant. */
export function setKeyTangents(draft: RecordDraft, args: { readonly keys: readonly KeyRef[]; readonly shape: KeyShape }): void {
  const { shape } = args;
  editKeyGroups(draft, args.keys, (keys, ids) =>
    keys.map((key, index) => {
      if (!ids.has(key.id)) return key;
      if (shape === 'linear' || shape === 'constant') return key.interpolation === shape ? key : { ...key, interpolation: shape };
      if (key.interpolation === 'bezier' && key.tangentMode === shape) return key;
      return withTangentMode(keys, index, shape);
    }),
  );
}
