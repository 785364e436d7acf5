import { byId } from './dom.js';

const SHOWN_MS = 4000;
let hiding;

/** A short note that goes by itself. */
export function showToast(text) {
  const toast = byId('toast');
  toast.textContent = text;
  toast.classList.add('on');
  clearTimeout(hiding);
  hiding = setTimeout(() => toast.classList.remove('on'), SHOWN_MS);
}

/** A note that must be closed, as Telegram shows `show_alert`. */
export function showAlert(text) {
  const dialog = byId('alert');
  dialog.querySelector('p').textContent = text;
  if (!dialog.open) dialog.showModal();
}
