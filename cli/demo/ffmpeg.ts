/** Finds the ffmpeg that npm brought along and runs it. Only the example shoot needs it. */
import { fluentFfmpeg } from '../../bridge/local/ffprobe.ts';
import { isRunnable } from '../../bridge/local/programs.ts';

export interface FfmpegCall {
  /** In order; `source` is a file or, with `-f lavfi` in its options, a generator. */
  inputs: { source: string; options: string[] }[];
  options: string[];
  /** Overwritten where it exists. */
  output: string;
}

let found: string | undefined;

/**
 * Path of an ffmpeg that may be run. `FFMPEG_PATH` names another than the one npm installed.
 * Throws one sentence that says what to do where there is none.
 */
export async function ffmpegPath(): Promise<string> {
  found ??= runnable(process.env['FFMPEG_PATH'] ?? (await installed()));
  return found;
}

async function installed(): Promise<string> {
  try {
    const { default: installer } = await import('@ffmpeg-installer/ffmpeg');
    return installer.path;
  } catch (reason) {
    // The installer throws plain strings, and a missing package is thrown by Node.
    const why = reason instanceof Error ? reason.message.split('\n')[0] : String(reason);
    throw new Error(`${missing} (${why})`, { cause: reason });
  }
}

const missing =
  'The example needs ffmpeg to make its pictures, and there is none for this system: run npm install again, or set FFMPEG_PATH to your own';

function runnable(path: string): string {
  if (isRunnable(path)) return path;
  throw new Error(`${missing} (${path} cannot be run)`);
}

/** Runs ffmpeg to its end. Throws with the output's name and ffmpeg's last words where it fails. */
export async function runFfmpeg(call: FfmpegCall): Promise<void> {
  const path = await ffmpegPath();
  const ffmpeg = await fluentFfmpeg();
  const command = ffmpeg().setFfmpegPath(path);
  for (const { source, options } of call.inputs) command.input(source).inputOptions(options);
  command.outputOptions(call.options).output(call.output);
  await new Promise<void>((done, failed) => {
    command.once('end', () => done());
    command.once('error', (error: Error, _stdout: string | null, stderr: string | null) => {
      const last = stderr?.trim().split('\n').slice(-3).join(' | ');
      failed(new Error(`ffmpeg could not make ${call.output}: ${last || error.message}`, { cause: error }));
    });
    command.run();
  });
}
