/** Looks now and then, and when the person comes back, whether the handoff or the project changed behind the panel's back. */
import type { Bench } from './commands/command.ts';

/** Says what changed in the state; changes nothing else, and fails in silence: the next look, or Refresh, tells. */
export async function look({ store, desk, editor }: Bench, at: 'manifest' | 'all'): Promise<void> {
  const before = store.get();
  if (before.work || before.changedSince !== '' || !before.opened) return;
  const changed =
    (await manifestChanged(before.path, before.stamp, desk)) ??
    (at === 'all' && editor ? await projectChanged(before.editor?.project ?? null, editor) : null);
  if (changed === null) return;
  const now = store.get();
  // What was read or written meanwhile knows better.
  if (now.work || now.stamp !== before.stamp || now.editor !== before.editor) return;
  store.change((state) => {
    state.changedSince = changed;
    state.said = changed;
  });
}

async function manifestChanged(
  path: string | null,
  stamp: string,
  desk: Bench['desk'],
): Promise<string | null> {
  if (path === null || stamp === '' || !desk.glance) return null;
  const now = await desk.glance(path).catch(() => undefined);
  if (now === undefined || now?.stamp === stamp) return null;
  if (now === null) return 'The handoff is no longer where it was.';
  const what = now.revision === null ? 'a new revision' : `revision ${now.revision}`;
  return `Someone wrote ${what} of the handoff since you read it. Your own changes go on top of it; nothing is lost.`;
}

type Project = { id: string; name: string } | null;

async function projectChanged(known: Project, editor: NonNullable<Bench['editor']>): Promise<string | null> {
  const now: Project = await editor.about().then(
    ({ project }) => project,
    () => null,
  );
  if (now?.id === known?.id) return null;
  if (!now) return `The project ${known!.name} is closed, or the editor does not answer.`;
  return known
    ? `Another project is open now: ${now.name}. The plan is still for ${known.name}.`
    : `The project ${now.name} is open now.`;
}
