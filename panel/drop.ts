/** A folder, a handoff or a log sheet that a person drags onto the panel. Inside CEP a dropped file says where it lies; a browser's never does. */

export type Dropped =
  | { what: 'folder' | 'handoff' | 'sheet'; path: string }
  /** Something was dropped, and nobody says where it lies. */
  | { what: 'unplaced'; path: '' };

/** As much of a drop as is used here; a path is CEP's own addition. */
interface DroppedThings {
  files: ArrayLike<{ name: string; path?: string }>;
  items?: ArrayLike<{ webkitGetAsEntry?(): { isDirectory: boolean } | null }>;
}

/** The first of what was dropped; null where it was no file. */
export function droppedOn(things: DroppedThings): Dropped | null {
  const [file] = Array.from(things.files);
  if (!file) return null;
  const { path } = file;
  if (path === undefined || path === '') return { what: 'unplaced', path: '' };
  if (things.items?.[0]?.webkitGetAsEntry?.()?.isDirectory) return { what: 'folder', path };
  if (/\.json$/i.test(path)) return { what: 'handoff', path };
  // Without an entry nobody says what it is; a name with no suffix is a folder's.
  return { what: /\.[a-z0-9]{2,5}$/i.test(file.name) ? 'sheet' : 'folder', path };
}

/** Files and folders only: text that is dragged inside the panel is left alone. */
export function takeDrops(page: Window, taken: (dropped: Dropped) => void): void {
  const isFile = (event: DragEvent) => Array.from(event.dataTransfer?.types ?? []).includes('Files');
  page.addEventListener('dragover', (event) => {
    if (!isFile(event)) return;
    event.preventDefault();
    event.dataTransfer!.dropEffect = 'copy';
  });
  page.addEventListener('drop', (event) => {
    if (!isFile(event)) return;
    // Left to itself the page would open the file in the panel's place.
    event.preventDefault();
    const dropped = droppedOn(event.dataTransfer as unknown as DroppedThings);
    if (dropped) taken(dropped);
  });
}
