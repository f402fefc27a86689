/** Characters of the user inside a project, by the hash of their file. */
export const CHARACTER_FOLDER = 'characters/';

export function characterPartName(sha256: string): string {
  return `${CHARACTER_FOLDER}${sha256}.glb`;
}

/** The hash of the character that a part is, or null for another part. */
export function characterOfPart(name: string): string | null {
  return /^characters\/([0-9a-f]{64})\.glb$/.exec(name)?.[1] ?? null;
}
