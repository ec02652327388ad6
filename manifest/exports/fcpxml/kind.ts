/** What an asset-clip plays and as what: the attributes that one track repeats for every use of an asset. */
import type { CutList, CutTrack } from '../../documents/cutlist.ts';
import type { Rider } from './bundles.ts';
import type { Item } from './item.ts';
import type { Asset } from './resources.ts';

/** Where the sound lies that goes along with a picture whose cut was moved. */
export interface Split {
  audioStart: string;
  audioDuration: string;
}

export function tcFormat(drop: boolean): string {
  return drop ? 'DF' : 'NDF';
}

/** The attributes of an asset-clip that say what it plays and as what; none of their values needs escaping. */
export function kindText(
  list: CutList,
  { asset: { source, format } }: Item,
  track: CutTrack,
  sounds: readonly Rider[],
  split?: Split,
): string {
  const isPicture = track.type === 'video';
  const both = source.hasPicture && source.channels > 0 && !(isPicture && sounds.length);
  const lies = split ? ` audioStart="${split.audioStart}" audioDuration="${split.audioDuration}"` : '';
  const clock = tcFormat(source.hasPicture ? source.rate.drop : list.rate.drop);
  const role = maybe('audioRole', sounds[0] && roleOf(sounds[0]));
  return `${maybe('srcEnable', both ? track.type : undefined)}${maybe('format', format ?? undefined)}${lies} tcFormat="${clock}"${role}${isPicture ? ' videoRole="video"' : ''}`;
}

/** What `plainKindText` said last of each asset. */
export type Kinds = Map<Asset, { track: CutTrack; text: string }>;

/** The same where no other event goes along, which one track repeats for every use of an asset. */
export function plainKindText(
  { list, kinds }: { list: CutList; kinds: Kinds },
  item: Item,
  track: CutTrack,
): string {
  const last = kinds.get(item.asset);
  if (last?.track === track) return last.text;
  const sounds = track.type === 'audio' ? [{ event: item.event, track }] : [];
  const text = kindText(list, item, track, sounds);
  kinds.set(item.asset, { track, text });
  return text;
}

/** An attribute whose value needs no escaping, where there is one. */
export function maybe(name: string, value: string | number | undefined): string {
  return value === undefined ? '' : ` ${name}="${value}"`;
}

/** The track as a subrole, which is how Final Cut keeps sounds of one kind apart. */
export function roleOf({ track }: Rider): string {
  return `dialogue.A${track.index}`;
}
