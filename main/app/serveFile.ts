import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { APP_ORIGIN } from '../ipc/channels';
import { parseRangeHeader } from './rangeHeader';

/** Answers a request for a media file, Range requests with 206; null when the file is not there. */
export async function serveFile(request: Request, file: string, type: string): Promise<Response | null> {
  let size: number;
  try {
    size = (await stat(file)).size;
  } catch {
    return null;
  }
  const headers: Record<string, string> = {
    'content-type': type,
    'accept-ranges': 'bytes',
    'access-control-allow-origin': APP_ORIGIN,
    'cache-control': 'no-store',
  };
  const range = parseRangeHeader(request.headers.get('range'), size);
  if (range === 'unsatisfiable')
    return new Response(null, { status: 416, headers: { ...headers, 'content-range': `bytes */${size}` } });
  const first = range?.first ?? 0;
  const last = range?.last ?? size - 1;
  headers['content-length'] = String(last - first + 1);
  if (range) headers['content-range'] = `bytes ${first}-${last}/${size}`;
  if (request.method === 'HEAD') return new Response(null, { status: range ? 206 : 200, headers });
  const stream = Readable.toWeb(createReadStream(file, { start: first, end: last })) as ReadableStream<Uint8Array>;
  return new Response(stream, { status: range ? 206 : 200, headers });
}
