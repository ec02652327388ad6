/** What came in since the project was last filled, scene by scene, and the way to the plan. */
import { Button } from 'react-aria-components/Button';
import type { SceneNews } from '../../manifest/news.ts';
import { counted, dayAndTime } from '../words.ts';
import { Alert } from './Alert.tsx';
import { useLook, usePanel } from './panel-context.ts';

/** Scenes named; more are counted. */
const MOST = 4;

export function News() {
  const { store } = usePanel();
  const news = useLook((state) => state.news);
  if (!news) return null;
  const rest = news.scenes.slice(MOST);
  const open = () =>
    store.change((state) => {
      state.step = 'bins';
    });
  return (
    <div className="apart" data-news="">
      <Alert
        tone="note"
        title={`New since the import of ${dayAndTime(news.since)}`}
        actions={
          <Button className="link" onPress={open}>
            See the plan
          </Button>
        }
      >
        <ul>
          {news.scenes.slice(0, MOST).map((scene) => (
            <li key={scene.scene}>{inWords(scene)}</li>
          ))}
          {rest.length > 0 ? <li>and {counted(rest.length, 'more scene')}</li> : null}
        </ul>
      </Alert>
    </div>
  );
}

function inWords({ scene, pictures, sounds, others, notes }: SceneNews): string {
  const parts = [
    pictures > 0 && counted(pictures, 'clip'),
    sounds > 0 && `${sounds.toLocaleString('en-GB')} sound`,
    others > 0 && `${others.toLocaleString('en-GB')} other`,
    notes > 0 && counted(notes, 'note'),
  ];
  return `${scene ? `Scene ${scene}` : 'No scene'}: ${parts.filter(Boolean).join(', ')}`;
}
