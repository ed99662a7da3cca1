/** What the chair rarely needs: ending the conference, handing over. */
import type { JSX } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { t } from '../i18n';
import type { Answer } from '../live/types';
import { Select, SendButton, submitting, Text } from './fields';
import { Refused } from './marks';
import { OpenPoll } from './OpenPoll';
import type { RoomStore } from './store';

export function Others({ store }: { store: RoomStore }): JSX.Element {
  const act = store.forms.form('close');
  const open = store.isUnderWay;
  return (
    <div class="chair-others">
      {open ? (
        <Sure label={t('会議を終える')} question={t('すべての議題に結果と担当があることを確かめて終了します。終了後は発言も記録もできません。')}
          act={() => act.run('close_conference', { conference_id: store.data.conference_id })} />
      ) : null}
      <Refused refusal={act.refusal.value} kept={false} />
      <HandOver store={store} />
      {store.isChair && store.conference.state.value?.status === 'open' ? <OpenPoll store={store} /> : null}
    </div>
  );
}

function HandOver({ store }: { store: RoomStore }): JSX.Element {
  const form = store.forms.form('chair', { agency_id: '', person: '' });
  const send = (): void => void form.submit('hand_over_chair', {
    conference_id: store.data.conference_id, agency_id: form.get('agency_id'), person: form.get('person'),
  });
  return (
    <form class="form" aria-label={t('議長を交代する')} onSubmit={submitting(form, send)}>
      <div class="field-row">
        <Select form={form} name="agency_id" label={t('議長を交代する機関')} required empty={t('選んでください')}
          options={store.members.filter((seat) => seat.reply !== 'absent').map((seat) => ({ value: seat.agency_id, label: seat.name }))} />
        <Text form={form} name="person" label={t('議長の氏名')} required max={80} />
        <SendButton form={form} connected={store.link.status.value.connected} kind="secondary" small>{t('交代する')}</SendButton>
      </div>
      <Refused refusal={form.refusal.value} shown={form.shown} />
    </form>
  );
}

/** An act that deserves a second look asks once, in place; focus goes with the question and back. */
export function Sure({ label, question, act }: { label: string; question: string; act: () => Promise<Answer> }): JSX.Element {
  const [asking, setAsking] = useState(false);
  const first = useRef(true);
  const button = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => {
    if (!first.current) button.current?.focus();
    first.current = false;
  }, [asking]);
  if (!asking) return <button type="button" class="button button-tertiary is-small" ref={button} onClick={() => setAsking(true)}>{label}</button>;
  return (
    <div class="sure" role="group" aria-label={label}>
      <p>{question}</p>
      <button type="button" class="button button-danger is-small" ref={button} onClick={() => { setAsking(false); void act(); }}>{label}</button>
      <button type="button" class="button button-tertiary is-small" onClick={() => setAsking(false)}>{t('やめる')}</button>
    </div>
  );
}
