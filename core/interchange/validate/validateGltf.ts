import { validateBytes } from 'gltf-validator';
import { checkGlbStructure, checkGltfTextStructure } from '../gltf/checkGlbStructure';
import { MienError } from '../../errors';
import { FindingList, type ValidationReport } from './validationReport';

const SEVERITIES = ['error', 'warning', 'info', 'info'] as const;
/** Errors of the validator say nothing new after these many. */
const MAX_ISSUES = 200;

/** Runs the Khronos glTF validator over a GLB, or over a .gltf text with everything inside (files beside it are not looked at). */
export async function validateGltf(bytes: Uint8Array, format: 'glb' | 'gltf'): Promise<ValidationReport> {
  const list = new FindingList();
  try {
    // First our own bounds: the validator would try to hold arrays of any announced size.
    if (format === 'glb') checkGlbStructure(bytes);
    else checkGltfTextStructure(bytes);
    const { issues, info } = await validateBytes(bytes, { format, maxIssues: MAX_ISSUES, writeTimestamp: false });
    for (const issue of issues.messages) {
      list.add(SEVERITIES[issue.severity], issue.code, issue.pointer ? `${issue.message} (${issue.pointer})` : issue.message);
    }
    return list.report(format, { ...summarise(info), errors: issues.numErrors, warnings: issues.numWarnings });
  } catch (error) {
    list.add(
      'error',
      `${format}-unreadable`,
      error instanceof MienError ? error.message : `The glTF validator gave up: ${String(error)}`,
    );
    return list.report(format);
  }
}

function summarise(info: Readonly<Record<string, unknown>> | undefined): Record<string, string | number> {
  const summary: Record<string, string | number> = {};
  for (const key of ['generator', 'animationCount', 'materialCount', 'totalVertexCount', 'totalTriangleCount', 'maxInfluences']) {
    const value = info?.[key];
    if (typeof value === 'string' || typeof value === 'number') summary[key] = value;
  }
  return summary;
}
