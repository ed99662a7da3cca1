/** 宣言: the chair says how the item ends; the rule decides which results may be said. */
import type { JSX } from 'preact';
import { t } from '../i18n';
import type { Round } from '../live/item';
import { mayDeclare, type Result } from '../live/verdict';
import { Day, Radios, SendButton, submitting } from './fields';
import { GapFields, gapOf, proposedGap } from './GapFields';
import { Refused } from './marks';
import { judged } from './judged';
import { proposed, RecordFields, recordOf } from './Record';
import type { RoomStore } from './store';
import { today } from './time';
import { VerdictLine } from './VerdictLine';

const RESULTS: readonly Result[] = ['decided', 'provisional', 'continued', 'no_taker'];

export function Declare({ store, round, done }: { store: RoomStore; round: Round; done: () => void }): JSX.Element {
  const form = store.forms.form(`declare ${round.id}`, { result: '', next_date: '', ...proposed(store, round), ...proposedGap(store) });
  const verdict = judged(store, round);
  const options = RESULTS.map((value) => ({
    value, label: store.data.labels.results[value] ?? value, disabled: !mayDeclare(verdict, value),
  }));
  const result = form.get('result');
  const leads = result === 'decided' || result === 'provisional';
  const send = async (): Promise<void> => {
    const taken = await form.submit('declare_result', {
      round_id: round.id,
      result,
      next_date: result === 'decided' || form.get('next_date') === '' ? null : form.get('next_date'),
      ...(leads ? recordOf(form) : {}),
      ...(result === 'no_taker' ? gapOf(form) : {}),
    });
    if (taken) done();
  };
  return (
    <form class="form declare-form" onSubmit={submitting(form, () => { if (result !== '') void send(); })}>
      <div class="declare-what">
        <VerdictLine store={store} round={round} />
        <Radios form={form} name="result" label={t('結果を宣言する')} options={options} />
      </div>
      {result === '' || result === 'decided' ? null : (
        <Day form={form} name="next_date" label={t('次に協議する日')} required min={today(store.now.value)} />
      )}
      {leads ? <RecordFields store={store} form={form} /> : null}
      {result === 'no_taker' ? <GapFields store={store} form={form} /> : null}
      <Refused refusal={form.refusal.value} shown={form.shown} />
      <SendButton form={form} connected={store.link.status.value.connected} small>{t('宣言する')}</SendButton>
    </form>
  );
}
