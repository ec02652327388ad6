/** What each column of a log sheet is taken for, to be put right; the next scan reads the sheets that way. */
import { useState } from 'react';
import { Button } from 'react-aria-components/Button';
import type { Handoff } from '../../manifest/documents/handoff.ts';
import { LOG_MEANINGS, type ColumnChoice, type LogMeaning } from '../../manifest/documents/log.ts';
import { useLook, usePanel } from './panel-context.ts';

const SURE: Record<string, string> = {
  chosen: 'chosen by a person',
  sure: 'by its heading',
  likely: 'by a heading much like it',
  guess: 'guessed from its cells',
};

export function ColumnMap({ handoff, onClose }: { handoff: Handoff; onClose: () => void }) {
  const { store, run } = usePanel();
  const canScan = useLook((state) => state.canScan);
  const busy = useLook((state) => state.work !== null);
  const sheets = Object.entries(handoff.log.mappings ?? {});
  const [sheet, setSheet] = useState(sheets[0]?.[0] ?? '');
  const [chosen, setChosen] = useState<Record<string, LogMeaning | null>>({});
  const columns = handoff.log.mappings?.[sheet]?.columns ?? [];
  const choices = Object.entries(chosen).map(([heading, meaning]): ColumnChoice => ({ heading, meaning }));
  const read = () => {
    store.change((state) => {
      state.columns = choices;
    });
    onClose();
    void run('scan');
  };
  return (
    <div className="scrolls">
      <label className="ask-field">
        <span>Log sheet</span>
        <select className="field" value={sheet} onChange={(event) => setSheet(event.target.value)}>
          {sheets.map(([path]) => (
            <option key={path}>{path}</option>
          ))}
        </select>
      </label>
      <ul className="columns" aria-label="Columns of the sheet">
        {columns.map(({ heading, meaning, confidence }) => (
          <li key={heading}>
            <label className="ask-field">
              <span>
                <b>{heading || '(no heading)'}</b>{' '}
                <span className="why">{heading in chosen ? 'chosen now' : SURE[String(confidence)]}</span>
              </span>
              <select
                className="field"
                value={(heading in chosen ? chosen[heading] : String(meaning ?? '')) ?? ''}
                onChange={(event) => {
                  const word = LOG_MEANINGS.find((each) => each === event.target.value) ?? null;
                  setChosen({ ...chosen, [heading]: word });
                }}
              >
                <option value="">carried along, not used</option>
                {LOG_MEANINGS.map((word) => (
                  <option key={word} value={word}>
                    {word.replace('note:', 'note, ').replace(/-/g, ' ')}
                  </option>
                ))}
              </select>
            </label>
          </li>
        ))}
      </ul>
      <div className="issue-actions">
        <Button
          className="button primary"
          isDisabled={!canScan || busy || choices.length === 0}
          onPress={read}
        >
          Read the sheets again
        </Button>
        <Button className="button secondary" onPress={onClose}>
          Not now
        </Button>
      </div>
      {canScan ? null : (
        <p className="why">
          Here sheets are read with <code>baton scan FOLDER --map HEADING=MEANING</code>
        </p>
      )}
    </div>
  );
}
