import * as v from 'valibot';

/** A target that an expression of a VRM moves. */
export interface ExpressionBind {
  /** "aa", "blink_l", "JawOpen": as the file's table has it, a preset's name before its own. */
  readonly expression: string;
  readonly on: { readonly mesh: number } | { readonly node: number };
  readonly targetIndex: number;
  /** Weight of the target for the whole expression, 0..1. */
  readonly share: number;
}

/** More binds than this are no face. */
const MAX_BINDS = 20_000;

const Index = v.pipe(v.number(), v.integer(), v.minValue(0));
const Name = v.pipe(v.string(), v.maxLength(256));
const Groups = v.array(
  v.object({
    name: v.optional(Name, ''),
    presetName: v.optional(Name, ''),
    binds: v.optional(v.array(v.object({ mesh: Index, index: Index, weight: v.number() })), []),
  }),
);
const Expressions = v.record(
  Name,
  v.object({ morphTargetBinds: v.optional(v.array(v.object({ node: Index, index: Index, weight: v.number() })), []) }),
);

/**
 * The expression table of a VRM: `blendShapeMaster` of 0.x (weights 0..100), `expressions` of 1.0. Empty for other files and
 * for tables that make no sense: names of targets then have to do.
 * @param json of the file, untrusted
 */
export function vrmExpressions(json: unknown): ExpressionBind[] {
  const extensions = at(json, 'extensions');
  const groups = v.safeParse(Groups, at(at(at(extensions, 'VRM'), 'blendShapeMaster'), 'blendShapeGroups'));
  const older = !groups.success
    ? []
    : groups.output.flatMap(({ name, presetName, binds }) =>
        binds.map(({ mesh, index, weight }) => ({
          expression: presetName !== '' && presetName !== 'unknown' ? presetName : name,
          on: { mesh },
          targetIndex: index,
          share: weight / 100,
        })),
      );
  const table = at(at(extensions, 'VRMC_vrm'), 'expressions');
  const newer = ['preset', 'custom'].flatMap((kind) => {
    const expressions = v.safeParse(Expressions, at(table, kind));
    if (!expressions.success) return [];
    return Object.entries(expressions.output).flatMap(([expression, { morphTargetBinds }]) =>
      morphTargetBinds.map(({ node, index, weight }) => ({ expression, on: { node }, targetIndex: index, share: weight })),
    );
  });
  return [...older, ...newer].slice(0, MAX_BINDS).filter(({ share }) => share > 0 && share <= 1);
}

function at(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
}
