/** The item in view as it stood: speakers, the question and its answers so far, what was said and recorded. */
import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import { t } from '../i18n';
import type { AgendaItem } from '../live/conference';
import type { ItemSnapshot, Outcome, Round } from '../live/item';
import type { Remark } from '../live/remarks';
import { heardOf, inOrder, spokenAt } from '../live/speaking';
import { clockTime, dayText } from '../room/time';
import { Agency, Muted, Part } from './parts';
import { FirmSaid } from './FirmSaid';
import { Sheet } from './Sheet';
import type { MomentsStore } from './store';

export function ItemInView({ store, item }: { store: MomentsStore; item: AgendaItem }): JSX.Element {
  const told = store.told(item);
  return (
    <section aria-labelledby="item-title" class="moments-item">
      <h2 id="item-title">{store.titleOf(item)}</h2>
      {store.chosen.value === null ? null : (
        <p><button type="button" class="moments-link" onClick={() => { store.chosen.value = null; }}>{t('進行中の議題に合わせて表示する')}</button></p>
      )}
      {told === null ? <Muted>{store.isOpen(item) ? t('この時点では、まだ何も記録されていません。') : t('この議題の内容は、お使いの機関では閲覧できません。')}</Muted> : (
        <>
          {item.kind === 'case' ? <Questions store={store} told={told} /> : null}
          <FirmSaid store={store} told={told} />
          <Speaking store={store} told={told} />
          <Said store={store} told={told} />
          <Recorded store={store} told={told} />
          <Sheet store={store} item={item} />
        </>
      )}
    </section>
  );
}

function Questions({ store, told }: { store: MomentsStore; told: ItemSnapshot }): JSX.Element {
  const last = told.rounds.at(-1);
  return (
    <Part title={t('主担当機関の確認')}>
      {told.nominating === null ? null : <p><span class="small">{t('主担当の役割')}</span> <span class="prewrap">{told.nominating.role}</span></p>}
      {told.nominating?.state === 'open' ? <p class="small">{t('推薦の提出 {done}／{all}機関', { done: Object.keys(told.nominating.given).length, all: told.nominating.asked.length })}</p> : null}
      {told.nominations.length === 0 ? null : (
        <ul class="rows">
          {told.nominations.map((one) => (
            <li key={`${one.agency_id} ${one.turn}`}><Agency store={store} id={one.agency_id} /> {one.nominee_id === null ? t('引き受けられる機関がない') : t('→ {agency}を推薦', { agency: store.name(one.nominee_id) })}<p class="prewrap small">{one.reason}</p></li>
          ))}
        </ul>
      )}
      {last === undefined ? <Muted>{t('主担当の案は、まだ示されていません。')}</Muted> : <Question store={store} round={last} />}
      {told.recusals.length === 0 ? null : (
        <ul class="rows small">
          {told.recusals.map((one) => <li key={one.id}><Agency store={store} id={one.agency_id} name={one.agency} /> {t('利益相反の申出・確認：{reason}', { reason: one.reason })}</li>)}
        </ul>
      )}
    </Part>
  );
}

/** Answers as far as they had been given by then. */
function Question({ store, round }: { store: MomentsStore; round: Round }): JSX.Element {
  const { labels, language } = store.data;
  const asked = round.seats.filter((seat) => !round.recused.includes(seat.agency_id));
  const done = asked.filter((seat) => round.stances[seat.agency_id] !== undefined).length;
  return (
    <>
      <p class="decision-wording">{round.wording}</p>
      <p>{t('主担当の候補')} <Agency store={store} id={round.nominee_id} />{round.accepted === null ? '' : round.accepted ? <> {t('受諾（担当：{name}）', { name: round.lead_person })}</> : <> {t('受諾しない')}</>}</p>
      <p class="moments-answers">{t('回答 {done}／{all}機関', { done, all: asked.length })}</p>
      <ul class="stances">
        {round.seats.map((seat) => {
          const given = round.stances[seat.agency_id];
          return (
            <li key={seat.agency_id}>
              <Agency store={store} id={seat.agency_id} name={seat.name} />
              {round.recused.includes(seat.agency_id) ? <span class="muted">{t('退席（利益相反）')}</span>
                : given === undefined ? <span class="muted">{t('未回答')}</span>
                  : given.stance === null ? <span class="badge badge-good">{t('回答済み')}</span>
                    : <span class={`badge stance-${given.stance}`}>{labels.stances[given.stance] ?? given.stance}</span>}
              {given?.reply_by ? <span class="small nowrap">{t('{day}までに回答', { day: dayText(given.reply_by, language) })}</span> : null}
              {given?.text ? <p class="prewrap">{given.text}</p> : null}
              {given?.owner_id ? <p class="small">{t('担う機関：{agency}、期限：{day}', { agency: store.name(given.owner_id), day: dayText(given.due ?? '', language) })}</p> : null}
              {given?.alternative ? <p class="prewrap">{t('代案：')}{given.alternative}</p> : null}
            </li>
          );
        })}
      </ul>
      {round.result === null ? null : (
        <p><strong>{t('結果：{result}', { result: labels.results[round.result] ?? '' })}</strong>{round.decision_number === '' ? '' : <> {t('決定番号 {number}', { number: round.decision_number })}</>}</p>
      )}
    </>
  );
}

function Speaking({ store, told }: { store: MomentsStore; told: ItemSnapshot }): JSX.Element | null {
  const { speakers } = told;
  const held = spokenAt(speakers, store.now);
  if (held.length === 0 && speakers.waiting.length === 0) return null;
  const spent = new Map<string, number>();
  for (const one of held) spent.set(one.agency_id, (spent.get(one.agency_id) ?? 0) + one.seconds);
  const span = (seconds: number): string => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  return (
    <Part title={t('発言者')}>
      {speakers.present === null ? null : <p><strong>{t('発言中')}</strong> <Agency store={store} id={speakers.present.agency_id} name={speakers.present.agency} /> {speakers.present.speaker}</p>}
      {speakers.waiting.length === 0 ? null : (
        <p>{t('挙手：{names}', { names: inOrder(speakers.waiting, heardOf(held)).map((hand) => `${hand.agency} ${hand.speaker}`.trim()).join(t('、')) })}</p>
      )}
      <ul class="moments-times plain small">{[...spent].map(([id, seconds]) => <li key={id}><Agency store={store} id={id} /> <span class="num">{span(seconds)}</span></li>)}</ul>
    </Part>
  );
}

/** More than these are shown only when asked for. */
const NEWEST = 30;

/** From the newest back, as a reader of this moment looks for what was said last. */
function Said({ store, told }: { store: MomentsStore; told: ItemSnapshot }): JSX.Element {
  const [whole, setWhole] = useState(false);
  const earlier = whole ? 0 : Math.max(0, told.remarks.length - NEWEST);
  return (
    <Part title={t('発言の記録')}>
      {told.remarks.length === 0 ? <Muted>{t('まだ発言の記録はありません。')}</Muted> : (
        <ul class="rows">{told.remarks.slice(earlier).reverse().map((one) => <Spoken key={one.id} store={store} remark={one} />)}</ul>
      )}
      {earlier === 0 ? null : <p><button type="button" class="moments-link" onClick={() => setWhole(true)}>{t('これより前の発言（{count}件）も表示する', { count: earlier })}</button></p>}
    </Part>
  );
}

function Spoken({ store, remark }: { store: MomentsStore; remark: Remark }): JSX.Element {
  const { language } = store.data;
  return (
    <li>
      <span class="cluster small"><Agency store={store} id={remark.agency_id} name={remark.agency} /><span>{remark.person}</span><time dateTime={remark.at}>{clockTime(remark.at, language)}</time>
        {remark.reply_to === null ? null : <span>{t('返信')}</span>}{remark.corrected_at === null ? null : <span>{t('{time}訂正', { time: clockTime(remark.corrected_at, language) })}</span>}</span>
      <p class="prewrap">{remark.text}</p>
    </li>
  );
}

function Recorded({ store, told }: { store: MomentsStore; told: ItemSnapshot }): JSX.Element {
  return (
    <Part title={t('記録')}>
      {told.outcomes.length === 0 ? <Muted>{t('まだ記録はありません。')}</Muted> : <ul class="rows">{told.outcomes.map((one) => <OutcomeLine key={one.id} store={store} outcome={one} />)}</ul>}
    </Part>
  );
}

export function OutcomeLine({ store, outcome }: { store: MomentsStore; outcome: Outcome }): JSX.Element {
  const { labels, language } = store.data;
  return (
    <li>
      <span class="badge">{labels.outcomes[outcome.kind] ?? outcome.kind}</span> <span class="prewrap">{outcome.text}</span>{' '}
      <span class="cluster small">
        {outcome.agency_id === null ? null : <Agency store={store} id={outcome.agency_id} />}<span>{outcome.person}</span>
        {outcome.due === null ? null : <span>{t('期限 {day}', { day: dayText(outcome.due, language) })}</span>}
      </span>
    </li>
  );
}
