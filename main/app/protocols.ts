import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { protocol } from 'electron';
import { APP_SCHEME, MEDIA_HOST, MEDIA_SCHEME, VIDEO_HOST } from '../ipc/channels';
import type { VideoLibrary } from '../media/videoLibrary';
import { serveFile } from './serveFile';

/**
 * What the renderer may load: only our own files, our own sound, and pictures or workers it made itself.
 * Styles may be inline because Svelte transitions write style elements.
 */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  `media-src ${MEDIA_SCHEME}: blob:`,
  `connect-src 'self' ${MEDIA_SCHEME}: blob: data:`,
  "worker-src 'self' blob:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
].join('; ');

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.glb': 'model/gltf-binary',
};

/** Must run before the app is ready: makes both schemes standard, secure and fetchable. */
export function registerSchemes(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, stream: true };
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges },
    { scheme: MEDIA_SCHEME, privileges: { ...privileges, corsEnabled: true } },
  ]);
}

/** Serves the built renderer as `mien://app/...`; nothing outside its folder. */
export function serveRenderer(rendererFolder: string): void {
  const root = path.resolve(rendererFolder);
  protocol.handle(APP_SCHEME, async (request) => {
    const url = new URL(request.url);
    if (url.host !== 'app') return plain(404, 'Not found');
    const relative = url.pathname === '/' ? 'index.html' : decodeURIComponent(url.pathname.slice(1));
    const file = path.resolve(root, relative);
    if (file !== root && !file.startsWith(root + path.sep)) return plain(403, 'Forbidden');
    try {
      const body = await readFile(file);
      return new Response(new Uint8Array(body), {
        headers: {
          'content-type': CONTENT_TYPES[path.extname(file).toLowerCase()] ?? 'application/octet-stream',
          'content-security-policy': CONTENT_SECURITY_POLICY,
          'x-content-type-options': 'nosniff',
          'cache-control': 'no-cache',
        },
      });
    } catch {
      return plain(404, 'Not found');
    }
  });
}

/**
 * Serves the sound of lines as `mien-media://line/<name>.wav` from `mediaFolder` and admitted reference videos as
 * `mien-media://video/<name>`, with Range requests answered by 206.
 */
export function serveMedia(mediaFolder: string, videos: VideoLibrary): void {
  protocol.handle(MEDIA_SCHEME, async (request) => {
    const url = new URL(request.url);
    const name = url.pathname.slice(1);
    const video = url.host === VIDEO_HOST ? videos.find(name) : null;
    if (video) return (await serveFile(request, video.path, video.type)) ?? plain(404, 'Not found');
    if (url.host !== MEDIA_HOST || !/^[a-z0-9-]+\.wav$/.test(name)) return plain(404, 'Not found');
    return (await serveFile(request, path.join(mediaFolder, name), 'audio/wav')) ?? plain(404, 'Not found');
  });
}

function plain(status: number, text: string): Response {
  return new Response(text, {
    status,
    headers: { 'content-type': 'text/plain', 'content-security-policy': "default-src 'none'" },
  });
}
