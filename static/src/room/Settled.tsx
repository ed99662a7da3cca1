/** 決まったこと: what was declared and recorded on the item in view, and who answers for what follows. */
import type { JSX } from 'preact';
import { t } from '../i18n';
import type { ItemEnding } from '../live/course';
import { Muted, Told } from './marks';
import type { RoomStore } from './store';
import { dayText } from './time';

const SETTLED = new Set(['decision', 'task', 'condition']);

export function Settled({ store }: { store: RoomStore }): JSX.Element {
  const item = store.item.value;
  const settled = item?.outcomes.filter((outcome) => SETTLED.has(outcome.kind)) ?? [];
  const declared = item?.rounds.filter((round) => round.result !== null) ?? [];
  // With a question the gap belongs to its round, which is listed already.
  const alone = item?.gaps.filter((gap) => gap.round_id === null) ?? [];
  const ending = item?.settled ?? null;
  if (settled.length === 0 && declared.length === 0 && alone.length === 0 && ending === null) return <Muted>{t('まだありません。')}</Muted>;
  return (
    <ul class="settled">
      {ending === null ? null : <Ending store={store} ending={ending} />}
      {declared.map((round) => (
        <li key={round.id}><span class="settled-kind">{store.data.labels.results[round.result ?? '']}</span><Told store={store} text={round.wording} /></li>
      ))}
      {alone.map((gap) => (
        <li key={gap.id}><span class="settled-kind">{store.data.labels.results['no_taker']}</span><Told store={store} text={gap.text} /></li>
      ))}
      {settled.map((outcome) => (
        <li key={outcome.id}><span class="settled-kind">{store.data.labels.outcomes[outcome.kind]}</span><Told store={store} text={outcome.text} /></li>
      ))}
    </ul>
  );
}

function Ending({ store, ending }: { store: RoomStore; ending: ItemEnding }): JSX.Element {
  const { data } = store;
  const person = data.masked ? '' : ending.owner_person;
  const owner = [store.seat(ending.owner_agency_id)?.name ?? '', person].filter(Boolean).join(' ');
  const next = [ending.next_date === null ? '' : dayText(ending.next_date, data.language), ending.next_conference_name].filter(Boolean).join(' ');
  return (
    <li>
      <span class="settled-kind">{data.labels.item_results[ending.result]}</span>
      {owner === '' ? null : <span class="settled-part">{t('担当：{name}', { name: owner })}</span>}
      {next === '' ? null : <span class="settled-part">{t('次回：{text}', { text: next })}</span>}
      {ending.reason === '' ? null : <span class="settled-part"><Told store={store} text={ending.reason} /></span>}
    </li>
  );
}
