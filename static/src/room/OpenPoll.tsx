/** The chair puts a question to the table, or to those at the item in view. */
import type { JSX } from 'preact';
import { t } from '../i18n';
import { openPoll, type Poll } from '../live/polls';
import { Day, Paragraph, Select, SendButton, submitting, Text } from './fields';
import type { Form } from './forms';
import { Muted, Refused } from './marks';
import { labelled, MAIN_BANK, PollRule, RULE_AT_FIRST, ruleIn, seatMarks } from './PollRule';
import { FEWEST_SECRET, MOST_OPTIONS, outcomeText } from './poll-words';
import type { RoomStore } from './store';
import { today } from './time';

/** Which methods a kind of question has (the domain's `choosing`). */
const METHODS: Readonly<Record<string, readonly string[]>> = {
  date: ['plurality', 'advisory'],
  wording: ['plurality', 'advisory'],
  temperature: ['advisory'],
  other: ['plurality', 'majority', 'two_thirds', 'unanimity', 'consensus', 'no_objection', 'advisory'],
};
const CHOSEN_AMONG = new Set(['plurality', 'advisory']);
/** An objection has to be heard with its reason, so these are never secret. */
const NAMED_ONLY = new Set(['unanimity', 'consensus', 'no_objection']);
const EMPTY = {
  place: '', kind: 'date', question: '', count: '3', secret: '', blind: '1', earlier_id: '', because: '', ...RULE_AT_FIRST,
};

export function OpenPoll({ store }: { store: RoomStore }): JSX.Element {
  const shown = store.forms.choice('poll form');
  return (
    <details class="disclosure poll-open" open={shown.value !== ''} onToggle={(event) => { shown.value = event.currentTarget.open ? '1' : ''; }}>
      <summary>{t('投票・意向確認を行う')}</summary>
      <div class="disclosure-body"><Asking store={store} done={() => { shown.value = ''; }} /></div>
    </details>
  );
}

function Asking({ store, done }: { store: RoomStore; done: () => void }): JSX.Element {
  const form = store.forms.form('poll', EMPTY);
  const kind = form.get('kind');
  const methods = METHODS[kind] ?? [];
  // Each kind has methods of its own, so each remembers its own choice.
  const method = form.get(`method ${kind}`) || (methods[0] ?? '');
  const item = store.isLive ? store.selected.value : null;
  const atItem = item !== null && form.get('place') === item.id;
  const polls = (atItem ? store.item.value?.polls : store.conference.state.value?.polls) ?? [];
  const earlier = polls.find(({ id }) => id === form.get('earlier_id'));
  const among = CHOSEN_AMONG.has(method);
  const secret = form.get('secret') !== '' && !NAMED_ONLY.has(method);
  const marks = atItem ? [MAIN_BANK, ...seatMarks(store)] : seatMarks(store);
  const count = among ? Number(form.get('count')) : 0;
  const send = async (): Promise<void> => {
    const taken = await form.submit('open_poll', {
      conference_id: store.data.conference_id, item_id: atItem ? item.id : null, kind, question: form.get('question'), method,
      options: Array.from({ length: count }, (_, at) => optionIn(form, at, kind)),
      secret, blind: secret || form.get('blind') !== '', ...ruleIn(form, marks),
      earlier_id: earlier?.id ?? null, because: earlier === undefined ? '' : form.get('because'),
    });
    if (taken) done();
  };
  if (openPoll(polls) !== null) return <Muted>{t('受付中の投票があります。締め切ってから、次の投票を始めてください。')}</Muted>;
  return (
    <form class="form poll-form" aria-label={t('投票・意向確認を行う')} onSubmit={submitting(form, () => void send())}>
      <div class="field-row">
        {item === null || store.item.value === null ? null : (
          <Select form={form} name="place" label={t('対象')} empty={t('会議全体')} options={[{ value: item.id, label: t('この議題（{title}）', { title: store.titleOf(item) }) }]} />
        )}
        <Select form={form} name="kind" label={t('種類')} options={labelled(store.data.labels.poll_kinds, Object.keys(METHODS))} />
        <Select form={form} name={`method ${kind}`} label={t('決め方')} options={labelled(store.data.labels.methods, methods)} />
        {method === 'plurality' || method === 'majority' ? <Select form={form} name="tie" label={t('同数のとき')} options={labelled(store.data.labels.ties, ['chair', 'again', 'continue'])} /> : null}
      </div>
      <Paragraph form={form} name="question" label={t('問い')} required />
      {atItem ? null : <Muted>{t('会議全体の投票は、オブザーバーを含む参加機関すべてに表示されます。案件の内容は書かないでください。')}</Muted>}
      {among ? <Options store={store} form={form} kind={kind} count={count} free={method === 'advisory'} /> : <Muted>{t('賛成・反対・棄権で回答します。')}</Muted>}
      <PollRule store={store} form={form} method={method} marks={marks} />
      <Openness form={form} secret={secret} namedOnly={NAMED_ONLY.has(method)} />
      <Follows store={store} form={form} polls={polls} earlier={earlier} />
      <Refused refusal={form.refusal.value} shown={form.shown} />
      <SendButton form={form} connected={store.link.status.value.connected} small>{t('受付を始める')}</SendButton>
    </form>
  );
}

function optionIn(form: Form, at: number, kind: string): Record<string, string | null> {
  const text = form.get(`options-${at}-text`);
  return kind === 'date' ? { text, day: form.get(`options-${at}-day`) || null, time: form.get(`options-${at}-time`) || null } : { text };
}

function Options({ store, form, kind, count, free }: { store: RoomStore; form: Form; kind: string; count: number; free: boolean }): JSX.Element {
  return (
    <fieldset class="group poll-options">
      <legend>{t('選択肢')}</legend>
      {free && kind !== 'date' ? <Muted>{t('空欄のままにすると、賛成・反対・棄権で聴きます。')}</Muted> : null}
      {Array.from({ length: count }, (_, at) => (
        <div key={at} class="field-row">
          {kind === 'date' ? (
            <>
              <Day form={form} name={`options-${at}-day`} label={t('候補{n}', { n: at + 1 })} min={today(store.now.value)} />
              <Text form={form} name={`options-${at}-time`} label={t('時刻（例 14:00）')} max={5} />
              <Text form={form} name={`options-${at}-text`} label={t('備考')} />
            </>
          ) : <Text form={form} name={`options-${at}-text`} label={t('選択肢{n}', { n: at + 1 })} />}
        </div>
      ))}
      <div class="cluster">
        {count < MOST_OPTIONS ? <button type="button" class="button button-tertiary is-small" onClick={() => form.set('count', String(count + 1))}>{t('選択肢を加える')}</button> : null}
        {count > 2 ? <button type="button" class="button button-tertiary is-small" onClick={() => form.set('count', String(count - 1))}>{t('最後の選択肢を除く')}</button> : null}
      </div>
    </fieldset>
  );
}

function Openness({ form, secret, namedOnly }: { form: Form; secret: boolean; namedOnly: boolean }): JSX.Element {
  const box = (name: string, label: string): JSX.Element => (
    <label class="choice">
      <input type="checkbox" checked={form.get(name) !== ''} onChange={(event) => form.set(name, event.currentTarget.checked ? '1' : '')} />
      <span class="choice-text">{label}</span>
    </label>
  );
  return (
    <>
      {namedOnly ? <Muted>{t('この決め方では、反対の理由を確かめるため記名で行います。')}</Muted> : box('secret', t('無記名で行う（誰が何を選んだかは残りません）'))}
      {secret
        ? <Muted>{t('対象が{fewest}機関以上のときに行えます。投票の変更はできません。機関の数が少ないと、結果から選択が推測されることがあります。', { fewest: FEWEST_SECRET })}</Muted>
        : box('blind', t('締め切るまで回答を互いに伏せる'))}
    </>
  );
}

function Follows({ store, form, polls, earlier }: { store: RoomStore; form: Form; polls: readonly Poll[]; earlier: Poll | undefined }): JSX.Element | null {
  if (polls.length === 0) return null;
  return (
    <>
      <Select form={form} name="earlier_id" label={t('前回の投票')} empty={t('なし（新しい問い）')}
        options={polls.map((poll) => ({ value: poll.id, label: `${poll.question}（${outcomeText(store, poll)}）` })).reverse()} />
      {earlier === undefined ? null : <Paragraph form={form} name="because" label={t('改めて行う理由')} required />}
    </>
  );
}
