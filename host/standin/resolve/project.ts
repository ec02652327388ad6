/** The stand-in's application, project and Fusion objects: versions, settings, the rate that freezes, preferences. */
import { handleOf, type Methods } from './handle.ts';

export const RESOLVE_METHODS: Methods = {
  GetProjectManager: { run: () => handleOf('ProjectManager', '') },
  Fusion: { run: () => handleOf('Fusion', '') },
  GetVersionString: { run: ({ state }) => state.resolve },
  GetProductName: { run: ({ state }) => (state.studio ? 'DaVinci Resolve Studio' : 'DaVinci Resolve') },
  IsStudio: { since: '21.1', run: ({ state }) => state.studio },
  GetCurrentPage: { run: ({ state }) => state.page ?? 'edit' },
  OpenPage: {
    run({ state }, _id, [page]) {
      if (typeof page !== 'string' || !PAGES.includes(page)) return false;
      state.page = page;
      return true;
    },
  },
};
const PAGES = ['media', 'cut', 'edit', 'fusion', 'color', 'fairlight', 'deliver'];

export const PROJECT_MANAGER_METHODS: Methods = {
  GetCurrentProject: { run: () => handleOf('Project', '') },
};

export const PROJECT_METHODS: Methods = {
  GetName: { run: ({ state }) => state.project.name },
  GetUniqueId: { run: ({ state }) => state.project.id },
  GetMediaPool: { run: () => handleOf('MediaPool', '') },
  GetTimelineCount: { run: ({ state }) => state.project.timelines.length },
  GetTimelineByIndex: {
    run({ state }, _id, [index]) {
      const found = state.project.timelines[Number(index) - 1];
      return found ? handleOf('Timeline', found.id) : null;
    },
  },
  GetCurrentTimeline: {
    run({ state }) {
      const { timelines, timeline } = state.project;
      const found = timelines.find(({ id }) => id === timeline);
      return found ? handleOf('Timeline', found.id) : null;
    },
  },
  GetSetting: {
    run({ state }, _id, [key]) {
      const value = state.project.settings[String(key)];
      if (value === undefined) return '';
      // Set as text, read as a number, and drop-frame is a setting of its own.
      return key === 'timelineFrameRate' ? Number.parseFloat(value) : value;
    },
  },
  SetSetting: {
    writes: true,
    run({ state }, _id, [key, value]) {
      const { settings, timelines } = state.project;
      if (typeof key !== 'string' || typeof value !== 'string' || !(key in settings)) return false;
      if (key === 'timelineFrameRate') {
        if (timelines.length > 0) return false;
        settings['timelineDropFrameTimecode'] = value.endsWith(' DF') ? '1' : '0';
      }
      settings[key] = value;
      return true;
    },
  },
};

export const FUSION_METHODS: Methods = {
  SetData: {
    run({ fusionValues }, _id, [name, value]) {
      if (value === null || value === undefined) fusionValues.delete(String(name));
      else fusionValues.set(String(name), value);
      return null;
    },
  },
  SetPrefs: {
    run({ fusionValues }, _id, [name, value]) {
      fusionValues.set(String(name), value);
      return null;
    },
  },
  SavePrefs: {
    run({ files, fusionValues }, _id, [path]) {
      const lines = [...fusionValues].map(
        ([name, value]) => `\t[${JSON.stringify(name)}] = ${JSON.stringify(value)},\n`,
      );
      files.set(typeof path === 'string' ? path : 'Fusion.prefs', `{\n${lines.join('')}}\n`);
      return null;
    },
  },
};
