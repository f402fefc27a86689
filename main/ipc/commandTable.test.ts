import { describe, expect, it } from 'vitest';
import { COMMANDS, MENU_ORDER, type StudioCommand } from './commandTable';

const commands: readonly StudioCommand[] = COMMANDS;

describe('the command table', () => {
  it('has unique ids that name their menu or a part of it', () => {
    expect(new Set(commands.map(({ id }) => id)).size).toBe(commands.length);
    for (const { id } of commands) expect(id).toMatch(/^[a-z]+\.[a-zA-Z0-9]+$/);
  });

  it('keeps the groups of a menu together, in order', () => {
    for (const menu of MENU_ORDER) {
      const groups = commands.filter((command) => command.menu === menu).map(({ group }) => group);
      expect(groups.length).toBeGreaterThan(0);
      expect([...groups].sort((a, b) => a - b)).toEqual(groups);
    }
  });
});
