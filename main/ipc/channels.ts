/** Names of the messages between processes. */

/** renderer -> main, answered with a Result: `invoke(INVOKE_CHANNEL, method, args)`. */
export const INVOKE_CHANNEL = 'mien:invoke';
/** renderer -> main, answered at once: `sendSync(JOURNAL_CHANNEL, method, args)`, a string when it failed, else null. */
export const JOURNAL_CHANNEL = 'mien:journal';
/** main -> renderer: a menu command was chosen. */
export const COMMAND_CHANNEL = 'mien:command';
/** main -> renderer: a port to the engine (again after each restart of it). */
export const ENGINE_PORT_CHANNEL = 'mien:engine-port';
/** main -> renderer: the engine died; open calls will never be answered. */
export const ENGINE_RESTART_CHANNEL = 'mien:engine-restart';

/** Command line switches that main passes to preload. */
export const E2E_SWITCH = '--mien-e2e';

/** Scheme and host of the renderer's own pages. */
export const APP_SCHEME = 'mien';
export const APP_ORIGIN = 'mien://app';
/** Scheme of the sound of lines. */
export const MEDIA_SCHEME = 'mien-media';
export const MEDIA_HOST = 'line';
/** Host of reference videos. */
export const VIDEO_HOST = 'video';
