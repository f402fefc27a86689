import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const read = (name: string) => readFileSync(path.join(root, name), 'utf8');

interface Lock {
  readonly packages: Record<
    string,
    {
      readonly resolved?: string;
      readonly version?: string;
      readonly integrity?: string;
      readonly link?: boolean;
      readonly inBundle?: boolean;
      readonly optionalDependencies?: Record<string, string>;
    }
  >;
}

describe('what a fresh clone needs', () => {
  it('the lockfile names no host to fetch from, and the checksum of every package', () => {
    const { packages } = JSON.parse(read('package-lock.json')) as Lock;
    const entries = Object.entries(packages).filter(([name]) => name !== '');
    expect(entries.length).toBeGreaterThan(100);
    expect(entries.filter(([, entry]) => entry.resolved !== undefined).map(([name]) => name)).toEqual([]);
    expect(entries.filter(([, entry]) => !entry.integrity && !entry.link && !entry.inBundle).map(([name]) => name)).toEqual([]);
  });

  it('the lockfile lists the optional parts of every platform', () => {
    const names = Object.keys((JSON.parse(read('package-lock.json')) as Lock).packages);
    for (const platform of ['linux-x64', 'darwin-arm64', 'win32-x64']) {
      expect(
        names.some((name) => name.endsWith(`@esbuild/${platform}`)),
        `esbuild for ${platform}`,
      ).toBe(true);
    }
  });

  it('the lockfile misses no optional part of any package: npm ci refuses such a one', () => {
    const { packages } = JSON.parse(read('package-lock.json')) as Lock;
    const locked = new Set(
      Object.entries(packages).flatMap(([where, { version }]) => (version ? [where.split('node_modules/').pop()] : [])),
    );
    const wanted = Object.values(packages).flatMap(({ optionalDependencies }) => Object.keys(optionalDependencies ?? {}));
    const missing = wanted.filter((name) => !locked.has(name));
    expect(missing).toEqual([]);
  });

  it('.npmrc keeps hosts out of the lockfile and CUDA out of an install', () => {
    const settings = read('.npmrc').split('\n');
    expect(settings).toContain('omit-lockfile-registry-resolved=true');
    expect(settings).toContain('onnxruntime_node_install=skip');
    expect(settings.some((line) => /registry\s*=/.test(line))).toBe(false);
  });

  it('install scripts that would download are switched off by name', () => {
    const { allowScripts } = JSON.parse(read('package.json')) as { allowScripts: Record<string, boolean> };
    expect(allowScripts).toMatchObject({ 'onnxruntime-node': false, electron: false, 'electron-winstaller': false });
  });

  it('every dependency is pinned to one version', () => {
    const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<string, Record<string, string>>;
    const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(
      ([, version]) => !/^\d+\.\d+\.\d+[\w.-]*$/.test(version),
    );
    expect(loose).toEqual([]);
  });

  it('every npm script starts a file that is there', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    for (const command of Object.values(scripts)) {
      const file = /^node (\S+)/.exec(command)?.[1];
      if (file) expect(() => read(file), command).not.toThrow();
    }
  });
});
