/** The list of speakers of the item in view at this moment, with the rules applied. */
import type { ItemSnapshot } from '../live/item';
import type { PresentSpeech, RaisedHand } from '../live/speakers';
import { accounts, defaultAllowance, elapsed, heardOf, inOrder, leastHeard, silent, spokenAt, type Account } from '../live/speaking';
import { t } from '../i18n';
import type { RoomStore } from './store';

export interface SpeakingView {
  /** In the order they are called. */
  readonly waiting: readonly RaisedHand[];
  readonly present: PresentSpeech | null;
  readonly times: ReadonlyMap<string, Account>;
  readonly total: number;
  readonly silent: readonly string[];
  readonly suggested: string | null;
}

export function speakingView(store: RoomStore, { speakers }: ItemSnapshot): SpeakingView {
  const spoken = spokenAt(speakers, store.now.value);
  const agencies = store.electorate.map((seat) => seat.agency_id);
  const allowance = speakers.allowance ?? defaultAllowance(store.selected.value?.minutes ?? 0, agencies.length);
  const everybody = [...new Set([...agencies, ...spoken.map((one) => one.agency_id)])];
  return {
    waiting: inOrder(speakers.waiting, heardOf(spoken)),
    present: speakers.present,
    times: accounts(allowance, everybody, spoken),
    total: spoken.reduce((sum, one) => sum + one.seconds, 0),
    silent: silent(agencies, spoken),
    suggested: leastHeard(agencies, spoken, speakers.present?.agency_id ?? null),
  };
}

export interface FloorClock {
  readonly label: string;
  readonly text: string;
  readonly look: '' | 'is-soon' | 'is-over';
}

const SOON = 30;

/** What is left to the agency that has the floor; a point of order only counts up. */
export function floorClock(store: RoomStore, { present, times }: SpeakingView): FloorClock {
  if (present === null) return { label: '', text: '', look: '' };
  if (present.kind === 'order') return { label: t('経過時間'), text: span(elapsed(present, store.now.value)), look: '' };
  const left = times.get(present.agency_id)?.left ?? 0;
  const label = left < 0 ? t('超過') : t('残り');
  return { label, text: span(left), look: left < 0 ? 'is-over' : left <= SOON ? 'is-soon' : '' };
}

/** 3:05; the sign is told by the words beside it. */
export function span(seconds: number): string {
  const whole = Math.abs(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

/** Called, or next to be called: said to those whom it concerns, at whatever item they look. */
export function announceTurns(store: RoomStore): void {
  const running = store.running.value;
  const speakers = store.itemRoom(running?.id)?.state.value?.speakers;
  if (speakers === undefined || !store.isSeated) return;
  const { agency_id: mine, person } = store.data.actor;
  const { present } = speakers;
  const next = inOrder(speakers.waiting, heardOf(spokenAt(speakers, store.now.peek())))[0];
  if (present !== null && next?.agency_id === mine) {
    store.announcer.say(`next ${next.id} ${present.id}`, t('次は自機関の発言の順番です。'));
  }
  if (present?.agency_id !== mine) return;
  store.announcer.say(`turn ${present.id}`, present.speaker === '' || present.speaker === person
    ? t('発言の順番です。')
    : t('自機関の発言の順番です（{name}）。', { name: present.speaker }));
}

/** This agency has the floor at the running item. */
export function hasFloor(store: RoomStore): boolean {
  const present = store.itemRoom(store.running.value?.id)?.state.value?.speakers.present;
  return store.isSeated && present?.agency_id === store.data.actor.agency_id;
}
