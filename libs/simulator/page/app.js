import { createChatHead } from './chat-head.js';
import { createChatList } from './chat-list.js';
import { createComposer } from './composer.js';
import { get, listen, post, upload } from './connection.js';
import { byId } from './dom.js';
import { createMessageList } from './message-list.js';
import { createMessageMenu } from './message-menu.js';
import { showAlert, showToast } from './notices.js';
import { createSamples } from './samples.js';
import { createStore, placeKey, placesOf } from './store.js';

const store = createStore();
let place = { chatId: 0, thread: undefined, title: '', group: undefined };
let speaker = 0;
let commands = [];
/** Buttons whose press waits for the bot's answer, by query id. */
const pressed = new Map();
/** Answers that came before the press was acknowledged, by query id. Few: they wait for milliseconds. */
const early = new Map();

/** The fields that say who acts, and where. */
const here = () => ({
  from: speaker,
  chat: place.chatId,
  ...(place.thread === undefined ? {} : { thread: place.thread }),
});

async function send({ text, files, about }) {
  if (about?.kind === 'edit') return post('edit', { ...here(), messageId: about.message.id, text });
  const reply = about === undefined ? {} : { replyTo: about.message.id };
  list.goToEnd();
  if (files.length === 0) return post('say', { ...here(), ...reply, text });
  const onlyImages = files.every((file) => /^image\/(png|jpeg|gif|webp)$/.test(file.type));
  const caption = text.trim() === '' ? undefined : text;
  return upload({ ...here(), ...reply, caption, as: onlyImages ? 'photo' : 'document' }, files);
}

/** Says several texts in their order, until one is refused. */
async function sayAll(texts) {
  list.goToEnd();
  for (const text of texts) if ((await post('say', { ...here(), text })) === undefined) return;
}

async function press(message, data, element) {
  element.setAttribute('aria-busy', 'true');
  const done = await post('press', { ...here(), messageId: message.id, data });
  if (done === undefined) element.removeAttribute('aria-busy');
  else pressed.set(done.queryId, element);
  const answer = early.get(done?.queryId);
  if (answer !== undefined) showAnswer(done.queryId, answer);
}

function showAnswer(queryId, answer) {
  const element = pressed.get(queryId);
  if (element === undefined) return void early.set(queryId, answer);
  pressed.delete(queryId);
  early.delete(queryId);
  element.removeAttribute('aria-busy');
  if (answer.text !== '') (answer.showAlert ? showAlert : showToast)(answer.text);
}

const react = (message, emoji) => post('react', { ...here(), messageId: message.id, emoji });
const openMenu = createMessageMenu({
  speaker: () => speaker,
  react,
  reply: (message) => composer.setContext({ kind: 'reply', message }),
  edit: (message) => composer.setContext({ kind: 'edit', message }),
});
const actions = {
  press,
  react,
  openMenu,
  goTo: (id) => list.goTo(id),
  onCommand: (command) => post('say', { ...here(), text: command }),
  stopDraft: () => post('stop-draft', here()),
  suggest: (text) => post('say', { ...here(), text }),
};

const list = createMessageList({ store, place: () => place, speaker: () => speaker, actions });
const chats = createChatList({ store, place: () => place, open: openPlace });
const head = createChatHead({ store, place: () => place, speaker: () => speaker, setSpeaker });
const composer = createComposer({ commands: () => commands, send });
const samples = createSamples({ say: sayAll });

function openPlace(next, { focus = true } = {}) {
  place = next;
  const members = store.chat(place.chatId)?.members ?? [];
  if (!members.includes(speaker)) speaker = members[0] ?? 0;
  chats.markRead(placeKey(place.chatId, place.thread));
  composer.openAt(placeKey(place.chatId, place.thread));
  showAll();
  void loadCommands();
  byId('app').dataset.screen = 'chat';
  history.replaceState(null, '', `#${placeKey(place.chatId, place.thread)}`);
  if (focus) composer.focus();
}

function setSpeaker(id) {
  speaker = id;
  list.showAll();
  void loadCommands();
}

function showAll() {
  head.show();
  list.showAll();
  chats.show();
}

async function loadCommands() {
  commands = (await get(`commands?chat=${place.chatId}&user=${speaker}`)) ?? [];
}

function load(state) {
  store.load(state);
  samples.show(state.modelIsSimulated);
  const places = placesOf(store);
  const wanted = place.chatId === 0 ? location.hash.slice(1) : placeKey(place.chatId, place.thread);
  const next = places.find(({ chatId, thread }) => placeKey(chatId, thread) === wanted) ?? places[0];
  if (next === undefined) return;
  if (place.chatId === next.chatId && place.thread === next.thread) showAll();
  else openPlace(next, { focus: matchMedia('(hover: hover)').matches });
}

const isHere = ({ chatId, thread }) => chatId === place.chatId && thread === place.thread;

listen(
  {
    state: load,
    message(message) {
      const known = store.messagesIn(message).some(({ id }) => id === message.id);
      store.putMessage(message);
      if (isHere(message)) list.update(message);
      else if (!known && message.from.isBot && message.service === undefined)
        chats.markUnread(placeKey(message.chatId, message.thread));
      chats.show();
    },
    draft(draft) {
      store.putDraft(draft);
      if (isHere(draft)) list.showLive();
    },
    action(action) {
      store.putAction(action);
      if (isHere(action)) head.showStatus();
    },
    answer: ({ queryId, answer }) => showAnswer(queryId, answer),
    chats(changed) {
      store.putChats(changed);
      head.show();
      chats.show();
    },
    commands: () => void loadCommands(),
  },
  (online) => {
    byId('offline').hidden = online;
  },
);

byId('back').addEventListener('click', () => {
  byId('app').dataset.screen = 'list';
  byId('chats').querySelector('button')?.focus();
});
