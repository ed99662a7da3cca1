/** This agency's stance: asked once, folded to one line when given, changed while the question is open. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { t } from '../i18n';
import type { GivenStance, Round } from '../live/lead';
import { Day, Paragraph, Radios, Select, SendButton, submitting, type Choice } from './fields';
import type { Form } from './forms';
import { Refused, StanceBadge } from './marks';
import type { RoomStore } from './store';
import { today } from './time';

const EMPTY = { stance: '', text: '', alternative: '', reply_by: '', owner_id: '', due: '' };
/** The hard word comes late (the domain's `consensus`). */
const ORDER = ['agree', 'agree_with_condition', 'hold', 'object', 'abstain'] as const;

export function MyStance({ store, round }: { store: RoomStore; round: Round }): JSX.Element {
  const [changing, setChanging] = useState(false);
  const form = store.forms.form(`stance ${round.id}`, EMPTY);
  const given = round.stances[store.data.actor.agency_id];
  if (given !== undefined && !changing) {
    return <Given store={store} given={given} change={() => { recall(form, given); setChanging(true); }} />;
  }
  const back = given === undefined ? undefined : (): void => setChanging(false);
  return <Asking store={store} round={round} form={form} done={() => setChanging(false)} back={back} />;
}

function Given({ store, given, change }: { store: RoomStore; given: GivenStance; change: () => void }): JSX.Element {
  return (
    <p class="decision-line">
      <span>{t('回答済み')} {given.stance === null ? <span class="small">{t('（公開まで伏せています）')}</span> : <StanceBadge store={store} stance={given.stance} />} {given.person === store.data.actor.person ? null : <span class="small">{given.person}</span>}</span>
      <button type="button" class="button button-tertiary is-small" onClick={change}>{t('変更する')}</button>
    </p>
  );
}

/** What was given stands in the form, unless something newer was typed before. */
function recall(form: Form, given: GivenStance): void {
  if (form.touched || given.stance === null) return;
  form.recall({ stance: given.stance, text: given.text, alternative: given.alternative, reply_by: given.reply_by ?? '', owner_id: given.owner_id ?? '', due: given.due ?? '' });
}

interface AskingProps {
  readonly store: RoomStore;
  readonly round: Round;
  readonly form: Form;
  readonly done: () => void;
  readonly back: (() => void) | undefined;
}

function Asking({ store, round, form, done, back }: AskingProps): JSX.Element {
  const { stances } = store.data.labels;
  const notes: Readonly<Record<string, string>> = {
    agree_with_condition: t('条件を書く'), hold: t('回答期限を入れる'), object: t('理由と代案を書く'),
  };
  const options: Choice[] = ORDER.map((value) => ({ value, label: stances[value] ?? value, note: notes[value] ?? '' }));
  const stance = form.get('stance');
  const send = async (): Promise<void> => {
    const taken = await form.submit('give_stance', {
      round_id: round.id,
      stance,
      text: stance === 'agree' ? '' : form.get('text'),
      alternative: stance === 'object' ? form.get('alternative') : '',
      ...(stance === 'agree_with_condition' ? { owner_id: form.get('owner_id') || null, due: form.get('due') || null } : {}),
      reply_by: stance === 'hold' && form.get('reply_by') !== '' ? form.get('reply_by') : null,
    });
    if (taken) done();
  };
  const label = stance === 'agree_with_condition' ? t('条件') : stance === 'object' ? t('理由') : t('補足（任意）');
  return (
    <form class="form stance-form" onSubmit={submitting(form, () => void send())}>
      <Radios form={form} name="stance" label={t('自機関の回答')} options={options} />
      {stance === 'hold' ? <Day form={form} name="reply_by" label={t('機関内の回答期限')} required min={today(store.now.value)} /> : null}
      {stance === '' || stance === 'agree' ? null : (
        <Paragraph form={form} name="text" label={label} required={stance === 'agree_with_condition' || stance === 'object'} />
      )}
      {stance === 'agree_with_condition' ? (
        <div class="condition-by">
          <Select form={form} name="owner_id" label={t('条件を担う機関')} required empty={t('選んでください')}
            options={round.seats.map((seat) => ({ value: seat.agency_id, label: seat.name }))} />
          <Day form={form} name="due" label={t('条件の期限')} required min={today(store.now.value)} />
        </div>
      ) : null}
      {stance === 'object' ? <Paragraph form={form} name="alternative" label={t('代案')} /> : null}
      <Refused refusal={form.refusal.value} shown={form.shown} />
      <div class="stance-send"><SendButton form={form} connected={store.link.status.value.connected} wide>{t('回答する')}</SendButton></div>
      {back === undefined ? null : <button type="button" class="button button-tertiary is-small" onClick={back}>{t('変更しない')}</button>}
    </form>
  );
}
