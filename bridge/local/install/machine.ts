/** The machine that Baton is installed on, so that a test can be another one: its system, its folders, and how a program is run on it. */
import { execFile } from 'node:child_process';
import { homedir } from 'node:os';

export interface Ran {
  /** Exit code; -1 where the program could not be started. */
  code: number;
  stdout: string;
}

export interface Machine {
  platform: NodeJS.Platform;
  /** Of this user, absolute. */
  home: string;
  /** Before the paths of the whole machine: '' on a real one. */
  root: string;
  /** APPDATA, PROGRAMDATA and their like. */
  environment: Record<string, string | undefined>;
  /** Never rejects. */
  run(program: string, args: string[]): Promise<Ran>;
}

/** A program that does not answer for this long is given up, in milliseconds. */
const PATIENCE = 20_000;

export function thisMachine(): Machine {
  return {
    platform: process.platform,
    home: homedir(),
    root: '',
    environment: process.env,
    run: (program, args) =>
      new Promise((done) => {
        execFile(program, args, { timeout: PATIENCE, encoding: 'utf8' }, (error, stdout) => {
          const code = error ? (typeof error.code === 'number' ? error.code : -1) : 0;
          done({ code, stdout });
        });
      }),
  };
}

/** Why something was not installed or removed: what, where and what to do. Nothing was changed. */
export class InstallRefused extends Error {}

/** One thing an installation does; `run` does it. */
export interface Action {
  does: 'write' | 'remove' | 'set' | 'open';
  /** In words, with the place. */
  what: string;
  /** Absolute, where a file or folder is meant. */
  path?: string;
  run(): Promise<void>;
}

/** What is to be done, in order, and what is then left to the person. */
export interface Installation {
  actions: Action[];
  needs: string[];
}
