/** One remark: what it answers, whom it calls on, what it points to, what it said before, what it amounts to. */
import type { JSX } from 'preact';
import { t } from '../i18n';
import type { ItemSnapshot } from '../live/item';
import type { Mention, Remark } from '../live/remarks';
import { Day, Paragraph, Select, SendButton, submitting } from './fields';
import type { Form } from './forms';
import type { Heard, LaneName } from './lanes';
import { LinkChip } from './LinkChip';
import { Person, Refused, SeatMark, Told } from './marks';
import { callsOn, pieces } from './mentions';
import type { RoomStore } from './store';
import { clockTime } from './time';

interface SaidProps {
  readonly store: RoomStore;
  readonly itemId: string;
  readonly lane: LaneName;
  readonly heard: Heard;
  readonly answered: Heard | null;
}

export function Said({ store, itemId, lane, heard, answered }: SaidProps): JSX.Element {
  const { remark, owner } = heard;
  const { actor, language, projector } = store.data;
  const mine = remark.agency_id === actor.agency_id && remark.person === actor.person;
  const called = !projector && callsOn(remark, actor);
  const doing = store.forms.choice(`doing ${remark.id}`);
  const outcomes = lane === 'all' ? (store.item.value?.outcomes ?? []).filter((one) => one.remark_id === remark.id) : [];
  return (
    <li class={`remark${mine ? ' is-mine' : ''}${called ? ' is-called' : ''}${answered === null ? '' : ' is-reply'}`} id={`remark-${remark.id}`} tabIndex={-1}>
      <div class="remark-by">
        <SeatMark store={store} id={remark.agency_id} name={remark.agency} />
        <span class="remark-name"><Person store={store} name={remark.person} /></span>
        <time dateTime={remark.at}>{clockTime(remark.at, language)}</time>
      </div>
      {lane === 'chair' && store.isChair && owner !== remark.agency_id ? <p class="remark-to">{t('{agency}への返信', { agency: store.seat(owner)?.name ?? '' })}</p> : null}
      {answered === null ? null : <Quote store={store} answered={answered.remark} />}
      {called ? <p class="remark-called">{t('あなたの機関宛')}</p> : null}
      <p class="remark-text"><Words store={store} text={remark.text} mentions={remark.mentions} /></p>
      {remark.links.length === 0 ? null : <p class="remark-links">{remark.links.map((link) => <LinkChip key={link} store={store} link={link} />)}</p>}
      <Corrected store={store} remark={remark} />
      {outcomes.length === 0 ? null : (
        <p class="remark-outcomes">{outcomes.map((one) => (
          <button key={one.id} type="button" class="remark-outcome" disabled={projector} onClick={() => { store.pane.value = 'center'; store.tab.value = 'record'; }}>
            {t('記録：{kind}', { kind: store.data.labels.outcomes[one.kind] ?? one.kind })}
          </button>
        ))}</p>
      )}
      {projector ? null : <Acts store={store} itemId={itemId} lane={lane} heard={heard} mine={mine} doing={doing} />}
      {doing.value === 'correct' ? <Correct store={store} lane={lane} remark={remark} done={() => { doing.value = ''; }} /> : null}
      {doing.value === 'mark' ? <Mark store={store} remark={remark} done={() => { doing.value = ''; }} /> : null}
    </li>
  );
}

function Quote({ store, answered }: { store: RoomStore; answered: Remark }): JSX.Element {
  return (
    <button type="button" class="remark-quote" disabled={store.data.projector} onClick={() => store.lanes.seek(answered.id)}>
      <span class="hidden-text">{t('返信先：')}</span>
      {store.data.masked ? null : <span class="remark-quote-by">{answered.person}</span>}
      <span class="remark-quote-text"><Told store={store} text={answered.text} /></span>
    </button>
  );
}

function Words({ store, text, mentions }: { store: RoomStore; text: string; mentions: readonly Mention[] }): JSX.Element {
  return (
    <>
      {pieces(text, mentions).map(({ text: part, mention }, at) => mention === null
        ? <Told key={at} store={store} text={part} />
        : store.data.masked && mention.kind === 'person' ? null : <strong key={at} class="mention">{part}</strong>)}
    </>
  );
}

function Corrected({ store, remark }: { store: RoomStore; remark: Remark }): JSX.Element | null {
  if (remark.corrected_at === null) return null;
  const { language, projector } = store.data;
  const told = t('訂正済み {time}', { time: clockTime(remark.corrected_at, language) });
  if (projector) return <p class="remark-corrected">{told}</p>;
  return (
    <details class="remark-corrected">
      <summary>{told}</summary>
      <ul aria-label={t('訂正前の発言')}>
        {remark.earlier.map((one) => <li key={one.at}><time dateTime={one.at}>{clockTime(one.at, language)}</time> <span class="remark-before">{one.text}</span></li>)}
      </ul>
      <p>{t('訂正した人：{name}', { name: remark.person })}</p>
    </details>
  );
}

interface ActsProps {
  readonly store: RoomStore;
  readonly itemId: string;
  readonly lane: LaneName;
  readonly heard: Heard;
  readonly mine: boolean;
  readonly doing: { value: string };
}

/** Shown where the pointer or the focus is, and always where there is no pointer. */
function Acts({ store, itemId, lane, heard, mine, doing }: ActsProps): JSX.Element | null {
  const { remark, owner } = heard;
  const status = store.conference.state.value?.status;
  const over = status === 'closed' || status === 'cancelled';
  const may = {
    reply: store.isSeated && (lane === 'all' ? store.isLive : !over),
    correct: mine && store.isSeated && (lane === 'all' ? status !== 'planned' && !over : !over),
    mark: lane === 'all' && store.mayRun && store.isLive,
  };
  if (!may.reply && !may.correct && !may.mark) return null;
  const reply = (): void => {
    if (lane === 'chair' && store.isChair) store.lanes.chosen.value = owner;
    store.lanes.saying(itemId, lane).answers.value = remark.reply_to ?? remark.id;
    requestAnimationFrame(() => document.getElementById('composer')?.focus());
  };
  const begin = (what: 'correct' | 'mark'): void => {
    if (what === 'correct') correction(store, remark).recall({ text: remark.text });
    else marking(store, remark).recall({ ...markEmpty, text: remark.text });
    doing.value = doing.value === what ? '' : what;
  };
  return (
    <div class="remark-acts">
      {may.reply ? <button type="button" onClick={reply}>{t('返信')}</button> : null}
      {may.correct ? <button type="button" aria-expanded={doing.value === 'correct'} onClick={() => begin('correct')}>{t('訂正')}</button> : null}
      {may.mark ? <button type="button" aria-expanded={doing.value === 'mark'} onClick={() => begin('mark')}>{t('記録にする')}</button> : null}
    </div>
  );
}

const markEmpty = { kind: 'decision', text: '', agency_id: '', due: '' };
const correction = (store: RoomStore, remark: Remark): Form => store.forms.form(`correct ${remark.id}`, { text: '' });
const marking = (store: RoomStore, remark: Remark): Form => store.forms.form(`mark ${remark.id}`, markEmpty);

function Correct({ store, lane, remark, done }: { store: RoomStore; lane: LaneName; remark: Remark; done: () => void }): JSX.Element {
  const form = correction(store, remark);
  const send = (): void => {
    const command = lane === 'all' ? 'correct_remark' : 'correct_in_lane';
    void form.submit(command, { remark_id: remark.id, text: form.get('text') }).then((taken) => { if (taken) done(); });
  };
  return (
    <form class="form remark-form" onSubmit={submitting(form, send)}>
      <Paragraph form={form} name="text" label={t('訂正後の内容')} required max={2000} rows={3} />
      <p class="hint">{t('訂正前の内容も残り、確認できます。')}</p>
      <Refused refusal={form.refusal.value} shown={form.shown} />
      <Buttons store={store} form={form} label={t('訂正する')} cancel={() => { form.recall({ text: '' }); done(); }} />
    </form>
  );
}

function Mark({ store, remark, done }: { store: RoomStore; remark: Remark; done: () => void }): JSX.Element {
  const form = marking(store, remark);
  const task = form.get('kind') === 'task';
  const send = (): void => {
    const body = { remark_id: remark.id, kind: form.get('kind'), text: form.get('text'), agency_id: form.get('agency_id') || null, due: form.get('due') || null };
    void form.submit('mark_outcome', body).then((taken) => { if (taken) done(); });
  };
  return (
    <form class="form remark-form" onSubmit={submitting(form, send)}>
      <Select form={form} name="kind" label={t('種類')} options={Object.entries(store.data.labels.outcomes).map(([value, label]) => ({ value, label }))} />
      <Paragraph form={form} name="text" label={t('記録する内容')} max={1000} rows={3} />
      {task ? (
        <>
          <Select form={form} name="agency_id" label={t('担当機関')} required empty={t('選択してください')} options={store.members.map((seat) => ({ value: seat.agency_id, label: seat.name }))} />
          <Day form={form} name="due" label={t('期限')} required />
        </>
      ) : null}
      <Refused refusal={form.refusal.value} shown={form.shown} />
      <Buttons store={store} form={form} label={t('記録に残す')} cancel={() => { form.recall(markEmpty); done(); }} />
    </form>
  );
}

function Buttons({ store, form, label, cancel }: { store: RoomStore; form: Form; label: string; cancel: () => void }): JSX.Element {
  return (
    <div class="cluster">
      <SendButton form={form} connected={store.link.status.value.connected} small>{label}</SendButton>
      <button type="button" class="button button-tertiary is-small" onClick={cancel}>{t('やめる')}</button>
    </div>
  );
}

/** From a line of the record back to the remark it was marked on. */
export function ToRemark({ store, item, remarkId }: { store: RoomStore; item: ItemSnapshot; remarkId: string | null }): JSX.Element | null {
  if (remarkId === null || store.data.projector || !item.remarks.some((one) => one.id === remarkId)) return null;
  const go = (): void => {
    store.lanes.current.value = 'all';
    store.lanes.seek(remarkId);
  };
  return <button type="button" class="button button-tertiary is-small to-remark" onClick={go}>{t('元の発言を見る')}</button>;
}
