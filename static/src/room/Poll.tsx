/** 投票・意向確認: the question, this agency's answer, and how many have answered. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { t } from '../i18n';
import type { Poll } from '../live/polls';
import { Radios, SendButton, submitting } from './fields';
import { Refused, Told } from './marks';
import { choicesOf, choiceText, FEWEST_SECRET } from './poll-words';
import { ClosePoll, DecideTie } from './PollChair';
import { PollResult, RuleOf, WhoVoted } from './PollResult';
import { fetched } from './SeatWord';
import type { RoomStore } from './store';

/** The newest of the conference and the newest of the item in view; what is asked stands first. */
export function Polls({ store }: { store: RoomStore }): JSX.Element {
  const newest = [store.conference.state.value?.polls.at(-1), store.item.value?.polls.at(-1)];
  const shown = newest.filter((poll) => poll !== undefined).sort((a, b) => Number(a.state === 'closed') - Number(b.state === 'closed'));
  return <>{shown.map((poll) => (poll.state === 'open' ? <Asked key={poll.id} store={store} poll={poll} /> : <Closed key={poll.id} store={store} poll={poll} />))}</>;
}

function Asked({ store, poll }: { store: RoomStore; poll: Poll }): JSX.Element {
  const told = t('{all}機関中{done}機関が回答', { all: poll.seats.length, done: poll.answered.length });
  const asked = poll.seats.some(({ agency_id }) => agency_id === store.data.actor.agency_id);
  return (
    <section class="decision poll" aria-labelledby={`poll ${poll.id}`}>
      <h2 id={`poll ${poll.id}`}>{t('投票：{kind}', { kind: store.data.labels.poll_kinds[poll.kind] ?? '' })} <span class="badge">{poll.rule.secret ? t('無記名') : t('記名')}</span></h2>
      <p class="decision-wording"><Told store={store} text={poll.question} /></p>
      {poll.because === '' ? null : <p class="small">{t('改めて行う理由：')}<Told store={store} text={poll.because} /></p>}
      {asked && store.isSeated && store.isUnderWay ? <Vote store={store} poll={poll} /> : <ChoiceList store={store} poll={poll} />}
      <p class="small strong" aria-live="polite">{told}</p>
      <progress class="meter" value={poll.answered.length} max={poll.seats.length} aria-label={t('回答した機関')}>{told}</progress>
      <WhoVoted store={store} poll={poll} />
      <RuleOf store={store} poll={poll} />
      {store.isChair ? <ClosePoll key={poll.id} store={store} poll={poll} /> : null}
    </section>
  );
}

/** For those who look on, and on the projector. */
function ChoiceList({ store, poll }: { store: RoomStore; poll: Poll }): JSX.Element {
  return (
    <ul class="poll-choices" aria-label={t('選択肢')}>
      {poll.options.map((one) => <li key={one.key}><Told store={store} text={choiceText(store, poll, one.key)} /></li>)}
    </ul>
  );
}

function Vote({ store, poll }: { store: RoomStore; poll: Poll }): JSX.Element {
  const [changing, setChanging] = useState(false);
  const form = store.forms.form(`vote ${poll.id}`, { choice: '' });
  const me = store.data.actor.agency_id;
  const voted = poll.answered.includes(me);
  if (voted && poll.rule.secret) {
    return <p class="decision-line" role="status">{t('投票済みです。無記名のため、何を選んだかは表示も変更もできません。')}</p>;
  }
  if (voted && !changing) {
    return <Voted store={store} poll={poll} own={poll.votes[me]} change={() => setChanging(true)} />;
  }
  const send = async (): Promise<void> => {
    if (await form.submit('cast_vote', { poll_id: poll.id, choice: form.get('choice') })) setChanging(false);
  };
  return (
    <form class="form stance-form" onSubmit={submitting(form, () => void send())}>
      <Radios form={form} name="choice" label={t('自機関の選択')} options={choicesOf(poll).map((value) => ({ value, label: choiceText(store, poll, value) }))} />
      {poll.rule.secret ? <SecretNote poll={poll} /> : null}
      <Refused refusal={form.refusal.value} shown={form.shown} />
      <div class="stance-send"><SendButton form={form} connected={store.link.status.value.connected} wide>{poll.rule.secret ? t('無記名で投票する') : t('回答する')}</SendButton></div>
      {changing ? <button type="button" class="button button-tertiary is-small" onClick={() => setChanging(false)}>{t('変更しない')}</button> : null}
    </form>
  );
}

interface OwnVote { readonly choice: string; readonly person: string; readonly receipt: string }

/** What is sealed for everybody else can be read back by those who gave it. */
function Voted({ store, poll, own, change }: { store: RoomStore; poll: Poll; own: string | undefined; change: () => void }): JSX.Element {
  const [read, setRead] = useState<OwnVote | 'failed' | null>(null);
  const look = async (): Promise<void> => {
    const found = await fetched<{ given: OwnVote | null }>(store.data.urls.vote.replace('POLL', poll.id));
    setRead(found?.given ?? 'failed');
  };
  return (
    <div class="decision-given">
      <p class="decision-line">
        <span>{t('回答済み')} {own === undefined ? <span class="small">{t('（締切まで伏せています）')}</span> : <strong>{choiceText(store, poll, own)}</strong>}</span>
        <span class="cluster">
          {read === null ? <button type="button" class="button button-tertiary is-small" onClick={() => void look()}>{t('回答と控えを確認する')}</button> : null}
          <button type="button" class="button button-tertiary is-small" onClick={change}>{t('変更する')}</button>
        </span>
      </p>
      {read === 'failed' ? <p role="alert">{t('回答を読み込めませんでした。回答は保存されています。もう一度お試しください。')}</p> : null}
      {read === null || read === 'failed' ? null : (
        <div class="read-back" role="status">
          <p><strong><Told store={store} text={choiceText(store, poll, read.choice)} /></strong> <span class="small">{read.person}</span></p>
          <p class="small">{t('控え')} <span class="mono">{read.receipt}</span></p>
        </div>
      )}
    </div>
  );
}

function SecretNote({ poll }: { poll: Poll }): JSX.Element {
  return (
    <div class="poll-secret small">
      <p>{t('何を選んだかは、機関名や氏名と結び付けて記録されません。投票したことだけが表示されます。')}</p>
      <p><strong>{t('一度投じると、変更も取消しもできません。')}</strong>{t('控えは発行されません。')}</p>
      <p>{t('対象は{all}機関です。機関の数が少ないときは、結果から選択が推測されることがあります。投票が{fewest}機関に満たないときは開票しません。', { all: poll.seats.length, fewest: FEWEST_SECRET })}</p>
    </div>
  );
}

function Closed({ store, poll }: { store: RoomStore; poll: Poll }): JSX.Element {
  return (
    <section class={`decision poll is-declared is-${poll.result?.outcome === 'carried' || poll.decided !== null ? 'decided' : 'continued'}`} aria-labelledby={`poll ${poll.id}`}>
      <h2 id={`poll ${poll.id}`}>{t('投票の結果')}</h2>
      <PollResult store={store} poll={poll} />
      {store.isChair ? <DecideTie store={store} poll={poll} /> : null}
    </section>
  );
}
