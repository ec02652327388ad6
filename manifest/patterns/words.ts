/** The words crews put into names, in six languages: marks on a take, words of haste, times of day, shot sizes. */

/** Accents and case go, so that one list serves `Rejeté`, `REJETE` and `rejeté` in any Unicode form. */
export function plainWords(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/ß/g, 'ss')
    .toUpperCase();
}

/** Words parted by anything a name parts words with. `_` in a word stands for that, or for nothing. */
function oneOf(words: string, end = '(?=$|[_\\-. ()])'): RegExp {
  const list = words
    .split(' ')
    .map((word) => word.replace(/_/g, '[_\\-. ]?'))
    .join('|');
  return new RegExp(`(?:^|[_\\-. ()])(?:${list})${end}`);
}

/** On what plainWords gives. English, German, French, Spanish, Italian, Portuguese. */
export const REJECTED = oneOf(
  'DO_NOT_USE DONT_USE DNU REJECT REJECTS REJECTED NG N\\.G\\. NO_GOOD DISCARD DISCARDED ' +
    'NICHT_VERWENDEN NICHT_BENUTZEN NICHT_NEHMEN AUSSCHUSS VERWORFEN UNBRAUCHBAR ' +
    'NE_PAS_UTILISER PAS_UTILISER A_JETER REJETE REJETES REJETEE REJETEES INUTILISABLE ' +
    'NO_USAR NO_UTILIZAR DESCARTADO DESCARTADA DESCARTADOS DESCARTADAS DESCARTE DESCARTES RECHAZADO RECHAZADA ' +
    'NON_USARE NON_UTILIZZARE SCARTO SCARTI SCARTATO SCARTATA SCARTATI SCARTATE ' +
    'NAO_USAR NAO_UTILIZAR REJEITADO REJEITADA REJEITADOS REJEITADAS',
);
export const ALTERNATE = oneOf(
  'ALT ALTS ALTERNATE ALTERNATES ALTERNATIVE ALTERNATIVES ALTERNATIV ALTERNATIF ALTERNATIFS ALTERNATIVA ALTERNATIVAS ALTERNATIVO ALTERNATIVOS',
  '(?=$|[_\\-. ()]|\\d)',
);
export const MOS = oneOf('MOS STUMM');

/**
 * Marks at the end of a name, as `baton rename` keeps them: they are no part of what a pattern says, and dropping one would use a take
 * that must not be used. In the order in which they are written.
 */
const MARKS: [mark: string, words: RegExp][] = [
  ['DO_NOT_USE', REJECTED],
  ['ALTERNATE', ALTERNATE],
  ['MOS', MOS],
];

/** The marks a name bears, anywhere in it, in their plain spelling: `SC7 TK3 ng` → `DO_NOT_USE`. */
export function marksOf(stem: string): string[] {
  const plain = plainWords(stem);
  return MARKS.flatMap(([mark, words]) => (words.test(plain) ? [mark] : []));
}

const END_MARK = /[_\-. ](?:DO[_\-. ]?NOT[_\-. ]?USE|DNU|REJECT(?:ED)?|NG|ALT(?:ERNATE)?|MOS)$/i;

/** The name before its marks: `SCENE_07_TAKE_03_A_DO_NOT_USE` → `SCENE_07_TAKE_03_A`. */
export function withoutMarks(stem: string): string {
  let name = stem;
  while (END_MARK.test(name)) name = name.replace(END_MARK, '');
  return name;
}

/** Times of day as B-roll names have them. */
export const TIMES = new Set(
  (
    'DAY NIGHT DAWN DUSK MORNING NOON AFTERNOON EVENING SUNRISE SUNSET MAGIC GOLDEN MIDDAY MIDNIGHT ' +
    'TAG NACHT MORGEN MITTAG ABEND DAEMMERUNG DAMMERUNG JOUR NUIT MATIN SOIR AUBE CREPUSCULE ' +
    'DIA NOCHE TARDE AMANECER ATARDECER MANANA GIORNO NOTTE MATTINA SERA ALBA TRAMONTO NOITE MANHA AMANHECER ANOITECER'
  ).split(' '),
);

/** Shot sizes and kinds of shot: English, and the short forms of the other five. */
export const SIZES = new Set(
  (
    'EWS ELS VWS WS LS FS MWS MLS MFS MS MCU CU BCU ECU XCU WIDE MEDIUM CLOSE CLOSEUP TIGHT DETAIL INSERT INS OTS POV AERIAL DRONE ' +
    'ESTAB ESTABLISHING EST MASTER PAN TILT TIMELAPSE ' +
    'TOTALE HALBTOTALE HT HALBNAH NAH GROSS GP TGP PM PE PL PG PP PPP PA CA CL CM FI PML CAMPO'
  ).split(' '),
);
