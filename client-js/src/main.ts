import { effect, signal, untracked } from '@preact/signals-core';
import { Account } from './account/account';
import { Devices } from './account/devices';
import { Profile } from './account/profile';
import { createCalls } from './call/calls';
import { iceServers, relaySettings } from './call/wire';
import { Chat } from './chat/chat';
import { BrowserOutboxStore } from './chat/outbox-store';
import { browserStorage } from './kept/kept';
import { Keymap } from './keys/keymap';
import { Api } from './net/api';
import { Connection } from './net/connection';
import { browserPage } from './net/oidc';
import { parting } from './net/parting';
import { Tokens } from './net/tokens';
import { Notifier } from './notify/notifier';
import { NotifySettings } from './notify/settings';
import { Tabs } from './notify/tabs';
import { actedAt, actedWithin, watchActivity } from './presence/activity';
import { Presences } from './presence/presence';
import type { User } from './protocol/shapes';
import { mount } from './ui/app';
import type { Workspace } from './ui/context';
import { ping, showNotice, watchScreen } from './ui/desk';
import { Files } from './upload/files';

/** Somebody who did nothing for this long is away. */
const idleMs = 300_000;

const tokens = new Tokens(browserPage);
const connection = new Connection(tokens);
connection.activity = () => actedWithin(idleMs);
const api = new Api(tokens);
const account = new Account(tokens, connection);
const workspace = signal<Workspace | null>(null);

const timers = {
  now: () => Date.now(),
  after: (ms: number, then: () => void) => {
    const timer = setTimeout(then, ms);
    return () => clearTimeout(timer);
  },
};

/** Builds all that one person works with; answers how it is closed. */
function open(me: User): () => void {
  const chat = new Chat(me, connection, api, localStorage, new BrowserOutboxStore(me.id), timers);
  const presences = new Presences(connection);
  const files = new Files(
    api,
    () => chat.limits.peek().uploadBytes,
    (outgoing) => chat.outbox.add(outgoing),
  );
  const stopFiles = connection.hear('message', ({ message }) => {
    if (message.media !== undefined && message.sender.id === me.id) files.arrived(message.clientId, message.media);
  });
  const calls = createCalls(connection, {
    person: (userId) => chat.people.known.peek().get(userId),
    storage: browserStorage,
    iceServers: async () => (await api.call('/api/ice-servers', iceServers)).iceServers,
    goneAway: (callId, legId) => parting(tokens.atHand, `/api/calls/${encodeURIComponent(callId)}/leave`, { legId }),
    relays: () => api.call('/api/admin/ice-servers', relaySettings),
  });
  const tabs = new Tabs(me.id, actedAt);
  const stopActivity = watchActivity(() => {
    connection.whisper('presence_active', {});
    tabs.cameBack();
  });
  const notices = new NotifySettings(browserStorage, me.id);
  const notifier = new Notifier(
    {
      choice: () => notices.choice.peek(),
      room: (roomId) => chat.rooms.byId.peek().get(roomId),
      thread: (threadId) => (chat.threads.follows(threadId) ? chat.threads.places.peek().get(threadId) : undefined),
      isLead: () => tabs.lead.peek(),
      isShown: (roomId) => tabs.isShown(roomId),
      isHere: () => tabs.isHere(),
      doesNotWantToBeDisturbed: () => presences.now(me.id).status === 'dnd',
      after: timers.after,
      show: showNotice,
      play: ping,
    },
    me,
  );
  const stopScreen = watchScreen(tabs);
  const stopNews = chat.onMessage((message) => notifier.heard(message));
  const stopRead = connection.hear('read', ({ roomId, userId, seq }) => {
    if (userId === me.id) notifier.read(roomId, seq);
  });
  const stopThreadRead = connection.hear('thread_place', ({ threadId, readSeq }) => notifier.read(threadId, readSeq));
  const administrator = signal(false);
  const stopRole = connection.hear('session', (session) => {
    administrator.value = session.administrator === true;
  });
  const devices = new Devices(api);
  const profile = new Profile(api);
  const keymap = new Keymap(browserStorage, me.id);
  workspace.value = { chat, presences, files, calls, tabs, notices, devices, profile, keymap, administrator };
  return () => {
    workspace.value = null;
    stopActivity();
    stopRole();
    stopFiles();
    stopNews();
    stopRead();
    stopThreadRead();
    stopScreen();
    notifier.close();
    tabs.close();
    notices.close();
    keymap.close();
    calls.dispose();
    files.close();
    presences.close();
    chat.close();
  };
}

let close: () => void = () => undefined;
let openFor: string | null = null;
effect(() => {
  const me = tokens.user.value;
  if (me?.id === openFor) return;
  untracked(close);
  openFor = me?.id ?? null;
  close = me === null ? () => undefined : untracked(() => open(me));
});

const root = document.getElementById('app');
if (root === null) throw new Error('The page has no #app.');
mount(root, {
  account,
  link: connection.link,
  workspace,
  retryNow: () => connection.retryNow(),
});
void account.resume();
