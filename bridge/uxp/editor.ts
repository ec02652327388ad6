/**
 * Premiere through UXP as an editor: the same translation and judgement as through ExtendScript, over methods in the same
 * process. What this Premiere cannot do is asked of its objects, not read off its version.
 */
import type { Editor, EditorAbout, EditorChange, InterchangeFile, Lack, Show, Shown } from '../contract.ts';
import { HostError, within, type HostErrorCode } from '../call.ts';
import { suffix } from '../../manifest/documents/paths.ts';
import { framesToTicks } from '../../manifest/time/ticks.ts';
import { editorOver } from '../premiere/editor.ts';
import type { Send } from '../premiere/send.ts';
import { wireTarget } from '../premiere/steps.ts';
import type { Uxp, UxpMethods } from './methods.ts';

/** Steps of one kind that go into one transaction at most; fewer where Premiere takes long over them. */
const CHUNK = 2_000;
/** Milliseconds. Premiere can stand still behind a dialog of its own; reading or writing a large project takes its time. */
const PATIENCE: Patience = { readMs: 120_000, writeMs: 300_000 };

export interface Patience {
  /** Milliseconds a call that only reads may take, and one that writes. */
  readMs: number;
  writeMs: number;
}

export function uxpEditor(uxp: Uxp, adapter = 'uxp', patience: Patience = PATIENCE): Editor {
  const send = sendTo(uxp.methods, patience);
  /** Our own writes are no news. */
  let writing = 0;
  const quietly = async <T>(write: Promise<T>) => {
    writing++;
    try {
      return await write;
    } finally {
      writing--;
    }
  };
  const over = editorOver(send, { adapter, call: { characters: Infinity, ops: Infinity } });
  return {
    ...over,
    about: async () => about(await over.about(), uxp),
    apply: (steps) => quietly(over.apply(steps)),
    exportInterchange: (sequence, path) => exportAs(uxp, sequence, path, patience.writeMs),
    show: (what) => show(uxp, what),
    watch: (changed) => uxp.watch((what: EditorChange) => void (writing === 0 && changed(what))),
  };
}

function sendTo(methods: UxpMethods, { readMs, writeMs }: Patience): Send {
  return (method, argument, kind = 'read') =>
    within(call(methods, method as keyof UxpMethods, argument), {
      method,
      ms: kind === 'write' ? writeMs : readMs,
      message: 'Premiere is waiting for you: close the dialog it shows, then try again.',
    });
}

const CODES: readonly string[] = ['not-open', 'refused', 'busy', 'unknown-method'];

/** What Premiere throws becomes a HostError with its words. */
async function call<Method extends keyof UxpMethods>(
  methods: UxpMethods,
  method: Method,
  argument: unknown,
): Promise<unknown> {
  try {
    return await (methods[method] as (argument: unknown) => Promise<unknown>)(argument);
  } catch (error) {
    const code = (error as { baton?: unknown } | null)?.baton;
    const known = typeof code === 'string' && CODES.includes(code);
    const message = error instanceof Error ? error.message : String(error);
    throw new HostError(known ? (code as HostErrorCode) : 'host-threw', method, message);
  }
}

const FORMAT_NAMES = { 'fcp7-xml': 'FCP7 XML', otio: 'OTIO', aaf: 'AAF' };

function about(plain: EditorAbout, { exportable }: Uxp): EditorAbout {
  const missing = (['fcp7-xml', 'otio', 'aaf'] as const).filter((format) => !exportable.includes(format));
  const lacks: Lack[] = [
    {
      what: 'undo',
      message:
        'Changes of one kind are few steps of Premiere\u2019s undo, each as many as take it a moment (bins one a level, markers and their colours apart); an import and a new column cannot be undone.',
    },
    {
      what: 'interchange',
      message: `Premiere cannot write EDL or FCPXML from a panel; Baton writes them itself.${
        missing.length > 0
          ? ` This version cannot write ${missing.map((format) => FORMAT_NAMES[format]).join(', ')} either.`
          : ''
      }`,
    },
  ];
  return { ...plain, lacks, chunk: CHUNK };
}

/** By the path's suffix: `.otio`, `.aaf`, anything else is Final Cut Pro 7 XML. */
async function exportAs(uxp: Uxp, sequence: string, path: string, ms: number): Promise<InterchangeFile> {
  const ending = suffix(path);
  const format = ending === 'otio' || ending === 'aaf' ? ending : 'fcp7-xml';
  const request = { id: sequence, path, format } as const;
  const method = 'exportSequence';
  const raw = (await within(call(uxp.methods, method, request), {
    method,
    ms,
    message: 'Premiere is waiting for you: close the dialog it shows, then try again.',
  })) as Awaited<ReturnType<UxpMethods['exportSequence']>>;
  if (raw.exists) return { path, format };
  const said = raw.said ? 'Premiere said yes, but' : 'Premiere refused:';
  throw new HostError(
    'refused',
    method,
    `${said} there is no file at ${path}. Is the folder there, and may it be written to?`,
  );
}

async function show(uxp: Uxp, what: Show): Promise<Shown> {
  const targets = what.what === 'select' ? what.targets : [what.target];
  const at = what.what === 'source-monitor' && what.at ? framesToTicks(what.at.frame, what.at.rate) : null;
  const answer = (await call(uxp.methods, 'show', {
    what: what.what,
    targets: targets.map(wireTarget),
    at,
  })) as Awaited<ReturnType<UxpMethods['show']>>;
  return answer.reason === null ? { shown: answer.shown } : { shown: answer.shown, reason: answer.reason };
}
