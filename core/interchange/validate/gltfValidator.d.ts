/** The Khronos validator carries no types; only what Mien calls is declared. */
declare module 'gltf-validator' {
  export interface ValidatorMessage {
    readonly code: string;
    readonly message: string;
    /** 0 error, 1 warning, 2 information, 3 hint. */
    readonly severity: 0 | 1 | 2 | 3;
    readonly pointer?: string;
  }
  export interface ValidatorReport {
    readonly issues: {
      readonly numErrors: number;
      readonly numWarnings: number;
      readonly numInfos: number;
      readonly messages: readonly ValidatorMessage[];
    };
    readonly info?: Readonly<Record<string, unknown>>;
  }
  export function validateBytes(
    data: Uint8Array,
    options?: {
      readonly uri?: string;
      readonly format?: 'glb' | 'gltf';
      readonly maxIssues?: number;
      readonly writeTimestamp?: boolean;
    },
  ): Promise<ValidatorReport>;
}
