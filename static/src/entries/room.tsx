/** The live room: takes the place of the plain page as soon as the first picture has come, not before. */
import { effect } from '@preact/signals';
import { render } from 'preact';
import { t } from '../i18n';
import { Link } from '../live/link';
import { roomData } from '../room/data';
import { RoomApp } from '../room/RoomApp';
import { announceTurns, hasFloor } from '../room/speaking-view';
import { RoomStore } from '../room/store';

const TICK_MS = 250;
const data = roomData();
const place = document.getElementById('room-app');
if (data !== null && place !== null) start(new RoomStore(new Link(data.actor.membership_id, data.conference_id), data), place);

function start(store: RoomStore, root: HTMLElement): void {
  const title = document.title;
  let typed = false;
  const note = (event: Event): void => {
    if (!(event.target as HTMLElement).closest('[data-command="say_remark"]')) typed = true;
  };
  root.addEventListener('input', note);
  effect(() => store.enterItems());
  effect(() => announceTurns(store));
  effect(() => store.lanes.enter());
  effect(() => {
    document.title = hasFloor(store) ? t('【発言の順番】{title}', { title }) : owes(store) ? t('【回答待ち】{title}', { title }) : title;
  });
  setInterval(() => store.tick(), TICK_MS);
  window.addEventListener('beforeunload', (event) => {
    if (store.unfinished) event.preventDefault();
  });
  const stop = effect(() => {
    if (store.conference.state.value === null && !store.conference.gone.value) return;
    queueMicrotask(() => {
      stop();
      root.removeEventListener('input', note);
      if (typed) offer(() => show(store, root));
      else show(store, root);
    });
  });
}

/** This agency is asked and has not answered. */
function owes(store: RoomStore): boolean {
  const asked = store.asked;
  const me = store.data.actor.agency_id;
  return store.isSeated && asked !== null && asked.stances[me] === undefined && asked.seats.some((seat) => seat.agency_id === me);
}

/** A remark begun in the plain page goes on in the live one. */
function show(store: RoomStore, root: HTMLElement): void {
  const begun = root.querySelector<HTMLTextAreaElement>('[data-command="say_remark"] textarea');
  const itemId = root.querySelector<HTMLInputElement>('[data-command="say_remark"] input[name="item_id"]')?.value;
  const hadFocus = begun !== null && begun === document.activeElement;
  if (begun !== null && itemId !== undefined && begun.value.trim() !== '') store.saying(itemId).draft.value = begun.value;
  root.replaceChildren();
  render(<RoomApp store={store} />, root);
  if (hadFocus) document.getElementById('composer')?.focus();
}

/** Somebody is filling in a form of the plain page: it stays until they say so. */
function offer(go: () => void): void {
  const banner = document.createElement('div');
  banner.className = 'room-banner';
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'button button-secondary is-small';
  button.textContent = t('自動更新の画面に切り替える（入力中の内容は消えます）');
  button.addEventListener('click', go);
  banner.append(button);
  document.querySelector('.room-top')?.after(banner);
}
