import { trackOf, type SampledTracks } from '../../curves/sampledTracks';
import { CHANNEL_INDEX } from '../../rig/channels';
import type { CharacterProfile } from '../../rig/retarget/characterProfile';
import { createRetarget } from '../../rig/retarget/retarget';
import type { CharacterMesh, CharacterScene } from './characterScene';

/** Weights of every target of a character over time. */
export interface TargetTracks {
  /** Samples of a target, null when nothing drives it (it keeps its rest weight). */
  samplesOf(mesh: CharacterMesh, target: number): Float32Array | null;
  /** The weight at which a target is fully on: 1, or 100 for a rig whose weights go to 100. */
  unitOf(mesh: CharacterMesh, target: number): number;
}

/**
 * Curves of channels as curves of a character's targets: through its profile, or by ARKit names when there is none. Targets of
 * the same name on several meshes share one array.
 */
export function targetTracks(
  scene: Pick<CharacterScene, 'meshes'>,
  tracks: SampledTracks,
  profile: CharacterProfile | null,
): TargetTracks {
  if (!profile) {
    return {
      samplesOf: (mesh, target) => {
        const channel = mesh.targetChannels[target];
        return channel ? trackOf(tracks, channel) : null;
      },
      unitOf: () => 1,
    };
  }
  const retarget = createRetarget(profile);
  const byTarget = new Map<string, Float32Array>();
  const driven = scene.meshes.flatMap((mesh) =>
    mesh.targetNames.filter((name) => retarget.drives(name, mesh.name)).map((name) => ({ mesh: mesh.name, name })),
  );
  for (const { mesh, name } of driven) byTarget.set(`${mesh}\n${name}`, new Float32Array(tracks.frameCount));
  for (let frame = 0; frame < tracks.frameCount; frame += 1) {
    const weights = retarget.weightsFor((channel) => tracks.channels[CHANNEL_INDEX[channel]][frame]);
    for (const { mesh, name } of driven) byTarget.get(`${mesh}\n${name}`)![frame] = weights(name, mesh);
  }
  return {
    samplesOf: (mesh, target) => byTarget.get(`${mesh.name}\n${mesh.targetNames[target]}`) ?? null,
    unitOf: (mesh, target) => retarget.unitOf(mesh.targetNames[target], mesh.name),
  };
}
