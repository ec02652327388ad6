/** Proves the files of the handoff by the hash lists that lie with them, and says what could not be proven. Media are only read. */
import { HostError } from '../../bridge/call.ts';
import type { VerifyState } from '../../bridge/desk.ts';
import { counted } from '../words.ts';
import type { Command } from './command.ts';
import { pause } from './scan.ts';

/** Findings named in the panel; `baton verify` lists all. */
const NAMED = 3;

export const verify: Command = {
  id: 'verify',
  label: 'Verify',
  doing: 'Looking for hash lists',
  when: (state) => {
    if (state.work) return 'Something is being done';
    if (!state.canVerify) return 'Here files are proven with baton verify';
    return state.opened?.handoff ? null : 'Open a handoff first';
  },
  run: async ({ store, verifying }, signal) => {
    const path = store.get().path!;
    let now = await verifying!.verify(path);
    while (now.running) {
      if (signal.aborted) now = (await verifying!.stopVerifying(path)) ?? now;
      else await pause(signal);
      const { progress } = now;
      store.change((state) => {
        if (!state.work || !progress) return;
        state.work.doing = 'Reading megabytes';
        state.work.progress = {
          done: Math.round(progress.done / 1e6),
          total: Math.round(progress.total / 1e6),
          current: progress.current.replace(/^.*[\\/]/, ''),
        };
      });
      if (now.running)
        now = (await verifying!.verifying(path)) ?? {
          ...now,
          running: false,
          failed: 'The service was started anew.',
        };
    }
    if (now.failed !== undefined && !signal.aborted) throw new HostError('refused', 'verify', now.failed);
    store.change((state) => {
      state.notice = now.failed ?? saidOf(now.verified!);
      state.said = state.notice;
    });
  },
};

/** What a list says otherwise comes before what no list speaks of. */
function saidOf({ counts, findings, more }: NonNullable<VerifyState['verified']>): string {
  const { proven, unverified } = counts;
  const wrong = findings.length + more - unverified;
  if (proven + unverified + wrong === 0) return 'There are no files to prove.';
  if (proven + wrong === 0)
    return `No hash list lies with these files, so ${counted(unverified, 'file')} cannot be proven: make one with baton verify --write, or name a copy with --copy.`;
  const told = findings.filter(({ verdict }) => verdict !== 'unverified').slice(0, NAMED);
  const hidden = wrong - told.length;
  return [
    `${counted(proven, 'file')} proven${wrong + unverified === 0 ? ': every file is as its list says' : ''}.`,
    ...(wrong > 0 ? [`${wrong} not as a list says.`] : []),
    ...told.map(({ verdict, path, reason }) => `${path} is ${verdict}: ${reason}.`),
    ...(hidden > 0 ? [`And ${hidden} more: baton verify lists them.`] : []),
    ...(unverified > 0 ? [`No list speaks of ${counted(unverified, 'file')}.`] : []),
  ].join(' ');
}
