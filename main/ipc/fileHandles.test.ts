import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { Grants } from '../engine/grants';
import type { FileHandle } from './api';
import { FileHandles, type Grant } from './fileHandles';

const file = path.resolve('/somewhere/Größe.wav');

describe('file handles', () => {
  it('never show a path and are the same for the same file', () => {
    const handles = new FileHandles();
    const chosen = handles.grant(file, 'read');
    expect(chosen.name).toBe('Größe.wav');
    expect(chosen.handle).not.toContain('somewhere');
    expect(handles.grant(path.join(path.dirname(file), '.', 'Größe.wav'), 'read').handle).toBe(chosen.handle);
    expect(handles.pathOf(chosen.handle)).toBe(file);
  });

  it('tell reading and writing apart', () => {
    const handles = new FileHandles();
    const [read, write] = [handles.grant(file, 'read').handle, handles.grant(file, 'write').handle];
    expect(read).not.toBe(write);
    expect(handles.pathOf(write, 'write')).toBe(file);
    expect(() => handles.pathOf(read, 'write')).toThrow(/not chosen/);
  });

  it('refuse what was never given out', () => {
    expect(() => new FileHandles().pathOf('file:made-up' as FileHandle)).toThrow(/not chosen/);
  });

  it('tell the engine every new grant once', () => {
    const told: Grant[] = [];
    const handles = new FileHandles((grant) => told.push(grant));
    handles.grant(file, 'read');
    handles.grant(file, 'read');
    expect(told).toEqual(handles.all());
    expect(told).toHaveLength(1);
  });
});

describe('grants in the engine', () => {
  const grant: Grant = { handle: 'file:1' as FileHandle, path: file, access: 'read' };

  it('may arrive after the call that needs them', async () => {
    const grants = new Grants();
    const waiting = Promise.all([grants.pathOf(grant.handle, 'read'), grants.pathOf(grant.handle, 'read')]);
    setTimeout(() => grants.add(grant), 20);
    expect(await waiting).toEqual([file, file]);
  });

  it('do not let a file chosen for reading be written', async () => {
    const grants = new Grants();
    grants.add(grant);
    await expect(grants.pathOf(grant.handle, 'write')).rejects.toMatchObject({ code: 'file-access' });
  });

  it('that never come end in an error', async () => {
    await expect(new Grants(10).pathOf(grant.handle, 'read')).rejects.toMatchObject({ code: 'file-access' });
  });
});
