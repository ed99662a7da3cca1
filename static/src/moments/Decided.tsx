/** 決まったこと up to the moment in view, over all items the reader sees. */
import type { JSX } from 'preact';
import { t } from '../i18n';
import { dayText } from '../room/time';
import { OutcomeLine } from './Item';
import { Muted, Part } from './parts';
import type { MomentsStore } from './store';

const SETTLED = new Set(['decision', 'task', 'condition']);

export function Decided({ store }: { store: MomentsStore }): JSX.Element {
  const { labels, language } = store.data;
  const items = store.agenda.flatMap((item) => {
    const told = store.told(item);
    if (told === null) return [];
    const declared = told.rounds.filter((round) => round.result !== null);
    const alone = told.gaps.filter((gap) => gap.round_id === null);
    const outcomes = told.outcomes.filter((one) => SETTLED.has(one.kind));
    return declared.length + alone.length + outcomes.length === 0 && told.settled === null ? [] : [{ item, told, declared, alone, outcomes }];
  });
  return (
    <Part title={t('決まったこと')}>
      {items.length === 0 ? <Muted>{t('この時点では、まだありません。')}</Muted> : items.map(({ item, told, declared, alone, outcomes }) => (
        <div key={item.id} class="moments-decided">
          <h4>{store.titleOf(item)}</h4>
          <ul class="rows">
            {told.settled === null ? null : (
              <li>
                <span class="badge">{labels.item_results[told.settled.result]}</span>{' '}
                {[store.name(told.settled.owner_agency_id), told.settled.owner_person].filter(Boolean).join(' ')}
                {told.settled.next_date === null ? '' : <> {t('次回：{text}', { text: dayText(told.settled.next_date, language) })}</>}
              </li>
            )}
            {declared.map((round) => (
              <li key={round.id}><span class="badge">{labels.results[round.result ?? '']}</span> {round.wording}{round.decision_number === '' ? '' : <> {t('決定番号 {number}', { number: round.decision_number })}</>}
                {round.addenda.map((one) => <p key={one.number} class="small">{t('訂正')} <del>{one.was}</del> → <ins>{one.says}</ins> {one.reason}</p>)}</li>
            ))}
            {alone.map((gap) => (
              <li key={gap.id}><span class="badge">{labels.results['no_taker']}</span> {gap.text} {t('決定番号 {number}', { number: gap.number })}</li>
            ))}
            {outcomes.map((one) => <OutcomeLine key={one.id} store={store} outcome={one} />)}
          </ul>
        </div>
      ))}
    </Part>
  );
}
