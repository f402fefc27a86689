import { validateFbx } from './validateFbx';
import { validateGlb } from './validateGlb';
import { validateLiveLinkCsv } from './validateLiveLinkCsv';
import { validateMien } from './validateMien';
import { FindingList, type ValidationReport } from './validationReport';

/**
 * Looks into a .glb, .fbx, Live Link .csv or .mien file and says what is wrong with it. What the file IS decides, not its name;
 * a name that says otherwise is a finding. Never throws for any content.
 */
export async function validateFile(bytes: Uint8Array, fileName: string): Promise<ValidationReport> {
  const extension = /\.([a-z0-9]+)$/i.exec(fileName)?.[1].toLowerCase() ?? '';
  const content = sniff(bytes);
  const format = content ?? (extension === 'csv' ? 'csv' : null);
  if (!format) {
    const list = new FindingList();
    const known = ['glb', 'fbx', 'mien'].includes(extension);
    const message = known
      ? `This is not a .${extension} file, or its beginning is damaged.`
      : 'Mien validates .glb, .fbx, .csv and .mien files.';
    list.add('error', 'unknown-format', message);
    return list.report('unknown');
  }
  const report = await validateAs(format, bytes);
  if (extension === format) return report;
  const finding = {
    severity: 'warning',
    rule: 'extension',
    message: `The name ends in ".${extension}" but the content is ${format}.`,
  } as const;
  return { ...report, findings: [finding, ...report.findings] };
}

type KnownFormat = Exclude<ValidationReport['format'], 'unknown'>;

async function validateAs(format: KnownFormat, bytes: Uint8Array): Promise<ValidationReport> {
  switch (format) {
    case 'glb':
      return validateGlb(bytes);
    case 'fbx':
      return validateFbx(bytes);
    case 'csv':
      return validateLiveLinkCsv(bytes);
    case 'mien':
      return validateMien(bytes);
  }
}

function sniff(bytes: Uint8Array): KnownFormat | null {
  const head = String.fromCharCode(...bytes.subarray(0, 20));
  if (head.startsWith('glTF')) return 'glb';
  if (head.startsWith('Kaydara FBX Binary')) return 'fbx';
  if (head.startsWith('PK\u0003\u0004')) return 'mien';
  if (/^(\u00ef\u00bb\u00bf)?"?timecode/i.test(head)) return 'csv';
  return null;
}
