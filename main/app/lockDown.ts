import { app, session, type WebContents } from 'electron';
import { APP_ORIGIN, APP_SCHEME, MEDIA_SCHEME } from '../ipc/channels';
import { log } from './log';

const ALLOWED_SCHEMES: ReadonlySet<string> = new Set([
  `${APP_SCHEME}:`,
  `${MEDIA_SCHEME}:`,
  'blob:',
  'data:',
  'devtools:',
  'chrome-extension:',
]);

/** Denies everything the studio does not need: permissions, foreign requests, new windows, navigation, webviews. */
export function lockDown(): void {
  const own = session.defaultSession;
  own.setPermissionRequestHandler((_contents, permission, done) => {
    log.warn(`permission denied: ${permission}`);
    done(false);
  });
  own.setPermissionCheckHandler(() => false);
  own.setDevicePermissionHandler(() => false);
  // The CSP already forbids foreign requests; this also stops what a CSP does not see (prefetch, spell-check downloads).
  own.webRequest.onBeforeRequest((details, done) => {
    const allowed = ALLOWED_SCHEMES.has(schemeOf(details.url));
    if (!allowed) log.warn(`request denied: ${details.url.slice(0, 200)}`);
    done({ cancel: !allowed });
  });
  own.setSpellCheckerEnabled(false);
  app.on('web-contents-created', (_event, contents) => lockDownContents(contents));
}

function lockDownContents(contents: WebContents): void {
  contents.setWindowOpenHandler(({ url }) => {
    log.warn(`new window denied: ${url.slice(0, 200)}`);
    return { action: 'deny' };
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
  const stay = (event: { preventDefault(): void }, url: string) => {
    // A reload of our own page is the only navigation there is.
    if (isOwnPage(url)) return;
    log.warn(`navigation denied: ${url.slice(0, 200)}`);
    event.preventDefault();
  };
  contents.on('will-navigate', (event) => stay(event, event.url));
  contents.on('will-redirect', (event) => stay(event, event.url));
}

/** True for pages of the renderer itself; senders of IPC are checked with it too. */
export function isOwnPage(url: string): boolean {
  return url === APP_ORIGIN || url.startsWith(`${APP_ORIGIN}/`);
}

function schemeOf(url: string): string {
  return url.slice(0, url.indexOf(':') + 1).toLowerCase();
}
