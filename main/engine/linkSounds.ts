import path from 'node:path';
import { MienError } from '../../core/errors';
import type { LineId, LinkedFile } from '../../core/document/records';
import type { LineMedia } from '../ipc/api';
import { describeLink, findLink, sha256OfFile } from '../project/linkedFiles';
import { encodeProsody } from '../project/prosodyCodec';
import { readBytes } from '../project/readBytes';
import type { EngineContext } from './engineContext';
import type { EngineMethods } from './engineMessages';
import { importSound } from './importSound';
import { mediaOf } from './lineStore';

/**
 * Describes a file with the sound of a line, so that the line can link it.
 * @throws MienError 'invalid-input' when its content is another
 */
export function linkSound(
  { store, grants, jobs, sounds }: EngineContext,
  request: Parameters<EngineMethods['linkSound']>[0],
): Promise<LinkedFile> {
  return jobs.run(request.jobId, request.lineId, async () => {
    const file = await grants.pathOf(request.file, 'read');
    const project = await grants.pathOf(request.project, 'read');
    const state = store.get(request.lineId);
    const link = await describeLink(file, path.dirname(project));
    const isSame = !state.missing && (await sha256OfFile(state.originalPath)) === link.sha256;
    if (!isSame) throw otherSound(path.basename(file));
    // A link that is taken back after a save needs the sound again, also after a crash.
    await sounds.keep(state.audioFile, state.originalPath, encodeProsody(state.prosody));
    await store.commit({ ...state, linkedFrom: file });
    return link;
  });
}

/**
 * The linked sound of a line found again; what was heard of it is known. The sounds of other lines that are missed are looked for
 * beside it, by name and content, and taken where they are found.
 * @throws MienError 'invalid-input' when its content is another
 */
export function relinkSound(
  { stages, store, grants, jobs }: EngineContext,
  request: Parameters<EngineMethods['relinkSound']>[0],
): ReturnType<EngineMethods['relinkSound']> {
  return jobs.run(request.jobId, request.lineId, async (job) => {
    const file = await grants.pathOf(request.file, 'read');
    const project = await grants.pathOf(request.project, 'read');
    const link = await describeLink(file, path.dirname(project));
    if (link.sha256 !== request.link.sha256) throw otherSound(path.basename(file));
    const take = async (lineId: LineId, from: string): Promise<LineMedia> => {
      const { audioFile, prosody } = store.get(lineId);
      const source = { lineId, audioFile, bytes: await readBytes(from), fileName: path.basename(from), linkedFrom: from };
      const { state } = await importSound(stages, store, job, source, prosody);
      await store.commit(state);
      return mediaOf(state);
    };
    const media = await take(request.lineId, file);
    const others: { lineId: LineId; media: LineMedia; link: LinkedFile }[] = [];
    for (const other of request.others ?? []) {
      job.throwIfCancelled();
      const name = path.posix.basename(other.link.relativePath);
      const found = await findLink({ ...other.link, relativePath: name }, path.dirname(file));
      if (found.state !== 'found') continue;
      const otherLink = await describeLink(found.path, path.dirname(project));
      others.push({ lineId: other.lineId, media: await take(other.lineId, found.path), link: otherLink });
    }
    return { media, link, others };
  });
}

function otherSound(fileName: string): MienError {
  return new MienError(
    'invalid-input',
    `${fileName} is not the recording this line was made with.`,
    'Choose the file with the same content, or take the new one by Replace the recording (Line menu).',
  );
}
