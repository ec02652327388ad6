/** Where programs are looked for on each system. */
import { expect, it } from 'vitest';
import { findProgram, programFolders } from '../../bridge/local/programs.ts';

const has = (...paths: string[]) => [(path: string) => paths.includes(path)] as const;

it('PATH comes first; on a Mac the folders that an app started from the Dock is not told of come after it', () => {
  expect(programFolders({ PATH: '/usr/bin:/bin' }, 'linux')).toEqual(['/usr/bin', '/bin']);
  expect(programFolders({ PATH: '/usr/bin:/usr/local/bin' }, 'darwin')).toEqual([
    '/usr/bin',
    '/usr/local/bin',
    '/opt/homebrew/bin',
    '/opt/local/bin',
  ]);
  expect(programFolders({}, 'linux')).toEqual([]);
});

it('a program is found by its name on each system, and only where it may be run', () => {
  const brew = '/opt/homebrew/bin/ffmpeg';
  expect(findProgram('ffmpeg', { PATH: '/usr/bin' }, 'darwin', ...has(brew))).toBe(brew);
  expect(findProgram('ffmpeg', { PATH: '/usr/bin' }, 'linux', ...has(brew))).toBeUndefined();
  expect(findProgram('ffmpeg', { PATH: 'C:\\Tools;D:\\ff' }, 'win32', ...has('D:\\ff\\ffmpeg.exe'))).toBe(
    'D:\\ff\\ffmpeg.exe',
  );
});
