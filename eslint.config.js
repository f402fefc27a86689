import js from '@eslint/js';
import globals from 'globals';
import svelte from 'eslint-plugin-svelte';
import ts from 'typescript-eslint';

/** Forbids imports in a layer and says why. */
function layer(files, patterns, message, ignores = []) {
  return {
    files,
    ignores,
    rules: { 'no-restricted-imports': ['error', { patterns: [{ group: patterns, message }] }] },
  };
}

const nodeBuiltins = ['node:*', 'fs', 'fs/*', 'path', 'os', 'child_process', 'crypto', 'worker_threads'];

export default ts.config(
  {
    ignores: [
      'node_modules/**',
      'out/**',
      'dist/**',
      '.runtime/**',
      'build-cache/**',
      'demo-out/**',
      'test-results/**',
      'training/**',
      'reports/**',
    ],
  },
  js.configs.recommended,
  ...ts.configs.recommended,
  ...svelte.configs.recommended,
  { languageOptions: { globals: { ...globals.node, ...globals.browser } } },
  { files: ['**/*.svelte', '**/*.svelte.ts'], languageOptions: { parserOptions: { parser: ts.parser } } },
  {
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      'no-undef': 'off',
      'max-lines': ['warn', { max: 400, skipBlankLines: false, skipComments: false }],
    },
  },
  layer(
    ['core/**/*.ts'],
    [
      ...nodeBuiltins,
      'electron',
      'onnxruntime-node',
      '@babylonjs/*',
      'svelte',
      'svelte/*',
      'zustand',
      'zustand/*',
      'wavesurfer.js',
      '**/main/**',
      '**/renderer/**',
      '**/preload/**',
      '**/cli/**',
    ],
    'core is pure TypeScript: it must run the same in the app, the command line and a test. Pass what you need in as an argument (design: core has no fs, no Electron, no DOM, no onnxruntime).',
    ['**/*.test.ts'],
  ),
  layer(
    ['renderer/**/*.ts', 'renderer/**/*.svelte'],
    [
      ...nodeBuiltins,
      'electron',
      'onnxruntime-node',
      '**/cli/**',
      '**/main/app/**',
      '**/main/engine/**',
      '**/main/inference/**',
      '**/main/project/**',
      '**/main/media/**',
      '**/main/jobs/**',
    ],
    'the renderer is sandboxed: it reaches the rest only through the preload API (import types from main/ipc/api).',
    ['**/*.test.ts'],
  ),
  layer(
    ['main/**/*.ts', 'cli/**/*.ts'],
    ['**/renderer/**', '@babylonjs/*', 'svelte', 'wavesurfer.js'],
    'main and cli never depend on the user interface; move what both need into core.',
  ),
  layer(
    ['cli/**/*.ts', 'main/inference/**/*.ts', 'main/media/**/*.ts', 'main/jobs/**/*.ts'],
    ['electron', '**/renderer/**', '@babylonjs/*'],
    'this code also runs in the command line, where there is no Electron.',
  ),
);
