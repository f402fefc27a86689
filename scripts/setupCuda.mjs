/** npm run setup:cuda: fetches onnxruntime's CUDA provider, which nobody gets unasked. NVIDIA's own licence covers CUDA and cuDNN. */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';

const folder = path.dirname(createRequire(import.meta.url).resolve('onnxruntime-node/package.json'));
const env = { ...process.env };
for (const name of Object.keys(env)) if (/onnxruntime.node.install/i.test(name)) delete env[name];
console.log("Running onnxruntime-node's own installer for CUDA ...");
const result = spawnSync(process.execPath, [path.join(folder, 'script', 'install.js'), '--onnxruntime-node-install'], {
  cwd: folder,
  env,
  stdio: 'inherit',
});
if (result.status !== 0) {
  console.error(
    'The CUDA provider could not be fetched. Check the connection, then try again; "auto", "cpu" and "webgpu" work without it.',
  );
  process.exitCode = 1;
} else console.log('Done. Choose it with: mien generate ... --provider cuda');
