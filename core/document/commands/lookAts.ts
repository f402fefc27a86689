import { FARTHEST_LOOK_METRES, NEAREST_LOOK_METRES } from '../../rig/vergence';
import type { RecordDraft } from '../recordDraft';
import type { LookAtId, LookAtRecord, NonverbalEventRecord } from '../records';

/** Adds a look-at target, or changes one under the same id. */
export function putLookAt(draft: RecordDraft, args: { lookAtId: LookAtId } & Omit<LookAtRecord, 'id' | 'kind'>): void {
  const { lookAtId, name, direction, headShare, distanceMetres } = args;
  draft.put({
    id: lookAtId,
    kind: 'lookat',
    name: name.trim() || 'Target',
    direction: {
      yawRadians: Math.min(Math.PI, Math.max(-Math.PI, direction.yawRadians)),
      pitchRadians: Math.min(Math.PI / 2, Math.max(-Math.PI / 2, direction.pitchRadians)),
    },
    headShare: Math.min(1, Math.max(0, headShare)),
    ...(distanceMetres !== undefined && {
      distanceMetres: Math.min(FARTHEST_LOOK_METRES, Math.max(NEAREST_LOOK_METRES, distanceMetres)),
    }),
  });
}

/** Removes a target; events that looked at it keep looking the same way, by direction. */
export function removeLookAt(draft: RecordDraft, lookAtId: LookAtId): void {
  const lookAt = draft.find<LookAtRecord>(lookAtId);
  if (!lookAt) return;
  for (const id of draft.idsWithPrefix('event:')) {
    const event = draft.find<NonverbalEventRecord>(id as NonverbalEventRecord['id']);
    if (event?.lookAtId !== lookAtId) continue;
    const { lookAtId: _gone, ...rest } = event;
    draft.put({ ...rest, target: lookAt.direction });
  }
  draft.remove(lookAtId);
}
