import { byId, h, hueOf, initials } from './dom.js';
import { placeKey } from './store.js';

const DOING = {
  typing: 'is typing',
  upload_document: 'is sending a file',
  upload_photo: 'is sending a photo',
};

/** The title of the open place, what the bot is doing there, and who is speaking. */
export function createChatHead({ store, place, speaker, setSpeaker }) {
  const status = byId('chat-status');
  const speakers = byId('speakers');

  const showStatus = () => {
    const { chatId, thread } = place();
    const action = store.state.actions.get(placeKey(chatId, thread));
    const members = store.chat(chatId)?.members.length ?? 0;
    const still = chatId < 0 ? `${members + 1} members` : `You are ${store.user(chatId)?.first_name ?? ''}`;
    status.classList.toggle('busy', action !== undefined);
    status.textContent =
      action === undefined ? still : `${store.state.me.first_name} ${DOING[action.action] ?? 'is busy'}`;
  };
  const showSpeakers = () => {
    const members = store.chat(place().chatId)?.members ?? [];
    const options = members.map((id) => {
      const input = h('input', { type: 'radio', name: 'speaker', value: id });
      input.checked = id === speaker();
      input.addEventListener('change', () => setSpeaker(id));
      return h('label', {}, input, store.user(id)?.first_name ?? String(id));
    });
    speakers.replaceChildren(h('legend', {}, 'Speaking as'), ...options);
    speakers.hidden = options.length < 2;
  };
  return {
    showStatus,
    show() {
      const { chatId, thread, title, group, person } = place();
      const avatar = byId('chat-avatar');
      avatar.textContent = group === undefined ? initials(person) : '#';
      avatar.classList.toggle('topic', group !== undefined);
      avatar.style.setProperty('--hue', String(hueOf(thread ?? chatId)));
      byId('chat-title').textContent =
        group === undefined ? `${title} with ${store.state.me.first_name}` : `${group} · ${title}`;
      byId('simulated').replaceChildren(...simulatedParts(store.state.modelIsSimulated));
      showStatus();
      showSpeakers();
    },
  };
}

/** What here is not real. On the narrowest screens the explanation gives way, the fact never. */
function simulatedParts(modelIsSimulated) {
  if (!modelIsSimulated) return ['Simulated Telegram', h('span', { class: 'wide' }, ' · the model is real')];
  return ['Simulated Telegram · Simulated model', h('span', { class: 'wide' }, ' (no real Claude)')];
}
