/** A seat's stance: asked once, folded to one line when given, changed while the question is open. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { t } from '../i18n';
import type { GivenStance, Round } from '../live/lead';
import { Day, Paragraph, Radios, Select, SendButton, submitting, type Choice } from './fields';
import type { Form } from './forms';
import { Refused, StanceBadge } from './marks';
import { ReadBack, readWord, type Said, type Word } from './SeatWord';
import type { RoomStore } from './store';
import { today } from './time';

const EMPTY = { stance: '', text: '', alternative: '', reply_by: '', owner_id: '', due: '' };
/** The hard word comes late (the domain's `consensus`). */
const ORDER = ['agree', 'agree_with_condition', 'hold', 'object', 'abstain'] as const;

interface SeatProps {
  readonly store: RoomStore;
  readonly round: Round;
  /** The seat that is answered for: the own agency's, or one whose 委任状 is held. */
  readonly seatId: string;
}

export function SeatStance({ store, round, seatId }: SeatProps): JSX.Element {
  const [changing, setChanging] = useState(false);
  const own = seatId === store.data.actor.agency_id;
  const form = store.forms.form(own ? `stance ${round.id}` : `stance ${round.id} ${seatId}`, EMPTY);
  const given = round.stances[seatId];
  if (given !== undefined && !changing) {
    return <Given store={store} round={round} seatId={seatId} given={given} form={form} change={() => setChanging(true)} />;
  }
  const back = given === undefined ? undefined : (): void => setChanging(false);
  return <Asking store={store} round={round} seatId={seatId} form={form} done={() => setChanging(false)} back={back} />;
}

interface GivenProps extends SeatProps {
  readonly given: GivenStance;
  readonly form: Form;
  readonly change: () => void;
}

/** What is sealed for everybody else can be read back by those who said it. */
function Given({ store, round, seatId, given, form, change }: GivenProps): JSX.Element {
  const [word, setWord] = useState<Word | 'failed' | null>(null);
  const sealed = given.stance === null;
  const read = async (): Promise<Word | null> => {
    const found = await readWord(store, round.id, seatId);
    setWord(found ?? 'failed');
    return found;
  };
  const edit = async (): Promise<void> => {
    const said = sealed ? (await read())?.given : given;
    if (said) recall(form, said);
    if (said || !sealed) change();
  };
  return (
    <div class="decision-given">
      <p class="decision-line">
        <span>{t('回答済み')} {sealed ? <span class="small">{t('（公開まで伏せています）')}</span> : <StanceBadge store={store} stance={given.stance ?? ''} />} {given.person === store.data.actor.person ? null : <span class="small">{given.person}</span>}</span>
        {sealed ? <button type="button" class="button button-tertiary is-small" onClick={() => void read()}>{t('回答を見る')}</button> : null}
        <button type="button" class="button button-tertiary is-small" onClick={() => void edit()}>{t('変更する')}</button>
      </p>
      {sealed && word !== null ? <ReadBack store={store} word={word} /> : null}
    </div>
  );
}

/** What was given stands in the form, unless something newer was typed before. */
function recall(form: Form, given: Said): void {
  if (form.touched || given.stance === null) return;
  form.recall({ stance: given.stance, text: given.text, alternative: given.alternative, reply_by: given.reply_by ?? '', owner_id: given.owner_id ?? '', due: given.due ?? '' });
}

interface AskingProps {
  readonly store: RoomStore;
  readonly round: Round;
  readonly seatId: string;
  readonly form: Form;
  readonly done: () => void;
  readonly back: (() => void) | undefined;
}

function Asking({ store, round, seatId, form, done, back }: AskingProps): JSX.Element {
  const { stances } = store.data.labels;
  const notes: Readonly<Record<string, string>> = {
    agree_with_condition: t('条件を書く'), hold: t('回答期限を入れる'), object: t('理由と代案を書く'),
  };
  const options: Choice[] = ORDER.map((value) => ({ value, label: stances[value] ?? value, note: notes[value] ?? '' }));
  const stance = form.get('stance');
  const own = seatId === store.data.actor.agency_id;
  const send = async (): Promise<void> => {
    const taken = await form.submit('give_stance', {
      round_id: round.id,
      ...(own ? {} : { agency_id: seatId }),
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
      <Radios form={form} name="stance" label={own ? t('自機関の回答') : t('{agency}の回答', { agency: store.seat(seatId)?.name ?? '' })} options={options} />
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
