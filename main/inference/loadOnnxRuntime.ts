import { createRequire } from 'node:module';
import type * as OnnxRuntime from 'onnxruntime-node';
import { MienError } from '../../core/errors';

/** Set by CommonJS, where our bundles run; absent in ES modules, where tests and tsx run. */
declare const require: NodeJS.Require | undefined;

let loaded: typeof OnnxRuntime | null = null;

/**
 * onnxruntime-node, loaded on first use and by `require`: a dynamic import fails inside an asar on older Electron
 * (ENOTDIR), and a static one would load the native library into every process that only touches this module.
 * @throws MienError 'model-unavailable' when the native library cannot be loaded
 */
export function loadOnnxRuntime(): typeof OnnxRuntime {
  if (loaded !== null) return loaded;
  try {
    const nodeRequire = typeof require === 'function' ? require : createRequire(import.meta.url);
    loaded = nodeRequire('onnxruntime-node') as typeof OnnxRuntime;
    // A provider that fails to start would print to the terminal from native code; we tell it ourselves, in words.
    loaded.env.logLevel = 'fatal';
    return loaded;
  } catch (cause) {
    throw new MienError(
      'model-unavailable',
      `The inference library onnxruntime cannot be loaded: ${cause instanceof Error ? cause.message.split('\n')[0] : String(cause)}.`,
      'Install Mien again, or run "npm ci" again. On Windows the Visual C++ runtime is needed.',
      { cause },
    );
  }
}
