import { byId, fileSize, h } from './dom.js';

/** The files that wait to be sent: chosen with the paper clip or pasted. */
export function createFileTray({ focusText }) {
  const attach = byId('attach');
  const list = byId('files');
  let files = [];

  const show = () => {
    const items = files.map((file, at) => {
      const remove = () => {
        files.splice(at, 1);
        show();
        focusText();
      };
      const button = h('button', { type: 'button', 'aria-label': `Do not send ${file.name}`, onclick: remove }, '✕');
      return h('li', {}, `${file.name} · ${fileSize(file.size)}`, button);
    });
    list.replaceChildren(...items);
    list.hidden = files.length === 0;
  };
  const add = (added) => {
    files.push(...added);
    show();
    focusText();
  };
  attach.addEventListener('change', () => {
    add(attach.files);
    attach.value = '';
  });
  return {
    /** The files, which leave the tray with this. */
    take() {
      const taken = files;
      files = [];
      show();
      return taken;
    },
    put: add,
    isEmpty: () => files.length === 0,
    onPaste(event) {
      const pasted = [...(event.clipboardData?.files ?? [])];
      if (pasted.length === 0) return;
      event.preventDefault();
      add(pasted);
    },
  };
}
