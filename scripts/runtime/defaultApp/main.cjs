/* eslint-disable @typescript-eslint/no-require-imports -- Electron loads this file as CommonJS */
'use strict';
/**
 * The app an Electron runtime starts when it carries none: loads the folder named on the command line.
 * Needed because the npm-carried runtime comes without its own default_app.asar. Understands `-r module` (Playwright
 * preloads its hook that way) and the first argument that is not a switch.
 */
const fs = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const { app, dialog } = require('electron');

const preloads = [];
let target = null;
const args = process.argv.slice(1);
for (let index = 0; index < args.length; index++) {
  const arg = args[index];
  if (arg === '-r' || arg === '--require') preloads.push(args[++index]);
  else if (!arg.startsWith('-') && target === null) target = path.resolve(arg);
}
if (preloads.length > 0) Module._preloadModules(preloads);

function fail(message) {
  process.stderr.write(`${message}\n`);
  dialog.showErrorBox('Mien could not start', message);
  app.exit(1);
}

if (target === null) fail('Name the folder of the app, for example: electron .');
else {
  try {
    const description = JSON.parse(fs.readFileSync(path.join(target, 'package.json'), 'utf8'));
    if (description.version) app.setVersion(description.version);
    app.setName(description.productName || description.name);
    app.setPath('userData', path.join(app.getPath('appData'), app.getName()));
    app.setAppPath(target);
    Module._load(path.resolve(target, description.main || 'index.js'), null, true);
  } catch (error) {
    fail(error && error.stack ? error.stack : String(error));
  }
}
