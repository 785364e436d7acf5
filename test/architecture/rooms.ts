/**
 * The folders of each project below `src`, from top to bottom: a file imports from its own folder and from those further down, never
 * upwards. `.` is `src` itself. `docs/architecture.md` draws the same.
 */
export const ROOMS: Record<string, readonly string[]> = {
  'apps/bot': [
    '.',
    'intake',
    'outbox',
    'live',
    'asking',
    'commands',
    'deciding',
    'files',
    'telegram',
    'rendering',
    'rendering/markdown',
    'rendering/text',
    'wording',
  ],
  'apps/worker': [
    '.',
    'start',
    'session',
    'lifecycle',
    'turn',
    'control',
    'asking',
    'warm',
    'watch',
    'house',
    'files',
    'output',
    'progress',
    'wording',
  ],
  'apps/dashboard': ['.'],
  'apps/cli': ['.', 'doctor'],
  'apps/simulator': ['.'],
  'libs/contracts': ['.'],
  'libs/service': ['.'],
  'libs/queues': ['.', 'routing', 'beside', 'serial', 'redis'],
  'libs/sessions': ['.'],
  'libs/claude': ['.'],
  'libs/homelab': ['.'],
};

/** Most source files of one folder. */
export const MOST_FILES = 15;
/** The longest way of imports within a project. */
export const LONGEST_CHAIN = 12;
