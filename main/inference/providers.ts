import { readdirSync } from 'node:fs';
import type * as OnnxRuntime from 'onnxruntime-node';

/** What a user may choose; `auto` is explained in `createOnnxRunner`. */
export const PROVIDER_CHOICES = ['auto', 'cpu', 'webgpu', 'dml', 'coreml', 'cuda'] as const;
export type ProviderChoice = (typeof PROVIDER_CHOICES)[number];

/**
 * GPU providers worth a try on this computer, best first. On Linux only where the kernel shows a render device: without
 * one webgpu would at best be software Vulkan, which is slower than cpu, and its failing start prints to the terminal.
 */
export function gpuCandidates(runtime: typeof OnnxRuntime): string[] {
  if (process.platform === 'linux' && !hasRenderDevice()) return [];
  const bundled = runtime.listSupportedBackends().filter((backend) => backend.bundled);
  return ['webgpu', 'dml', 'coreml'].filter((name) => bundled.some((backend) => backend.name === name));
}

function hasRenderDevice(): boolean {
  try {
    return readdirSync('/dev/dri').some((name) => name.startsWith('renderD'));
  } catch {
    return false;
  }
}
