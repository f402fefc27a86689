import { validateFbx } from './validateFbx';
import { validateGltf } from './validateGltf';
import { validateLiveLinkCsv } from './validateLiveLinkCsv';
import { validateMien } from './validateMien';
import { FindingList, type ValidationReport } from './validationReport';

/**
 * Looks into a .glb, .gltf, .vrma, .fbx, Live Link .csv or .mien file and says what is wrong with it. What the file IS decides, not its name;
 * a name that says otherwise is a finding. Never throws for any content.
 */
export async function validateFile(bytes: Uint8Array, fileName: string): Promise<ValidationReport> {
  const extension = /\.([a-z0-9]+)$/i.exec(fileName)?.[1].toLowerCase() ?? '';
  const format = sniff(bytes) ?? textFormat(bytes, extension);
  if (!format) {
    const list = new FindingList();
    const known = ['glb', 'gltf', 'vrma', 'fbx', 'mien'].includes(extension);
    const message = known
      ? `This is not a .${extension} file, or its beginning is damaged.`
      : 'Mien validates .glb, .gltf, .vrma, .fbx, .csv and .mien files.';
    list.add('error', 'unknown-format', message);
    return list.report('unknown');
  }
  const report = await validateAs(format, bytes);
  if (extension === format || CONTAINERS[extension] === format) return report;
  const finding = {
    severity: 'warning',
    rule: 'extension',
    message: `The name ends in ".${extension}" but the content is ${format}.`,
  } as const;
  return { ...report, findings: [finding, ...report.findings] };
}

/** Names under which a format also travels: a VRM animation is a binary glTF. */
const CONTAINERS: Readonly<Partial<Record<string, KnownFormat>>> = { vrma: 'glb', vrm: 'glb' };

type KnownFormat = Exclude<ValidationReport['format'], 'unknown'>;

async function validateAs(format: KnownFormat, bytes: Uint8Array): Promise<ValidationReport> {
  switch (format) {
    case 'glb':
    case 'gltf':
      return validateGltf(bytes, format);
    case 'fbx':
      return validateFbx(bytes);
    case 'csv':
      return validateLiveLinkCsv(bytes);
    case 'mien':
      return validateMien(bytes);
  }
}

/** Texts say less of themselves: their name has to help. */
function textFormat(bytes: Uint8Array, extension: string): KnownFormat | null {
  if (extension === 'csv') return 'csv';
  return extension === 'gltf' && /^\s*\{/.test(String.fromCharCode(...bytes.subarray(0, 20))) ? 'gltf' : null;
}

function sniff(bytes: Uint8Array): KnownFormat | null {
  const head = String.fromCharCode(...bytes.subarray(0, 20));
  if (head.startsWith('glTF')) return 'glb';
  if (head.startsWith('Kaydara FBX Binary')) return 'fbx';
  if (head.startsWith('PK\u0003\u0004')) return 'mien';
  if (/^(\u00ef\u00bb\u00bf)?"?timecode/i.test(head)) return 'csv';
  return null;
}
