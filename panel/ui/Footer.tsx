/** The other end of the wire: which editor, through what, what it lacks, and when it was last read. */
import { Button } from 'react-aria-components/Button';
import { CommandButton } from './CommandButton.tsx';
import { Icon } from './Icon.tsx';
import { useLook, usePanel } from './panel-context.ts';
import { isFirstReading } from '../steps.ts';
import { counted } from '../words.ts';

const NAMES = { premiere: 'Premiere Pro', resolve: 'DaVinci Resolve' };

const ADAPTERS: Record<string, string> = {
  cep: 'CEP',
  uxp: 'UXP',
  'workflow-integration': 'Workflow Integration',
  'stand-in': 'stand-in',
};

export function Footer() {
  const editor = useLook((state) => state.editor);
  const lastRead = useLook((state) => state.lastRead);
  const said = useLook((state) => state.said);
  const reading = useLook(isFirstReading);
  const { store } = usePanel();
  const about = useLook((state) => state.about);
  const turn = () =>
    store.change((state) => {
      state.about = !about;
    });
  const doing = useLook((state) => state.work?.doing ?? '');
  return (
    <footer className="footer">
      <div className="footer-editor">
        {editor ? (
          <>
            <span title={`${NAMES[editor.editor]} ${editor.editorVersion}, project ${editor.project.name}`}>
              {NAMES[editor.editor]} {editor.editorVersion} ({ADAPTERS[editor.adapter] ?? editor.adapter})
            </span>
            {editor.lacks.length > 0 ? (
              <details className="lacks">
                <summary>{counted(editor.lacks.length, 'limit')}</summary>
                <ul>
                  {editor.lacks.map((lack) => (
                    <li key={lack.what}>{lack.message}</li>
                  ))}
                </ul>
              </details>
            ) : null}
          </>
        ) : (
          <span>{reading ? 'Reading…' : 'No editor'}</span>
        )}
      </div>
      <div className="footer-read">
        <span>{doing ? `${doing}…` : lastRead ? `last read ${lastRead}` : 'not read yet'}</span>
        <Button className="button quiet" aria-label="About Baton" aria-expanded={about} onPress={turn}>
          <Icon name="info" />
        </Button>
        <CommandButton id="refresh" look="quiet" label="Refresh">
          <Icon name="refresh" />
        </CommandButton>
      </div>
      <p className="hidden-text" role="status">
        {said}
      </p>
    </footer>
  );
}
