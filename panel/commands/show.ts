/** Shows a clip in the editor: in its Source Monitor at a frame, or in its bin. Writes nothing. */
import type { Command } from './command.ts';

export const show: Command = {
  id: 'show',
  label: 'Show in the editor',
  doing: 'Showing it in the editor',
  when: (state) => {
    if (state.work) return 'Something is being done';
    return state.editor ? null : 'No editor project is open';
  },
  run: async ({ store, editor }) => {
    const asked = store.get().toShow;
    if (!asked) return;
    const { shown, reason } = (await editor!.show?.(asked)) ?? {
      shown: false,
      reason: 'This editor has no way to show it.',
    };
    store.change((state) => {
      state.toShow = null;
      state.notice = shown ? '' : `It could not be shown: ${reason ?? 'the editor gave no reason.'}`;
      state.said = shown ? `Shown in the editor${reason ? `. ${reason}` : ''}` : state.notice;
    });
  },
};
