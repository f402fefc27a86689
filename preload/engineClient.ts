import { ipcRenderer } from 'electron';
import type { PlainError } from '../core/errors';
import type { EngineAnswer, EngineCall, EngineMethod, EngineMethods } from '../main/engine/engineMessages';
import type { JobProgress } from '../main/ipc/api';
import { ENGINE_PORT_CHANNEL, ENGINE_RESTART_CHANNEL } from '../main/ipc/channels';
import type { Result } from '../main/ipc/result';

interface Pending {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: PlainError) => void;
}

/** Calls the engine over the port that main hands out. Calls made before the port is there wait for it. */
export function createEngineClient() {
  const pending = new Map<number, Pending>();
  const waiting: EngineCall[] = [];
  const progressListeners = new Set<(progress: JobProgress) => void>();
  const restartListeners = new Set<(reason: PlainError) => void>();
  let port: MessagePort | null = null;
  let nextId = 1;

  function onMessage(message: EngineAnswer): void {
    if (message.kind === 'progress') {
      for (const listener of progressListeners) listener(message.progress);
      return;
    }
    const call = pending.get(message.id);
    if (!call) return;
    pending.delete(message.id);
    const result: Result<unknown> = message.result;
    if (result.ok) call.resolve(result.value);
    else call.reject(result.error);
  }

  ipcRenderer.on(ENGINE_PORT_CHANNEL, (event) => {
    port?.close();
    [port] = event.ports;
    port.onmessage = (message: MessageEvent<EngineAnswer>) => onMessage(message.data);
    for (const call of waiting.splice(0)) port.postMessage(call);
  });

  ipcRenderer.on(ENGINE_RESTART_CHANNEL, (_event, reason: PlainError) => {
    // The old engine will never answer. Its successor's port may be here already only if this message came late: main
    // sends the reason first, so what is pending now belongs to the dead one.
    port?.close();
    port = null;
    const lost = [...pending.values()];
    pending.clear();
    waiting.length = 0;
    for (const call of lost) call.reject(reason);
    for (const listener of restartListeners) listener(reason);
  });

  return {
    call<M extends EngineMethod>(method: M, ...args: Parameters<EngineMethods[M]>): ReturnType<EngineMethods[M]> {
      const call: EngineCall = { id: nextId++, method, argument: args[0] };
      const answer = new Promise((resolve, reject) => pending.set(call.id, { resolve, reject }));
      if (port) port.postMessage(call);
      else waiting.push(call);
      return answer as ReturnType<EngineMethods[M]>;
    },
    onProgress: (listener: (progress: JobProgress) => void) => subscribe(progressListeners, listener),
    onRestart: (listener: (reason: PlainError) => void) => subscribe(restartListeners, listener),
  };
}

export function subscribe<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
