/** まもなくの案件: told to the agencies of the next two items, and to nobody else. */
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { t } from '../i18n';
import type { AgendaItem } from '../live/conference';
import type { RoomStore } from './store';
import { clockTime } from './time';

const ON_DECK = 2;

/** The case is known here only to those within its firm's consent: its room is closed to others. */
function mine(store: RoomStore): readonly AgendaItem[] {
  const coming = [...(store.foreseen.value?.starts.keys() ?? [])].slice(0, ON_DECK);
  return store.agenda.filter((item) => coming.includes(item.id) && store.itemRoom(item.id)?.state.value?.case);
}

export function OnDeck({ store }: { store: RoomStore }): JSX.Element | null {
  const wanted = store.isUnderWay && !store.data.projector && store.seat(store.data.actor.agency_id) !== null;
  const items = wanted ? mine(store) : [];
  const seen = store.forms.choice('on deck');
  const key = items.map((item) => item.id).join(' ');
  const words = items.map((item) => wording(store, item));
  useEffect(() => {
    if (key !== '') store.announcer.say(`on deck ${key}`, t('まもなく自機関の関わる案件です：{items}', { items: words.join(t('、')) }));
  }, [key]);
  if (items.length === 0 || seen.value === key) return null;
  return (
    <div class="room-banner on-deck">
      <p><strong>{t('まもなく')}</strong>{words.map((text, at) => <span key={items[at]?.id} class="on-deck-item">{text}</span>)}</p>
      <button type="button" class="button button-tertiary is-small" onClick={() => { seen.value = key; }}>{t('確認しました')}</button>
    </div>
  );
}

function wording(store: RoomStore, item: AgendaItem): string {
  const at = store.foreseen.value?.starts.get(item.id);
  const time = at === undefined ? '' : clockTime(new Date(at), store.data.language);
  const said = { time, title: store.titleOf(item) };
  return store.itemRoom(item.id)?.state.value?.case?.referrer_agency_id === store.data.actor.agency_id
    ? t('{time}ごろ {title}（自機関の紹介案件。説明の準備をお願いします）', said)
    : t('{time}ごろ {title}', said);
}
