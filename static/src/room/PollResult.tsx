/** What a ballot came to: the sentences, how often each was chosen, and of a named one by whom. */
import type { JSX } from 'preact';
import { t } from '../i18n';
import { allAlike, type Poll } from '../live/polls';
import { Muted, SeatMark, Told } from './marks';
import { choicesOf, choiceText, outcomeText, pollRule } from './poll-words';
import type { RoomStore } from './store';

export function PollResult({ store, poll }: { store: RoomStore; poll: Poll }): JSX.Element | null {
  const { result } = poll;
  if (result === null) return null;
  const outcome = outcomeText(store, poll);
  const counted = Object.keys(result.counts).length > 0;
  return (
    <>
      <p class="decision-wording"><Told store={store} text={poll.question} /></p>
      <p class="poll-outcome"><Told store={store} text={outcome} /></p>
      <ul class="small">{[...result.reasons, ...result.missing].map((one) => <li key={one}><Told store={store} text={one} /></li>)}</ul>
      {poll.decided === null ? null : <p class="small">{t('議長の理由：')}<Told store={store} text={poll.decided.reason} /></p>}
      {counted ? <Counts store={store} poll={poll} counts={result.counts} /> : null}
      {poll.rule.secret && counted && allAlike(result) ? <p class="poll-secret small"><strong>{t('投票したすべての機関が同じ選択でした。無記名でも、各機関の選択が分かる結果です。')}</strong></p> : null}
      <p class="small">{t('{all}機関中{done}機関が回答', { all: poll.seats.length, done: poll.answered.length })} ・ {poll.rule.secret ? t('無記名') : t('記名')}</p>
      <WhoVoted store={store} poll={poll} />
      <RuleOf store={store} poll={poll} />
    </>
  );
}

function Counts({ store, poll, counts }: { store: RoomStore; poll: Poll; counts: Readonly<Record<string, number>> }): JSX.Element {
  const all = Object.values(counts).reduce((sum, number) => sum + number, 0);
  const first = poll.decided?.chosen ?? poll.result?.chosen;
  return (
    <table class="table is-dense poll-counts">
      <caption class="hidden-text">{t('選択肢ごとの機関数')}</caption>
      <thead><tr><th scope="col">{t('選択肢')}</th><th scope="col">{t('機関数')}</th><th scope="col">{t('割合')}</th></tr></thead>
      <tbody>
        {choicesOf(poll).map((key) => {
          const number = counts[key] ?? 0;
          const share = all === 0 ? 0 : Math.round((100 * number) / all);
          return (
            <tr key={key} class={key === first ? 'is-chosen' : undefined}>
              <th scope="row"><Told store={store} text={choiceText(store, poll, key)} />{key === first ? <span class="badge badge-good">{t('決定')}</span> : null}</th>
              <td data-label={t('機関数')} class="poll-number">{number}</td>
              <td data-label={t('割合')}><span class="poll-bar"><progress class="meter" value={number} max={Math.max(all, 1)} aria-hidden="true" /> {share}%</span></td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** All that are asked, in the order of the office; what each chose as far as that may be read. */
export function WhoVoted({ store, poll }: { store: RoomStore; poll: Poll }): JSX.Element {
  return (
    <details class="who-answered">
      <summary>{t('機関ごとの状況')}</summary>
      <ul class="stances">
        {poll.seats.map((seat) => {
          const choice = poll.votes[seat.agency_id];
          const voted = poll.answered.includes(seat.agency_id);
          return (
            <li key={seat.agency_id}>
              <SeatMark store={store} id={seat.agency_id} name={seat.name} />
              {!voted ? <span class="muted">{t('未回答')}</span> : <span class="badge badge-good">{choice === undefined ? t('回答済み') : choiceText(store, poll, choice)}</span>}
              {poll.receipts[seat.agency_id] === undefined ? null : <span class="small muted">{t('控え')} <span class="mono">{poll.receipts[seat.agency_id]}</span></span>}
            </li>
          );
        })}
      </ul>
    </details>
  );
}

export function RuleOf({ store, poll }: { store: RoomStore; poll: Poll }): JSX.Element {
  return (
    <details class="disclosure">
      <summary>{t('決め方')}</summary>
      <div class="disclosure-body"><p class="small">{store.data.labels.methods[poll.rule.method]}{t('：')}{pollRule(store, poll).join('')}</p></div>
    </details>
  );
}

/** Ballots of this conference and of the item in view that are closed, the newest first. */
export function PastPolls({ store }: { store: RoomStore }): JSX.Element | null {
  const all = [...(store.conference.state.value?.polls ?? []), ...(store.item.value?.polls ?? [])];
  const closed = all.filter(({ state }) => state === 'closed').reverse();
  if (all.length === 0) return null;
  return (
    <section class="past-polls" aria-labelledby="past-polls">
      <h2 id="past-polls">{t('投票の記録')}</h2>
      {closed.length === 0 ? <Muted>{t('締め切られた投票はまだありません。')}</Muted> : closed.map((poll) => (
        <details key={poll.id} class="disclosure">
          <summary><Told store={store} text={poll.question} /> <span class="badge"><Told store={store} text={outcomeText(store, poll)} /></span></summary>
          <div class="disclosure-body"><PollResult store={store} poll={poll} /></div>
        </details>
      ))}
    </section>
  );
}
