/** The note production left with the handoff, whole on request. */
import { useState } from 'react';
import { Button } from 'react-aria-components/Button';
import type { Handoff } from '../../manifest/documents/handoff.ts';

/** Longer than this many characters, a note starts closed. */
const LONG = 220;

export function HandOverNote({ note }: { note: NonNullable<Handoff['note']> }) {
  const [whole, setWhole] = useState(false);
  const long = note.text.length > LONG || note.text.split('\n').length > 4;
  return (
    <figure className="note">
      <blockquote className={long && !whole ? 'note-short' : ''} tabIndex={whole ? 0 : undefined}>
        {note.text}
      </blockquote>
      <figcaption>
        <span>{[note.author, note.at?.slice(0, 10)].filter(Boolean).join(', ') || 'Hand-over note'}</span>
        {long ? (
          <Button className="link" onPress={() => setWhole(!whole)}>
            {whole ? 'Show less' : 'Show all'}
          </Button>
        ) : null}
      </figcaption>
    </figure>
  );
}
