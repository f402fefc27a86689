import * as v from 'valibot';
import { MienError } from '../../core/errors';
import { invalidArguments } from '../ipc/invalidArguments';
import { settle } from '../ipc/result';
import type { EngineAnswer, EngineCall, EngineMethod, EngineMethods } from './engineMessages';
import { ENGINE_ARGUMENT } from './engineSchemas';

/** The part of a MessagePortMain the server needs; tests pass a pair of their own. */
export interface AnswerPort {
  postMessage(message: EngineAnswer): void;
}

/**
 * Answers one message from a window: checks its shape, the method and the argument, runs it and posts the result or the
 * error. Never throws; a message that is no call at all is ignored.
 */
export async function answerCall(
  methods: EngineMethods,
  port: AnswerPort,
  message: unknown,
  onUnexpected: (method: string, thrown: unknown) => void,
): Promise<void> {
  if (!isCall(message)) return;
  const { id, method, argument } = message;
  const result = await settle(
    () => {
      if (!Object.hasOwn(ENGINE_ARGUMENT, method)) {
        throw new MienError(
          'invalid-input',
          `The engine has no method "${method.slice(0, 80)}".`,
          'This is a fault in Mien. Please report it.',
        );
      }
      const known = method as EngineMethod;
      const parsed = v.safeParse(ENGINE_ARGUMENT[known] as v.GenericSchema, argument);
      if (!parsed.success) throw invalidArguments(method, parsed.issues);
      return (methods[known] as (argument: unknown) => Promise<unknown>).call(methods, parsed.output);
    },
    (thrown) => onUnexpected(method, thrown),
  );
  port.postMessage({ kind: 'answer', id, result });
}

function isCall(message: unknown): message is EngineCall {
  if (typeof message !== 'object' || message === null) return false;
  const { id, method } = message as Partial<EngineCall>;
  return Number.isInteger(id) && typeof method === 'string';
}
