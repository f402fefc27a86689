import { align } from './align';
import { batch } from './batch';
import type { Command } from './command';
import { doctor } from './doctor';
import { exportLine } from './export';
import { generate } from './generate';
import { picture } from './picture';
import { validate } from './validate';

/** Every command by the name people type. */
export const COMMANDS: Readonly<Record<string, Command>> = {
  generate,
  align,
  batch,
  export: exportLine,
  validate,
  picture,
  doctor,
};
