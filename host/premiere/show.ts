/** Shows a clip: in the Source Monitor, in its bin, or as the selection of the Project panel. What Premiere then shows is read back. */
import type { RawShown, ShowRequest } from '../../bridge/premiere/wire.ts';
import { openProject, reasonOf } from './answer.ts';
import { currentIndex } from './find.ts';
import type { NativeApp, NativeItem } from './natives.ts';
import type { Found } from './project.ts';

export function show(request: ShowRequest): RawShown {
  const index = currentIndex();
  const found: Found[] = [];
  for (let i = 0; i < request.targets.length; i++) {
    const there = index.find(request.targets[i]!, false);
    if (there) found.push(there);
  }
  const shown: RawShown = { found: found.length, shown: null, start: null, position: null, message: null };
  if (found.length === 0) return shown;
  try {
    if (request.what === 'source-monitor') open(found[0]!.item, shown);
    else {
      const bin = index.bin(found[0]!.bin);
      // The bin becomes the one that is open and takes imports; the project's root cannot be selected.
      if (request.what === 'bin' && bin && found[0]!.bin.length > 0) bin.select();
      select(found, shown);
    }
  } catch (error) {
    shown.shown = 0;
    shown.message = reasonOf(error);
  }
  return shown;
}

function open(item: NativeItem, shown: RawShown): void {
  const monitor = (app as unknown as NativeApp).sourceMonitor;
  shown.start = item.startTime().ticks;
  monitor.openProjectItem(item);
  if (monitor.getProjectItem) {
    const now = monitor.getProjectItem();
    shown.shown = now && now.nodeId === item.nodeId ? 1 : 0;
  }
  const position = monitor.getPosition();
  shown.position = position ? position.ticks : null;
}

/** Every view of this project has a selection of its own: all are set, one that took it is enough. */
function select(found: Found[], shown: RawShown): void {
  const native = app as unknown as NativeApp;
  const views =
    native.getProjectViewIDs && native.setProjectViewSelection ? native.getProjectViewIDs() : null;
  if (!views || !views.length) {
    shown.shown = 0;
    shown.message = 'this Premiere has no way to select it from a script';
    return;
  }
  const items: NativeItem[] = [];
  for (let i = 0; i < found.length; i++) items.push(found[i]!.item);
  shown.shown = 0;
  for (let v = 0; v < views.length; v++) {
    const project = native.getProjectFromViewID(views[v]!);
    if (!project || project.documentID !== openProject().documentID) continue;
    native.setProjectViewSelection!(items, views[v]!);
    const held = native.getProjectViewSelection(views[v]!);
    shown.shown = Math.max(shown.shown, held ? held.length : 0);
  }
}
