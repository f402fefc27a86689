import { ipcMain } from 'electron';
import * as v from 'valibot';
import { MienError } from '../../core/errors';
import { isOwnPage } from '../app/lockDown';
import { log } from '../app/log';
import { INVOKE_CHANNEL } from './channels';
import { invalidArguments } from './invalidArguments';
import { settle, type Result } from './result';
import { INVOKE_ARGUMENTS, type InvokeArguments, type InvokeMethod } from './schemas';

/** One function for each method that main answers. */
export type InvokeHandlers = {
  readonly [M in InvokeMethod]: (...args: InvokeArguments<M>) => unknown;
};

/** Answers calls from our own pages: checks the sender, the method and every argument, and wraps errors as values. */
export function registerInvoke(handlers: InvokeHandlers): void {
  ipcMain.handle(INVOKE_CHANNEL, (event, method: unknown, args: unknown): Promise<Result<unknown>> => {
    return settle(
      () => {
        if (!event.senderFrame || !isOwnPage(event.senderFrame.url)) throw refused('a page that is not ours');
        if (typeof method !== 'string' || !Object.hasOwn(INVOKE_ARGUMENTS, method))
          throw refused(`method ${String(method).slice(0, 80)}`);
        const known = method as InvokeMethod;
        const parsed = v.safeParse(INVOKE_ARGUMENTS[known] as v.GenericSchema<unknown, unknown[]>, args);
        if (!parsed.success) throw invalidArguments(method, parsed.issues);
        return (handlers[known] as (...all: unknown[]) => unknown)(...parsed.output);
      },
      (thrown) => log.error(`ipc ${String(method)}`, thrown),
    );
  });
}

function refused(what: string): MienError {
  return new MienError('invalid-input', `Refused a call from or to ${what}.`, 'This is a fault in Mien. Please report it.');
}
