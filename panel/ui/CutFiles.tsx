/** The files of a cut that was written, with their hashes, and everything a format or the editor could not carry. */
import type { Loss } from '../../manifest/documents/issue.ts';
import { counted } from '../words.ts';
import { Alert } from './Alert.tsx';
import { useLook } from './panel-context.ts';

export function WrittenCut() {
  const written = useLook((state) => state.written);
  if (!written) return null;
  const { files, refused } = written;
  return (
    <div className="written" data-written="">
      {refused.map(({ format, message }) => (
        <Alert key={format} tone="bad" title={`${format.toUpperCase()} was not written`}>
          <p>{message}</p>
        </Alert>
      ))}
      {files.length > 0 ? (
        <Alert tone="good" title={`${counted(files.length, 'file')} written`}>
          <ul className="files">
            {files.map(({ path, hash }) => (
              <li key={path}>
                <span className="file-name" title={path}>
                  {path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)}
                </span>
                <span className="timecode" title={`SHA-256 ${hash}`}>
                  {hash.slice(0, 12)}
                </span>
              </li>
            ))}
          </ul>
        </Alert>
      ) : null}
    </div>
  );
}

/** What the cut list or a format leaves behind, each with its place. */
export function Losses({ losses }: { losses: Loss[] }) {
  if (losses.length === 0) return null;
  const total = losses.reduce((sum, loss) => sum + loss.count, 0);
  return (
    <Alert tone="attention" title={`${total} ${total === 1 ? 'thing is' : 'things are'} not carried over`}>
      <ul className="losses">
        {losses.map((loss, index) => (
          <li key={index}>
            <b>{loss.where}</b> {loss.message}
          </li>
        ))}
      </ul>
    </Alert>
  );
}
