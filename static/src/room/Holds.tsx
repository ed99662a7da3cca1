/** 持ち帰り: who took the 仮決定 home, what the head offices say, and what it became. */
import type { JSX } from 'preact';
import { t } from '../i18n';
import type { Round } from '../live/lead';
import { Day, Paragraph, Radios, SendButton, submitting } from './fields';
import { Refused, SeatMark, StanceBadge, Told } from './marks';
import type { RoomStore } from './store';
import { dayText, today } from './time';

export function Holds({ store, round }: { store: RoomStore; round: Round }): JSX.Element {
  const { labels, language, actor } = store.data;
  const recused = store.selected.value?.recused ?? [];
  const holding = round.seats.filter(({ agency_id: id }) => round.stances[id]?.stance === 'hold' && !recused.includes(id));
  const day = today(store.now.value);
  const late = holding.filter(({ agency_id: id }) => round.replies[id] === undefined && (round.stances[id]?.reply_by ?? day) < day);
  const mine = holding.some((seat) => seat.agency_id === actor.agency_id);
  return (
    <div class="holds">
      <h3>{t('持ち帰りの回答')}</h3>
      <ul class="stances">
        {holding.map(({ agency_id: id, name }) => {
          const reply = round.replies[id];
          const by = dayText(round.stances[id]?.reply_by ?? '', language);
          const over = late.some((seat) => seat.agency_id === id);
          return (
            <li key={id}>
              <SeatMark store={store} id={id} name={name} />
              {reply === undefined
                ? <span class="muted">{over ? t('期限（{day}）を過ぎています', { day: by }) : t('{day}までに回答', { day: by })}</span>
                : <StanceBadge store={store} stance={reply.stance} />}
              {reply?.text ? <p class="prewrap"><Told store={store} text={reply.text} /></p> : null}
              {reply?.alternative ? <p class="prewrap">{t('代案：')}<Told store={store} text={reply.alternative} /></p> : null}
            </li>
          );
        })}
      </ul>
      {round.settled === null ? null : (
        <div class={`verdict${round.settled.result === 'decided' ? ' is-valid' : ''}`}>
          <p class="verdict-result">{t('仮決定は「{result}」になりました。', { result: labels.results[round.settled.result] ?? '' })}</p>
          <ul>{round.settled.reasons.map((reason) => <li key={reason}><Told store={store} text={reason} /></li>)}</ul>
          {round.settled.next_date === null ? null : <p>{t('次に協議する日：{day}', { day: dayText(round.settled.next_date, language) })}</p>}
        </div>
      )}
      {round.settled === null && mine && store.isSeated ? (
        <>
          <Answer key={round.id} store={store} round={round} />
          <p class="small"><a href={store.data.urls.head_office.replace('ROUND', round.id)}>{t('本部にリンクで照会する')}</a></p>
        </>
      ) : null}
      {round.settled === null && (late.length > 0 || holding.length === 0) && store.mayRun ? <Return store={store} round={round} late={late.length > 0} /> : null}
    </div>
  );
}

function Answer({ store, round }: { store: RoomStore; round: Round }): JSX.Element {
  const form = store.forms.form(`hold ${round.id}`, { stance: '', text: '', alternative: '' });
  const again = store.forms.choice(`hold again ${round.id}`);
  const { stances } = store.data.labels;
  const stance = form.get('stance');
  if (round.replies[store.data.actor.agency_id] !== undefined && again.value === '') {
    return <p class="small"><button type="button" class="button button-tertiary is-small" onClick={() => { again.value = 'open'; }}>{t('回答を変更する')}</button></p>;
  }
  const send = async (): Promise<void> => {
    const taken = await form.submit('answer_hold', {
      round_id: round.id,
      stance,
      text: stance === 'agree' ? '' : form.get('text'),
      alternative: stance === 'object' ? form.get('alternative') : '',
    });
    if (taken) again.value = '';
  };
  const notes: Readonly<Record<string, string>> = { agree_with_condition: t('条件を書く'), object: t('理由と代案を書く') };
  const options = ['agree', 'agree_with_condition', 'object'].map((value) => ({ value, label: stances[value] ?? value, note: notes[value] ?? '' }));
  return (
    <form class="form stance-form" onSubmit={submitting(form, () => { if (stance !== '') void send(); })}>
      <Radios form={form} name="stance" label={t('機関内で確認した結果')} options={options} />
      {stance === '' || stance === 'agree' ? null : <Paragraph form={form} name="text" label={stance === 'object' ? t('理由') : t('条件')} required />}
      {stance === 'object' ? <Paragraph form={form} name="alternative" label={t('代案')} /> : null}
      <Refused refusal={form.refusal.value} shown={form.shown} />
      {stance === '' ? null : <SendButton form={form} connected={store.link.status.value.connected} small>{t('回答する')}</SendButton>}
    </form>
  );
}

/** Nobody is outvoted by a date: what was not answered is discussed again. */
function Return({ store, round, late }: { store: RoomStore; round: Round; late: boolean }): JSX.Element {
  const form = store.forms.form(`return ${round.id}`, { reason: '', next_date: '' });
  const send = (): void => void form.submit('return_provisional', {
    round_id: round.id, reason: form.get('reason'), next_date: form.get('next_date'),
  });
  return (
    <details class="disclosure" open={form.refusal.value !== null}>
      <summary>{late ? t('期限を過ぎたため、継続協議に戻す') : t('継続協議に戻す')}</summary>
      <form class="form" onSubmit={submitting(form, send)}>
        <Paragraph form={form} name="reason" label={t('理由')} required />
        <Day form={form} name="next_date" label={t('次に協議する日')} required min={today(store.now.value)} />
        <Refused refusal={form.refusal.value} shown={form.shown} />
        <SendButton form={form} connected={store.link.status.value.connected} small>{t('継続協議に戻す')}</SendButton>
      </form>
    </details>
  );
}
