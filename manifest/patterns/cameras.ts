/** Names that cameras, recorders and phones give by themselves, and that say nothing of scene or take. */

/** Whose names they are, in a sentence, and how they look. */
const MADE: [maker: string, name: RegExp][] = [
  ['ARRI, Canon or Sony cinema cameras', /^[A-Z]\d{3,4}C\d{3,4}(?:_|$)/i],
  ['RED', /^[A-Z]\d{3}_[A-Z]\d{3}_\w{4,6}/i],
  ['Blackmagic', /^[A-Z]\d{3}_\d{8}_C\d{3}/i],
  ['Canon', /^MVI_\d{4,5}$/i],
  ['Sony', /^C\d{4}$/i],
  ['Sony', /^MAH\d{5}$/i],
  ['GoPro', /^(?:G[HXPLS](?:\d{6}|[A-Z]{2}\d{4})|GOPR\d{4})$/i],
  ['DJI', /^DJI_(?:\d{14}_)?\d{4}(?:_[A-Z])?$/i],
  ['Panasonic', /^P\d{7}$/i],
  ['Nikon or Sony', /^(?:DSC[_N]?|_DSC)\d{4,5}$/i],
  ['a phone', /^(?:IMG|MOV|PXL|VID)_[\d_]{4,}(?:[._~-]\w+)?$/i],
  ['AVCHD', /^\d{5}$/],
  ['Zoom', /^ZOOM\d{4}(?:_\w+)?$/i],
  ['Zoom', /^\d{6}[_-]\d{3,6}(?:_Tr\w+)?$/i],
  ['Tascam', /^(?:TASCAM_|DR\d{4}_?|TAS)\d{3,4}(?:[_-]\w+)?$/i],
  ['a recorder', /^(?:REC|STE|AUD|AUDIO|CLIP|TRACK)[_-]?\d{3,}$/i],
];

/** Who makes names like this one; null where none known does. `stem` is a file's name without suffix. */
export function nameMaker(stem: string): string | null {
  return MADE.find(([, name]) => name.test(stem))?.[0] ?? null;
}
