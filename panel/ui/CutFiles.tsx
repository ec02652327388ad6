/** The files of a cut with their hashes, and what a format or the editor could not carry: by format and kind, places on demand. */
import { useEffect, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import type { CutFile } from '../../bridge/desk.ts';
import type { Loss } from '../../manifest/documents/issue.ts';
import { copyText } from '../clipboard.ts';
import { lossKinds, type LossKind } from '../cut-record.ts';
import type { FormatForecast } from '../heavy/answers.ts';
import { counted } from '../words.ts';
import { Alert } from './Alert.tsx';
import { Icon } from './Icon.tsx';
import { OwnFile } from './OwnFile.tsx';
import { useLook, usePanel } from './panel-context.ts';

export function WrittenCut() {
  const written = useLook((state) => state.written);
  if (!written) return null;
  const { files, refused, own } = written;
  return (
    <div className="written" data-written="">
      {refused.map(({ format, message }) => (
        <Alert key={format} tone="bad" title={`${format.toUpperCase()} was not written`}>
          <p>{message}</p>
        </Alert>
      ))}
      {files.length > 0 ? (
        <Alert tone="good" title={`${counted(files.length, 'file')} written`}>
          <p className="file-whole why">In {folderOf(files[0]!)}</p>
          <Files files={files} />
        </Alert>
      ) : null}
      {own ? <OwnFile own={own} /> : null}
    </div>
  );
}

export function Files({ files }: { files: readonly CutFile[] }) {
  const { store } = usePanel();
  const copy = (file: CutFile) =>
    void copyText(window, file.hash).then(() =>
      store.change((state) => {
        state.said = `The hash of ${nameOf(file)} is on the clipboard`;
      }),
    );
  return (
    <ul className="files">
      {files.map((file) => (
        <li key={file.path}>
          <span className="file-whole">{nameOf(file)}</span>
          <span className="file-hash">
            <span className="timecode" title={`SHA-256 ${file.hash}`}>
              {file.hash.slice(0, 12)}
            </span>
            <Button
              className="button quiet"
              aria-label={`Copy the hash of ${nameOf(file)}`}
              onPress={() => copy(file)}
            >
              <Icon name="copy" />
            </Button>
          </span>
        </li>
      ))}
    </ul>
  );
}

function nameOf({ path }: CutFile): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
}

function folderOf(file: CutFile): string {
  return file.path.slice(0, -nameOf(file).length - 1);
}

/** What was lost on the way from the editor: no format can bring it back. */
export function Losses({ losses }: { losses: Loss[] }) {
  if (losses.length === 0) return null;
  const total = losses.reduce((sum, loss) => sum + loss.count, 0);
  return (
    <Alert tone="attention" title={`${total} ${total === 1 ? 'thing is' : 'things are'} not carried over`}>
      <Kinds kinds={lossKinds(losses)} />
    </Alert>
  );
}

/** What each chosen format would leave behind, worked out before anything is written. */
export function useForecasts(): readonly FormatForecast[] {
  const { heavy } = usePanel();
  const cut = useLook((state) => state.cutList?.value);
  const formats = useLook((state) => state.cut.formats);
  const options = useLook((state) => state.cut.options);
  const opened = useLook((state) => state.opened);
  const [found, setFound] = useState<FormatForecast[]>([]);
  useEffect(() => {
    let still = true;
    if (!cut || !opened?.handoff) return;
    // What fails here fails in the export too, and is said there.
    heavy.ask(opened, { ask: 'forecast', asked: { cut, formats, options } }).then(
      (now) => still && setFound(now),
      () => undefined,
    );
    return () => {
      still = false;
    };
  }, [heavy, cut, formats, options, opened]);
  return found;
}

export function Forecasts({ found }: { found: readonly FormatForecast[] }) {
  return found.map(({ format, label, refused, losses }) => {
    const kinds = lossKinds(losses);
    const total = kinds.reduce((sum, { count }) => sum + count, 0);
    return (
      <Alert
        key={format}
        tone={refused ? 'bad' : 'attention'}
        title={refused ? `${label} cannot be written` : `${label} will not hold ${counted(total, 'thing')}`}
      >
        {refused ? <p>{refused}</p> : <Kinds kinds={kinds} />}
      </Alert>
    );
  });
}

const PLACES = 40;

function Kinds({ kinds }: { kinds: LossKind[] }) {
  return (
    <ul className="losses">
      {kinds.map(({ what, count, message, places }, nth) => (
        <li key={nth}>
          {count === 1 ? (
            <>
              <b>{places[0]}</b> {message}
            </>
          ) : (
            <details>
              <summary>
                <b>
                  {count} × {what}
                </b>{' '}
                {message}
              </summary>
              <p className="why">
                {places.slice(0, PLACES).join(', ')}
                {places.length > PLACES ? ` and ${places.length - PLACES} more` : ''}
              </p>
            </details>
          )}
        </li>
      ))}
    </ul>
  );
}
