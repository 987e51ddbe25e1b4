// Finding the program. Nothing here knows VS Code, so that hostile cases can be
// tried without it.
import { execFile } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';

/** Where the program may be. */
export interface Places {
  configured: string; // the setting colophon.path, of the user or the machine
  bundled: string; // the extension's own bin folder
  searchPath: string; // PATH
  folders: string[]; // the window's open folders
  trusted: boolean; // whether the person trusts them
  home: string;
}

export interface Found {
  file: string;
  from: 'setting' | 'extension' | 'PATH';
}

/** Why there is none, in words for the person. */
export interface Missing {
  problem: string;
}

/** The oldest program that speaks with this extension. */
export const oldest = '0.1.0';

const name = process.platform === 'win32' ? 'colophon.exe' : 'colophon';

export function find(p: Places): Found | Missing {
  if (p.configured !== '') {
    return configured(p);
  }
  const bundled = path.join(p.bundled, name);
  if (isProgram(bundled)) {
    return { file: bundled, from: 'extension' };
  }
  let refused = '';
  for (const folder of p.searchPath.split(path.delimiter)) {
    const file = path.join(folder, name);
    if (!path.isAbsolute(folder) || !isProgram(file)) {
      continue; // a relative folder is one of whatever is open
    }
    if (p.trusted || !within(file, p.folders)) {
      return { file, from: 'PATH' };
    }
    refused ||= file;
  }
  if (refused !== '') {
    return { problem: `Colophon does not run ${refused}, because it is in a folder that you have not trusted.` };
  }
  return { problem: 'Colophon needs the program "colophon", and it is not on your PATH.' };
}

function configured(p: Places): Found | Missing {
  const file = p.configured.replace(/^~(?=[/\\])/, () => p.home);
  if (!path.isAbsolute(file)) {
    return { problem: `The setting "colophon.path" must be an absolute path; it is "${p.configured}".` };
  }
  if (!isProgram(file)) {
    return { problem: `The setting "colophon.path" names ${file}, which is not a program.` };
  }
  if (!p.trusted && within(file, p.folders)) {
    return { problem: `The setting "colophon.path" names ${file}, which is in a folder that you have not trusted.` };
  }
  return { file, from: 'setting' };
}

/** PATH without what is no absolute folder or, in folders not trusted, theirs. */
export function safePath(p: Pick<Places, 'searchPath' | 'folders' | 'trusted'>): string {
  return p.searchPath
    .split(path.delimiter)
    .filter((folder) => path.isAbsolute(folder) && (p.trusted || !within(folder, p.folders)))
    .join(path.delimiter);
}

/** Tells whether a path is in one of the folders, by its name or behind links. */
export function within(file: string, folders: string[]): boolean {
  const inside = (of: string, folder: string) => {
    const way = path.relative(folder, of);
    return way !== '..' && !way.startsWith('..' + path.sep) && !path.isAbsolute(way);
  };
  return folders.some((folder) => inside(path.resolve(file), path.resolve(folder)) || inside(real(file), real(folder)));
}

function real(file: string): string {
  try {
    return fs.realpathSync.native(file);
  } catch {
    return path.resolve(file);
  }
}

function isProgram(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}

/** Asks the program for its version. It returns what is wrong with it, or "". */
export function check(file: string): Promise<string> {
  return new Promise((resolve) => {
    execFile(file, ['version'], { cwd: path.dirname(file), timeout: 20_000, maxBuffer: 1 << 16, windowsHide: true }, (error, out) => {
      resolve(error && out === '' ? `${file} does not run: ${error.message.split('\n')[0]}` : judge(file, out));
    });
  });
}

/** Reads what the program says of its version. */
export function judge(file: string, said: string): string {
  const version = /^colophon (\d+)\.(\d+)\.(\d+)/.exec(said);
  if (version === null) {
    return `${file} is not Colophon: it does not say its version.`;
  }
  const needed = oldest.split('.').map(Number);
  const differs = needed.findIndex((n, i) => Number(version[i + 1]) !== n);
  if (differs >= 0 && Number(version[differs + 1]) < needed[differs]) {
    return `${file} is version ${version[0].slice('colophon '.length)}; this extension needs ${oldest} or later.`;
  }
  return '';
}
