/** One item of the Media Pool: read for a snapshot, coloured and described, each write read back. */
import type {
  Metadata,
  MetadataField,
  SetLabelStep,
  SetMetadataStep,
} from '../../manifest/documents/plan.ts';
import type { StepResult } from '../../manifest/documents/receipt.ts';
import type { ProjectItem } from '../../manifest/documents/snapshot.ts';
import { RESOLVE_ID_KEY, RESOLVE_METADATA } from '../../manifest/job.ts';
import { keywordsAfter, keywordsOfStep } from '../../manifest/plan/keywords.ts';
import type { Ask, Dict } from './ask.ts';
import { note, ownWords, sign, unsign } from './memory.ts';
import { markersIn, readMarks } from './notes.ts';
import { clipRate } from './rates.ts';
import { failed, itemOf, unverified, verified } from './result.ts';
import type { Entry } from './session.ts';
import {
  clipColour,
  FIELD_KEYS,
  GOOD,
  keywords,
  labelName,
  metadataIn,
  metadataOf,
  UNSYNCED,
} from './words.ts';

const MADE = new Set(['Timeline', 'Compound', 'Multicam', 'Fusion', 'Generator', 'Fusion Title']);

export async function readItem(ask: Ask, entry: Entry, usedIn: string[] | null): Promise<ProjectItem> {
  const { handle, properties, id, file, bin } = entry;
  const type = String(properties['Type'] ?? '');
  const made = file === '' || MADE.has(type);
  const metadata = metadataIn(properties) ?? (await ask.dict(handle, 'GetMetadata'));
  const own = made ? { id: '', wrote: null } : await ownWords(ask, entry);
  const { marks } = readMarks(made ? {} : await ask.dict(handle, 'GetMarkers'));
  return {
    id,
    name: String(properties['Clip Name'] || properties['File Name'] || ''),
    file: made ? null : file,
    bin,
    kind: type === 'Timeline' ? 'sequence' : made ? 'other' : 'clip',
    offline: /offline/i.test(String(properties['Online Status'] ?? '')),
    label: labelName(String(properties['Clip Color'] ?? '')),
    metadata: metadataOf(metadata, own.id),
    markers: markersIn(marks, clipRate(properties)),
    ...(usedIn ? { usedIn } : {}),
    ...(own.wrote ? { wrote: own.wrote } : {}),
  };
}

export async function setLabel(ask: Ask, entry: Entry, step: SetLabelStep): Promise<StepResult> {
  const { handle } = entry;
  const colour = clipColour(step.after.label);
  if (colour === null) return failed(step, `Resolve has no clip colour "${step.after.label}"`, itemOf(entry));
  const had = await ask.text(handle, 'GetClipColor');
  const more = { ...itemOf(entry), before: { label: labelName(had) } };
  // The keyword goes first: a run that is killed is begun again by the colour.
  const [is, was] = [step.after.label === 'unsynced', labelName(had) === 'unsynced'];
  if (is || was) await signAlone(ask, entry, is);
  if (had !== colour)
    await (colour === '' ? ask.any(handle, 'ClearClipColor') : ask.any(handle, 'SetClipColor', colour));
  const now = await ask.text(handle, 'GetClipColor');
  entry.properties['Clip Color'] = now;
  if (now === colour) {
    await note(ask, entry, { label: step.after.label ?? '' });
    return verified(step, more);
  }
  return failed(step, `Resolve shows the clip colour ${now || 'none'}, not ${colour || 'none'}`, more);
}

async function signAlone(ask: Ask, entry: Entry, on: boolean): Promise<void> {
  const { handle } = entry;
  const words = await sign(ask, entry, UNSYNCED, on, await ask.dict(handle, 'GetMetadata'));
  if (words === null) return;
  await ask.any(handle, 'SetMetadata', 'Keywords', words);
  if (!on) await unsign(ask, entry, UNSYNCED);
}

/** What the fields of a step hold now; '' = nothing. */
async function readFields(
  ask: Ask,
  { handle }: Entry,
  fields: MetadataField[],
): Promise<{ raw: Dict; now: Metadata }> {
  const raw = await ask.dict(handle, 'GetMetadata');
  const id = fields.includes('batonId')
    ? await ask.text(handle, 'GetThirdPartyMetadata', RESOLVE_ID_KEY)
    : '';
  const read = metadataOf(raw, id);
  const now: Metadata = {};
  for (const field of fields) now[field] = read[field] ?? '';
  return { raw, now };
}

/** A step's keywords, against what stands beside them. */
const change = ({ before, after }: SetMetadataStep) => ({
  before: before?.metadata.keywords ?? '',
  after: after.metadata.keywords ?? '',
});

/** Whether a field is as the step wants it. Good Take is taken back to '', which is no keyword. */
function same(field: MetadataField, now: string, step: SetMetadataStep): boolean {
  const wanted = step.after.metadata[field]!;
  if (field === 'keywords') return keywordsAfter(now, change(step)) === now;
  return now === wanted || (field === 'good' && (now === 'true') === (wanted === 'true'));
}

export async function setMetadata(ask: Ask, entry: Entry, step: SetMetadataStep): Promise<StepResult> {
  const { handle } = entry;
  const wanted = step.after.metadata;
  const fields = Object.keys(wanted) as MetadataField[];
  const { raw, now } = await readFields(ask, entry, fields);
  const write: Dict = {};
  for (const [field, key] of FIELD_KEYS)
    if (wanted[field] !== undefined && wanted[field] !== now[field]) write[key] = wanted[field]!;
  const good = wanted.good === undefined ? null : await sign(ask, entry, GOOD, wanted.good === 'true', raw);
  const words = good ?? keywords(raw).join(',');
  const tagged = wanted.keywords === undefined ? words : keywordsAfter(words, change(step));
  if (good !== null || tagged !== words) write['Keywords'] = tagged;
  if (wanted.batonId !== undefined && wanted.batonId !== now.batonId)
    await ask.any(handle, 'SetThirdPartyMetadata', RESOLVE_ID_KEY, wanted.batonId);
  // One key that Resolve does not take fails them all; then one by one.
  if (Object.keys(write).length > 0 && !(await ask.yes(handle, 'SetMetadata', write)))
    for (const [key, value] of Object.entries(write)) await ask.any(handle, 'SetMetadata', key, value);
  if (good !== null && wanted.good !== 'true') await unsign(ask, entry, GOOD);
  const after = await readFields(ask, entry, fields);
  const had =
    now.keywords === undefined ? now : { ...now, keywords: keywordsOfStep(now.keywords, change(step)) };
  const more = { ...itemOf(entry), before: { metadata: had } };
  const lost = fields.filter((field) => !same(field, after.now[field]!, step));
  const kept = fields.filter((field) => field !== 'batonId' && !lost.includes(field));
  const own = (field: MetadataField) => (field === 'keywords' ? wanted.keywords! : after.now[field]!);
  await note(ask, entry, Object.fromEntries(kept.map((field) => [field, own(field)])));
  if (lost.length === 0) return verified(step, more);
  return unverified(
    step,
    lost.map((field) => lostWords(field, after.now[field]!, wanted[field]!)).join('; '),
    more,
  );
}

function lostWords(field: MetadataField, got: string, want: string): string {
  if (field === 'good') return `the keyword ${GOOD.keyword} was not kept by Resolve`;
  if (field === 'keywords') return `the keywords read "${got}", which is not with "${want}"`;
  const key = field === 'batonId' ? "Baton's id" : RESOLVE_METADATA[field];
  return `${key} reads "${got}", not "${want}"`;
}

/** For a step that is only looked at again: what does not read as it was written. */
export async function wrongFields(ask: Ask, entry: Entry, step: SetMetadataStep): Promise<string[]> {
  const wanted = step.after.metadata;
  const fields = Object.keys(wanted) as MetadataField[];
  const { now } = await readFields(ask, entry, fields);
  return fields
    .filter((field) => !same(field, now[field]!, step))
    .map((field) => lostWords(field, now[field]!, wanted[field]!));
}
