/** One thing found in a file. */
export interface ValidationFinding {
  readonly severity: 'error' | 'warning' | 'info';
  /** Short stable name, e.g. "fbx-record-end" or the Khronos validator's code. */
  readonly rule: string;
  readonly message: string;
}

/** The outcome of `validateFile`. */
export interface ValidationReport {
  readonly format: 'glb' | 'gltf' | 'fbx' | 'csv' | 'mien' | 'unknown';
  /** True when there is no error; warnings do not count. */
  readonly ok: boolean;
  readonly findings: readonly ValidationFinding[];
  /** Numbers and names worth showing, e.g. frames, curves, seconds. */
  readonly summary: Readonly<Record<string, string | number>>;
}

/** Findings kept in a report; a damaged file could have millions. */
const MAX_FINDINGS = 200;

/** Collects findings while a file is looked at. */
export class FindingList {
  readonly findings: ValidationFinding[] = [];
  private errors = 0;

  add(severity: ValidationFinding['severity'], rule: string, message: string): void {
    if (severity === 'error') this.errors += 1;
    if (this.findings.length < MAX_FINDINGS) this.findings.push({ severity, rule, message });
  }

  report(format: ValidationReport['format'], summary: Record<string, string | number> = {}): ValidationReport {
    return { format, ok: this.errors === 0, findings: this.findings, summary };
  }
}
