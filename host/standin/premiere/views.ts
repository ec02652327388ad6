/** What of Premiere's application object is for the eye and the ear: the Source Monitor, the Project panel's selection, events. */
import { ProjectItem } from './item.ts';
import type { Model } from './model.ts';
import { Time } from './time.ts';

const VIEW = 'ba700000-0000-4000-8000-0000000000ff';

export function views(model: Model, project: () => unknown): Record<string, unknown> {
  const { misbehaviour } = model.options;
  const monitor: Record<string, unknown> = {
    openProjectItem(item: unknown) {
      model.count('openProjectItem');
      if (!(item instanceof ProjectItem)) throw new Error('Illegal Parameter type');
      if (!misbehaviour.stuckMonitor) model.shown.source = item.nodeId;
      return 0;
    },
    // There is no way to set it.
    getPosition: () => new Time('0'),
    closeAllClips() {
      model.shown.source = null;
      return 0;
    },
  };
  if (!misbehaviour.noViews)
    monitor['getProjectItem'] = () => {
      const { source } = model.shown;
      return source !== null && model.has(source) ? new ProjectItem(model, source) : null;
    };
  const made: Record<string, unknown> = {
    sourceMonitor: monitor,
    bind(event: unknown, listener: unknown) {
      if (typeof listener !== 'function') return false;
      const name = String(event);
      model.bound.set(name, [...(model.bound.get(name) ?? []), listener as () => unknown]);
      return true;
    },
  };
  if (misbehaviour.noViews) return made;
  return {
    ...made,
    getProjectViewIDs: () => [VIEW],
    getProjectFromViewID: (view: unknown) => (view === VIEW ? project() : null),
    getProjectViewSelection: (view: unknown) =>
      view === VIEW && model.shown.selection.length > 0
        ? model.shown.selection.filter((id) => model.has(id)).map((id) => new ProjectItem(model, id))
        : null,
    setProjectViewSelection(items: unknown, view: unknown) {
      model.count('setProjectViewSelection');
      if (view === VIEW)
        model.shown.selection = Array.from(items as ArrayLike<ProjectItem>, ({ nodeId }) => nodeId);
    },
  };
}

/** The two globals by which a script speaks to panels. */
export function events(dispatch: (type: string, data: string) => void): Record<string, unknown> {
  let plugged = false;
  class ExternalObject {
    readonly library = 'lib:PlugPlugExternalObject';
    constructor(library: unknown) {
      if (library !== this.library) throw new Error('could not load library');
      plugged = true;
    }
  }
  class CSXSEvent {
    type = '';
    data = '';
    dispatch(): void {
      // Without the library a CSXSEvent is not there at all.
      if (!plugged) throw new Error('CSXSEvent does not have a constructor');
      dispatch(this.type, this.data);
    }
  }
  return { ExternalObject, CSXSEvent };
}
