/** 引受手不在 at the item: what was declared, and the declaration before anybody was proposed. */
import type { JSX } from 'preact';
import { t } from '../i18n';
import { nobodyTakes, type Gap } from '../live/gaps';
import type { ItemSnapshot } from '../live/item';
import { Day, SendButton, submitting } from './fields';
import { GapFields, gapOf, proposedGap } from './GapFields';
import { Person, Refused, SeatMark, Told } from './marks';
import type { RoomStore } from './store';
import { dayText, today } from './time';

/** A suggestion to all, an act of the chair: whoever is still named has to be asked first. */
export function NobodyTakes({ store, item }: { store: RoomStore; item: ItemSnapshot }): JSX.Element | null {
  if (!store.isLive || item.nominating?.state === 'open' || !nobodyTakes(item, store.selected.value?.recused ?? [])) return null;
  return (
    <div class="verdict nobody-takes">
      <p class="verdict-result">{t('引き受けられると答えた機関がありません。ほかに候補がなければ、引受手不在を宣言できます。')}</p>
      {store.isChair ? <DeclareIt key={item.id} store={store} itemId={item.id} /> : null}
    </div>
  );
}

function DeclareIt({ store, itemId }: { store: RoomStore; itemId: string }): JSX.Element {
  const form = store.forms.form(`no taker ${itemId}`, { next_date: '', ...proposedGap(store) });
  const send = (): void => void form.submit('declare_no_taker', {
    item_id: itemId, next_date: form.get('next_date') || null, ...gapOf(form),
  });
  return (
    <details class="disclosure" open={form.refusal.value !== null}>
      <summary>{t('引受手不在を宣言する')}</summary>
      <form class="form" onSubmit={submitting(form, send)}>
        <GapFields store={store} form={form} />
        <Day form={form} name="next_date" label={t('次に協議する日')} required min={today(store.now.value)} />
        <Refused refusal={form.refusal.value} shown={form.shown} />
        <SendButton form={form} connected={store.link.status.value.connected} small>{t('宣言する')}</SendButton>
      </form>
    </details>
  );
}

export function Gaps({ store, gaps }: { store: RoomStore; gaps: readonly Gap[] }): JSX.Element {
  return <>{gaps.map((gap) => <OneGap key={gap.id} store={store} gap={gap} />)}</>;
}

function OneGap({ store, gap }: { store: RoomStore; gap: Gap }): JSX.Element {
  const { labels, language, urls } = store.data;
  return (
    <section class="decision is-declared is-no_taker" aria-label={t('引受手不在')}>
      <h2>{t('引受手不在：{kind}', { kind: labels.gap_kinds[gap.kind] ?? '' })}</h2>
      <p class="prewrap"><Told store={store} text={gap.text} /></p>
      <p class="decision-nominee"><span class="small">{t('担当')}</span> <SeatMark store={store} id={gap.owner_agency_id} /> <Person store={store} name={gap.owner_person} /></p>
      <dl class="record-told small">
        <dt>{t('次の対応')}</dt><dd><Told store={store} text={gap.next_step} /><br />{t('{day}まで', { day: dayText(gap.due, language) })}</dd>
        <dt>{t('次に協議する日')}</dt><dd>{dayText(gap.next_date, language)}</dd>
        <dt>{t('決定番号')}</dt><dd>{gap.number}</dd>
        <dt>{t('状態')}</dt><dd>{labels.gap_states[gap.state]}</dd>
      </dl>
      {store.data.projector ? null : <p class="small"><a href={urls.gap.replace('GAP', gap.id)}>{t('引受手不在の記録を開く')}</a></p>}
    </section>
  );
}
