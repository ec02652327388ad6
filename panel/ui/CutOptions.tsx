/** What a person may choose for the formats: the program an EDL is for, the length of its reel names, FCPXML's version. */
import { DEFAULT_OPTIONS } from '../../manifest/exports/export.ts';
import type { CutChoices } from '../cut/choices.ts';
import { useLook, usePanel } from './panel-context.ts';
import { PickOne } from './PickOne.tsx';

type Options = CutChoices['options'];

const CHOICES: {
  key: 'target' | 'reels' | 'fcpxml';
  label: string;
  formats: string[];
  values: { value: string; word: string; means: Options }[];
}[] = [
  {
    key: 'target',
    label: 'For',
    formats: ['edl', 'xmeml', 'fcpxml'],
    values: [
      { value: 'premiere', word: 'Premiere Pro', means: { target: 'premiere' } },
      { value: 'resolve', word: 'DaVinci Resolve', means: { target: 'resolve' } },
      { value: 'avid', word: 'Avid', means: { target: 'avid' } },
    ],
  },
  {
    key: 'reels',
    label: 'EDL reel names',
    formats: ['edl'],
    values: ([8, 32, 129] as const).map((reels) => ({
      value: String(reels),
      word: `${reels} characters`,
      means: { reels },
    })),
  },
  {
    key: 'fcpxml',
    label: 'FCPXML version',
    formats: ['fcpxml'],
    values: ['1.9', '1.10', '1.11', '1.12', '1.13', '1.14'].map((fcpxml) => ({
      value: fcpxml,
      word: fcpxml,
      means: { fcpxml },
    })),
  },
];

export function CutOptions() {
  const { store } = usePanel();
  const { formats, options } = useLook((state) => state.cut);
  const shown = CHOICES.filter((choice) => choice.formats.some((id) => formats.includes(id)));
  if (shown.length === 0) return null;
  return (
    <details className="cut-options">
      <summary>Options</summary>
      <div className="cut-options-all">
        {shown.map(({ key, label, values }) => (
          <PickOne
            key={key}
            label={label}
            labelled
            value={String(options[key] ?? DEFAULT_OPTIONS[key])}
            options={values.map(({ value, word }) => ({ id: value, name: word }))}
            onPick={(id) => {
              const found = values.find(({ value }) => value === id)!;
              store.change((state) => {
                state.cut.options = { ...state.cut.options, ...found.means };
              });
            }}
          />
        ))}
      </div>
    </details>
  );
}
