import { Menu, type MenuItemConstructorOptions } from 'electron';
import { COMMANDS, MENU_LABELS, MENU_ORDER, type CommandMenu, type StudioCommand } from '../ipc/commandTable';
import type { KeyBindings } from '../ipc/keyPresets';

/** Builds the native menu from the command table; `run` gets the id of every command that has no role of its own. */
export function buildMenu(run: (commandId: string) => void, keys: KeyBindings): Menu {
  const template: MenuItemConstructorOptions[] = MENU_ORDER.map((menu) => ({
    label: MENU_LABELS[menu],
    submenu: itemsOf(menu, run, keys),
  }));
  if (process.platform === 'darwin') template.unshift({ role: 'appMenu' });
  return Menu.buildFromTemplate(template);
}

function itemsOf(menu: CommandMenu, run: (commandId: string) => void, keys: KeyBindings): MenuItemConstructorOptions[] {
  const items: MenuItemConstructorOptions[] = [];
  const commands: readonly StudioCommand[] = COMMANDS;
  let group = 0;
  for (const command of commands) {
    if (command.menu !== menu) continue;
    if (command.group !== group && items.length > 0) items.push({ type: 'separator' });
    group = command.group;
    items.push(itemOf(command, run, keys));
  }
  // Without these roles a Mac's text fields know no Cmd+C; elsewhere Chromium brings its own.
  if (menu === 'edit' && process.platform === 'darwin') {
    items.push({ type: 'separator' }, { role: 'cut' }, { role: 'copy' }, { role: 'paste' }, { role: 'selectAll' });
  }
  return items;
}

function itemOf(command: StudioCommand, run: (commandId: string) => void, keys: KeyBindings): MenuItemConstructorOptions {
  const common = { id: command.id, label: command.label, accelerator: keys[command.id]?.[0] };
  if (command.role) return { ...common, role: command.role };
  // registerAccelerator: false shows the keys without taking them: the renderer handles them, so that typing
  // "s" or a space in a text field never runs a command.
  return { ...common, registerAccelerator: false, click: () => run(command.id) };
}
