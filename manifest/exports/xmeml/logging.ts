/** What production wrote about a clip, in the elements Premiere and Resolve read: log notes, labels, comments, markers. */
import { tagsOf } from '../../cutsource.ts';
import type { CutMarker, CutSource } from '../../documents/cutlist.ts';
import type { Clip } from '../../documents/handoff.ts';
import type { LabelName, Marker, Metadata } from '../../documents/plan.ts';

/** What the handoff knows of a clip. */
export interface Logged {
  clip: Clip;
  metadata: Metadata;
  label: LabelName | null;
  markers: Marker[];
  /** Id of its master clip in the bins. */
  master: string;
}

export type Escape = (value: string, where: string) => string;

/** Premiere's names for the colours its label wears; Final Cut Pro 7 and Resolve pass over names they do not know. */
const COLOURS: Record<LabelName, string> = {
  circled: 'Forest',
  alternate: 'Mango',
  rejected: 'Brown',
  unsynced: 'Rose',
  wild: 'Lavender',
  broll: 'Cerulean',
};

/** Of a clip the handoff knows. */
export function loggedXml({ clip, metadata, label }: Logged, escape: Escape): string {
  const where = clip.path;
  const { scene, take, note, description, good, camera, shot, soundRoll } = metadata;
  const tags = tagsOf(clip);
  const said = loggingXml({ scene, take, note, description, good }, where, escape);
  const comments = commentsXml({ tags, camera, shot, soundRoll }, where, escape);
  return `${said}${comments}${label ? `<labels><label2>${COLOURS[label]}</label2></labels>\n` : ''}`;
}

/** What the items of one source say of it, and the master clip they name where the bins hold one. */
export type Logging = (source: CutSource) => { master: string | undefined; said: string };

/** The handoff's word, by clip id, wins over the cut's own. */
export function logging(byClip: Map<string, Logged>, escape: Escape): Logging {
  const known = new Map<CutSource, ReturnType<Logging>>();
  return (source) => {
    let found = known.get(source);
    if (found) return found;
    const logged = source.clip === undefined ? undefined : byClip.get(source.clip);
    const said = logged ? loggedXml(logged, escape) : sourceXml(source, escape);
    known.set(source, (found = { master: logged?.master, said }));
    return found;
  };
}

function sourceXml({ name, scene, take, camera, tags }: CutSource, escape: Escape): string {
  const good = tags?.some((tag) => /^(circled|good)$/i.test(tag)) ? 'true' : undefined;
  return `${loggingXml({ scene, take, good }, name, escape)}${commentsXml({ tags, camera }, name, escape)}`;
}

function loggingXml(
  {
    scene,
    take,
    note,
    description,
    good,
  }: Pick<Metadata, 'scene' | 'take' | 'note' | 'description' | 'good'>,
  where: string,
  escape: Escape,
): string {
  const fields = [
    description ? `<description>${escape(description, where)}</description>` : '',
    scene ? `<scene>${escape(scene, where)}</scene>` : '',
    take ? `<shottake>${escape(take, where)}</shottake>` : '',
    note ? `<lognote>${escape(note, where)}</lognote>` : '',
    good ? `<good>${good.toUpperCase()}</good>` : '',
  ].join('');
  return fields ? `<logginginfo>${fields}</logginginfo>\n` : '';
}

interface Remarks {
  tags?: string[] | undefined;
  camera?: string | undefined;
  shot?: string | undefined;
  soundRoll?: string | undefined;
}

/** The fields xmeml has no element for stand in the four free comments, each with its name. */
function commentsXml({ tags, camera, shot, soundRoll }: Remarks, where: string, escape: Escape): string {
  const fields = [
    tags?.length ? `Tags: ${tags.join(', ')}` : '',
    camera ? `Camera: ${camera}` : '',
    shot ? `Setup: ${shot}` : '',
    soundRoll ? `Sound roll: ${soundRoll}` : '',
  ];
  const written = fields.map((field, at) =>
    field ? `<mastercomment${at + 1}>${escape(field, where)}</mastercomment${at + 1}>` : '',
  );
  return written.some(Boolean) ? `<comments>${written.join('')}</comments>\n` : '';
}

/** `frame` as the marker's parent counts; an out of −1 says that it has no length. */
export function markerXml(
  { name, comment, duration }: Pick<CutMarker, 'name' | 'comment' | 'duration'>,
  frame: number,
  where: string,
  escape: Escape,
): string {
  const out = duration > 0 ? frame + duration : -1;
  return `<marker><name>${escape(name, where)}</name><comment>${escape(comment, where)}</comment><in>${frame}</in><out>${out}</out></marker>\n`;
}
