/**
 * Writes THIRD_PARTY.md from the packages that are installed: everything a user of Mien receives, with its licence text.
 *   node scripts/thirdParty.mjs           writes the file
 *   node scripts/thirdParty.mjs --check   exits with 1 when the file is not what would be written
 * Help > About shows the file: every `## name` section is one notice with a line `Licence: X`.
 */
import fs from 'node:fs';
import path from 'node:path';
import { projectRoot } from './runtime/projectRoot.mjs';

/** Development packages whose code is bundled into the studio's window. Of svelte only its runtime gets there. */
const BUNDLED = [
  '@babylonjs/core',
  '@babylonjs/loaders',
  'svelte',
  'zustand',
  'wavesurfer.js',
  'lucide-static',
  'webm-muxer',
  'mp4-muxer',
];
/** The Svelte compiler's own packages never reach a user. */
const RUNTIME_OF_SVELTE = new Set(['clsx', 'esm-env', 'devalue']);

const licenceText = (name) => fs.readFileSync(path.join(projectRoot, 'docs/licences', name), 'utf8').trim();

/** Packages that carry no licence file of their own: who holds the copyright, from their repositories. */
const HOLDERS = {
  'onnxruntime-node': 'Copyright (c) Microsoft Corporation',
  'onnxruntime-common': 'Copyright (c) Microsoft Corporation',
  'mpg123-decoder': 'Copyright (c) 2021-2023 Ethan Halsall',
  '@wasm-audio-decoders/common': 'Copyright (c) 2021-2024 Ethan Halsall',
  '@wasm-audio-decoders/flac': 'Copyright (c) 2021-2024 Ethan Halsall',
  draco3dgltf: 'Copyright (c) The Draco Authors (Google LLC)',
  '@wasm-audio-decoders/ogg-vorbis': 'Copyright (c) 2021-2024 Ethan Halsall',
};

/** What packages carry inside beyond their own licence, and duties that come with them. */
const NOTES = {
  '@audio/decode-mp3': 'Carries mpg123-decoder, which contains libmpg123 as WebAssembly: see "libmpg123" below.',
  '@audio/decode-flac':
    'Carries @wasm-audio-decoders/flac (libFLAC, libogg) and codec-parser: see "Xiph codecs" and "codec-parser" below.',
  '@audio/decode-vorbis':
    'Carries @wasm-audio-decoders/ogg-vorbis (libvorbis, libogg) and codec-parser: see "Xiph codecs" and "codec-parser" below.',
  '@audio/decode-opus': 'Carries libopus (its licence stands below) and codec-parser: see "codec-parser" below.',
  'onnxruntime-node':
    'The native library contains further open-source parts; their notices are in ThirdPartyNotices.txt of https://github.com/microsoft/onnxruntime at the tag of this version.',
  'cmu-pronouncing-dictionary':
    'The package is ISC; the dictionary inside is Carnegie Mellon\'s: see "CMU Pronouncing Dictionary" below.',
  'codec-parser':
    "LGPL: Mien uses it unchanged, as a package of its own. Its source is at https://github.com/eshaz/codec-parser. You may replace it by a changed version: put it into node_modules and build Mien again (CONTRIBUTING.md); Mien's own source is free for that under the MIT licence. The texts of LGPL 3 and GPL 3 stand at the end.",
};

const MANUAL_BEFORE = [
  [
    'Electron',
    'MIT',
    `The studio's runtime. It contains Chromium and Node.js; their notices come with every copy of Mien as LICENSE.electron.txt and LICENSES.chromium.html beside the program.

Copyright (c) Electron contributors
Copyright (c) 2013-2020 GitHub Inc.

${licenceText('MIT.txt')}`,
  ],
];

const MANUAL_AFTER = () => [
  [
    'libmpg123',
    'LGPL-2.1',
    `MPEG audio decoder, inside mpg123-decoder as WebAssembly. Copyright (c) 1995-2023 by Michael Hipp and others, see the AUTHORS file of https://www.mpg123.de.

Mien uses it unchanged. The source is at https://www.mpg123.de and, with the build for WebAssembly, at https://github.com/eshaz/wasm-audio-decoders (src/mpg123-decoder). You may replace it by a changed version: build that package, put it into node_modules and build Mien again (CONTRIBUTING.md). The text of LGPL 2.1 stands at the end.`,
  ],
  ['Xiph codecs: libFLAC, libvorbis, libogg', 'BSD-3-Clause', licenceText('Xiph-BSD-3-Clause.txt')],
  ['CMU Pronouncing Dictionary', 'BSD-2-Clause', licenceText('CMUdict.txt')],
  ['CMU Sphinx (which word follows which, from its model of American English)', 'BSD-2-Clause', licenceText('CMUSphinx.txt')],
  [
    'Voices of the bundled lines',
    'CMU (EST)',
    fs
      .readFileSync(path.join(projectRoot, 'assets/dialogue/LICENCE.md'), 'utf8')
      .replace(/^# .*\n/, '')
      .trim(),
  ],
  [
    'Data the models were trained on',
    'CC BY 4.0, Apache-2.0, public domain',
    `No recording of these is part of Mien. The models in models/ were trained on them (models/MODEL_CARD.md says which on what), and the timing of the rules engine's mouth was fitted to lips tracked in GRID:

- speechocean762 (OpenSLR 101), CC BY 4.0: J. Zhang et al., "speechocean762: An Open-Source Non-native English Speech Corpus For Pronunciation Assessment", 2021. Changed: resampled, aligned, augmented.
- GRID audiovisual sentence corpus, CC BY 4.0: M. Cooke, J. Barker, S. Cunningham, X. Shao, 2006. Changed: resampled, aligned, augmented.
- Picovoice wake-word and speech-to-intent benchmarks, Apache-2.0.
- LJ Speech, K. Ito and L. Johnson, public domain.
- Jane Austen's six novels, public domain: which phone follows which, no text.
- CMU Sphinx's model of American English, BSD-2-Clause (notice above): which word follows which, no text.
- Speech synthesised with flite voices of Carnegie Mellon University.

CC BY 4.0: https://creativecommons.org/licenses/by/4.0/`,
  ],
  ['Text of the Apache License 2.0', 'Apache-2.0', licenceText('Apache-2.0.txt')],
  ['Text of the GNU Lesser General Public License 2.1', 'LGPL-2.1', licenceText('LGPL-2.1.txt')],
  ['Text of the GNU Lesser General Public License 3', 'LGPL-3.0', licenceText('LGPL-3.0.txt')],
  ['Text of the GNU General Public License 3 (referred to by LGPL 3)', 'GPL-3.0', licenceText('GPL-3.0.txt')],
];

/** Every package users receive: dependencies with theirs, and what is bundled. */
function shippedPackages() {
  const lock = JSON.parse(fs.readFileSync(path.join(projectRoot, 'package-lock.json'), 'utf8')).packages;
  const found = new Map();
  const resolve = (name, from) => {
    for (let folder = from; ; folder = folder.slice(0, folder.lastIndexOf('node_modules/')).replace(/\/$/, '')) {
      const key = `${folder ? `${folder}/` : ''}node_modules/${name}`;
      if (lock[key]) return key;
      if (!folder) return null;
    }
  };
  const walk = (name, from, allowed) => {
    const key = resolve(name, from);
    if (!key || found.has(key)) return;
    found.set(key, { name, version: lock[key].version });
    for (const dependency of Object.keys(lock[key].dependencies ?? {})) {
      if (dependency.startsWith('@types/') || (allowed && !allowed.has(dependency))) continue;
      walk(dependency, key, allowed);
    }
  };
  for (const name of Object.keys(lock[''].dependencies)) walk(name, '');
  for (const name of BUNDLED) walk(name, '', name === 'svelte' ? RUNTIME_OF_SVELTE : undefined);
  return [...found].map(([key, entry]) => ({ key, ...entry })).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function packageSection({ key, name, version }) {
  const folder = path.join(projectRoot, key);
  const { license } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const files = fs
    .readdirSync(folder)
    .filter((file) => /^(licen[cs]e|notice)/i.test(file))
    .sort();
  const own = files.map((file) => withoutLongTexts(fs.readFileSync(path.join(folder, file), 'utf8').trim()));
  if (own.length === 0 && license !== 'MIT' && !(license === 'Apache-2.0' && HOLDERS[name]))
    throw new Error(`${name} (${license}) carries no licence file; add its text to scripts/thirdParty.mjs`);
  const texts =
    own.length > 0
      ? own
      : license === 'Apache-2.0'
        ? [`${HOLDERS[name]}\n\nLicensed under the Apache License, version 2.0, whose text stands at the end.`]
        : [`${HOLDERS[name] ?? `Copyright (c) the authors of ${name}`}\n\n${licenceText('MIT.txt')}`];
  return section(`${name} ${version}`, license, [...(NOTES[name] ? [NOTES[name]] : []), ...texts].join('\n\n'));
}

/** Apache and LGPL texts stand once at the end. */
function withoutLongTexts(text) {
  if (/Apache License\s+Version 2\.0, January 2004/.test(text)) {
    const holder = /^\s*Copyright (?!\[)[^\n]*\d{4}[^\n]*$/m.exec(text)?.[0].trim();
    return `${holder ? `${holder}\n` : ''}Apache License 2.0: its text stands at the end.`;
  }
  return /GNU LESSER GENERAL PUBLIC LICENSE/.test(text) ? 'GNU Lesser General Public License: its text stands at the end.' : text;
}

/** Headings inside a licence must not look like the start of a section. */
function section(name, licence, text) {
  return `## ${name}\n\nLicence: ${licence}\n\n${text.replace(/^(#{1,2}) /gm, '### ').replace(/[ \t]+$/gm, '')}\n`;
}

export function thirdPartyText() {
  return [
    `# What Mien is built on

Mien itself is under the MIT licence (LICENSE). These are the works of others that come with it, and what their licences ask to be told.
Written by scripts/thirdParty.mjs from the installed packages: do not edit by hand.
`,
    ...MANUAL_BEFORE.map((entry) => section(...entry)),
    ...shippedPackages().map(packageSection),
    ...MANUAL_AFTER().map((entry) => section(...entry)),
  ].join('\n');
}

if (process.argv[1] && path.resolve(process.argv[1]) === path.join(projectRoot, 'scripts/thirdParty.mjs')) {
  const file = path.join(projectRoot, 'THIRD_PARTY.md');
  const text = thirdPartyText();
  if (!process.argv.includes('--check')) {
    fs.writeFileSync(file, text);
    console.log(`wrote THIRD_PARTY.md (${text.split(/^## /m).length - 1} notices)`);
  } else if (!fs.existsSync(file) || fs.readFileSync(file, 'utf8') !== text) {
    console.error('THIRD_PARTY.md is not up to date. Run: node scripts/thirdParty.mjs');
    process.exitCode = 1;
  }
}
