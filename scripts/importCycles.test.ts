import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const FOLDERS = ['core', 'main', 'preload', 'renderer', 'cli'];
const IMPORT = /^\s*(?:import|export)\s(?:[^;'"]*?\sfrom\s+)?'(\.[^']+)'/gm;

/** Files by what they import (types too: a circle of types is a circle for who reads the code). */
function importGraph(sources: ReadonlyMap<string, string>): Map<string, string[]> {
  const graph = new Map<string, string[]>();
  for (const [file, source] of sources) {
    const wanted = [...source.matchAll(IMPORT)].map(([, specifier]) => path.posix.join(path.posix.dirname(file), specifier));
    const found = wanted.map((target) => [`${target}.ts`, target, `${target}/index.ts`].find((name) => sources.has(name)));
    graph.set(
      file,
      found.filter((name) => name !== undefined),
    );
  }
  return graph;
}

/** The first circle met from each file that lies on one, as "a > b > a"; each circle once. */
function circlesOf(graph: ReadonlyMap<string, readonly string[]>): string[] {
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (file: string, way: readonly string[]): void => {
    const at = way.indexOf(file);
    if (at >= 0) circles.push([...way.slice(at), file].join(' > '));
    if (at >= 0 || done.has(file)) return;
    for (const next of graph.get(file) ?? []) visit(next, [...way, file]);
    done.add(file);
  };
  for (const file of graph.keys()) visit(file, []);
  return circles;
}

describe('imports', () => {
  it('never run in a circle', () => {
    const files = FOLDERS.flatMap((folder) =>
      (readdirSync(path.join(root, folder), { recursive: true }) as string[]).map((name) => path.posix.join(folder, name)),
    ).filter((name) => /\.(ts|svelte)$/.test(name) && !/\.test\.ts$/.test(name));
    const graph = importGraph(new Map(files.map((name) => [name, readFileSync(path.join(root, name), 'utf8')])));
    expect(files.length).toBeGreaterThan(300);
    expect([...graph.values()].flat().length).toBeGreaterThan(1000);
    expect(circlesOf(graph)).toEqual([]);
  });

  it('that do run in a circle are found, also over a type and a component', () => {
    const graph = importGraph(
      new Map([
        ['a/one.ts', "import { two } from './two';\n"],
        ['a/two.ts', "import type {\n  Three,\n} from '../b/Three.svelte';\nexport const two = 2;\n"],
        ['b/Three.svelte', '<script lang="ts">\n  import \'../a/one\';\n</script>\n'],
        ['b/apart.ts', "export * from './missing';\n"],
      ]),
    );
    expect(circlesOf(graph)).toEqual(['a/one.ts > a/two.ts > b/Three.svelte > a/one.ts']);
  });
});
