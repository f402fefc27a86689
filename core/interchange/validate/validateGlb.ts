import { validateBytes } from 'gltf-validator';
import { checkGlbStructure } from '../gltf/checkGlbStructure';
import { MienError } from '../../errors';
import { FindingList, type ValidationReport } from './validationReport';

const SEVERITIES = ['error', 'warning', 'info', 'info'] as const;
/** Errors of the validator say nothing new after these many. */
const MAX_ISSUES = 200;

/** Runs the Khronos glTF validator over a GLB. */
export async function validateGlb(bytes: Uint8Array): Promise<ValidationReport> {
  const list = new FindingList();
  try {
    // First our own bounds: the validator would try to hold arrays of any announced size.
    checkGlbStructure(bytes);
    const { issues, info } = await validateBytes(bytes, { format: 'glb', maxIssues: MAX_ISSUES, writeTimestamp: false });
    for (const issue of issues.messages) {
      list.add(SEVERITIES[issue.severity], issue.code, issue.pointer ? `${issue.message} (${issue.pointer})` : issue.message);
    }
    return list.report('glb', { ...summarise(info), errors: issues.numErrors, warnings: issues.numWarnings });
  } catch (error) {
    list.add(
      'error',
      'glb-unreadable',
      error instanceof MienError ? error.message : `The glTF validator gave up: ${String(error)}`,
    );
    return list.report('glb');
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
