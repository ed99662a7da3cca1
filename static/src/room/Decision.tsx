/** The decision card: nomination before, the question while it is asked, the result after. */
import type { JSX } from 'preact';
import { t } from '../i18n';
import type { ItemSnapshot } from '../live/item';
import { isSealed, resultOf, type GivenStance, type Round } from '../live/lead';
import { Addenda } from './Addenda';
import { AnswerLead } from './AnswerLead';
import { Counted } from './Counted';
import { HeldSeats, Represented } from './HeldSeats';
import { Holds } from './Holds';
import { Muted, Person, Refused, SeatMark, StanceBadge, Told } from './marks';
import { Nominations } from './Nominations';
import { Gaps, NobodyTakes } from './NoTaker';
import { LeftTheItem } from './Recusals';
import { Recorded } from './Record';
import { ruleText } from './rule-text';
import { SeatStance } from './StanceForm';
import type { RoomStore } from './store';
import { dayText } from './time';
import { VerdictLine } from './VerdictLine';

const LEADS = new Set(['decided', 'provisional']);

export function Decision({ store }: { store: RoomStore }): JSX.Element | null {
  const selected = store.selected.value;
  const item = store.item.value;
  if (selected === null || selected.kind !== 'case') return null;
  if (store.isOutOf(selected)) return <LeftTheItem />;
  if (item === null) return store.itemRoom(selected.id)?.gone.value ? <Closed /> : null;
  const round = store.round.value;
  if (round !== null && round.result === null) return <Asked store={store} round={round} />;
  return (
    <>
      {round === null ? null : <Declared store={store} round={round} />}
      {round !== null && LEADS.has(resultOf(round) ?? '') ? null : <BeforeRound store={store} item={item} />}
    </>
  );
}

function Closed(): JSX.Element {
  return <Muted>{t('この議題の内容は、情報提供の同意に含まれる機関だけが閲覧できます。')}</Muted>;
}

function BeforeRound({ store, item }: { store: RoomStore; item: ItemSnapshot }): JSX.Element | null {
  return (
    <>
      <Gaps store={store} gaps={item.gaps} />
      <NobodyTakes store={store} item={item} />
      {!store.isLive && item.nominations.length === 0 ? null : <Nominations store={store} item={item} />}
    </>
  );
}

function Asked({ store, round }: { store: RoomStore; round: Round }): JSX.Element {
  const me = store.data.actor.agency_id;
  const asked = round.seats.some((seat) => seat.agency_id === me);
  return (
    <section class="decision" aria-labelledby="round-title">
      <h2 id="round-title">{t('主担当機関の確認')}</h2>
      <Proposal store={store} round={round} />
      {store.mayAct && round.nominee_id === me && store.isLive ? <AnswerLead key={round.id} store={store} round={round} /> : null}
      {asked && store.isSeated && store.isLive ? <SeatStance key={`stance ${round.id}`} store={store} round={round} seatId={me} /> : null}
      {store.isSeated && store.isLive ? <HeldSeats key={`held ${round.id}`} store={store} round={round} /> : null}
      <WhoAnswered store={store} round={round} />
      {store.mayAct && store.data.is_host && store.isLive ? (
        <p class="small"><a href={store.data.urls.enter_stance.replace('ROUND', round.id)}>{t('書面の回答を登録する')}</a></p>
      ) : null}
      {isSealed(round) ? <Reveal store={store} round={round} /> : <VerdictLine store={store} round={round} />}
    </section>
  );
}

function Proposal({ store, round }: { store: RoomStore; round: Round }): JSX.Element {
  const nominee = store.seat(round.nominee_id)?.name ?? '';
  return (
    <>
      <p class="decision-wording"><Told store={store} text={round.wording} /></p>
      <p class="decision-nominee"><span class="small">{t('主担当の候補')}</span> <SeatMark store={store} id={round.nominee_id} name={nominee} /></p>
      {round.supporters.length === 0 ? null : (
        <ul class="decision-supporters">
          {round.supporters.map((one) => (
            <li key={one.agency_id}>{t('{agency}：{role}', { agency: store.seat(one.agency_id)?.name ?? '', role: one.role })}</li>
          ))}
        </ul>
      )}
      {round.because === '' ? null : <p class="small">{t('改めて確認する理由：')}<Told store={store} text={round.because} /></p>}
      <p class="decision-rule">{ruleText(round.rule)}</p>
      {round.accepted === null ? null : (
        <p class="small">
          {round.accepted
            ? <>{t('{agency}が受諾しました。', { agency: nominee })}<Person store={store} name={t('（担当：{name}）', { name: round.lead_person })} /></>
            : t('{agency}は受諾しませんでした：{reason}', { agency: nominee, reason: round.answer_reason })}
        </p>
      )}
    </>
  );
}

/** All seats that are asked, in the order of the office, each with its word or without one. */
function WhoAnswered({ store, round }: { store: RoomStore; round: Round }): JSX.Element {
  const asked = round.seats.filter((seat) => !round.recused.includes(seat.agency_id));
  const done = asked.filter((seat) => round.stances[seat.agency_id] !== undefined).length;
  const mine = round.stances[store.data.actor.agency_id] !== undefined;
  const told = t('回答 {done}／{all}機関', { done, all: asked.length });
  return (
    <details class="who-answered" open={mine || store.data.projector}>
      <summary>{told}</summary>
      <progress class="meter" value={done} max={asked.length} aria-label={t('回答した機関')}>{told}</progress>
      <ul class="stances">
        {round.seats.map((seat) => {
          const out = round.recused.includes(seat.agency_id);
          const given = out ? undefined : round.stances[seat.agency_id];
          return (
            <li key={seat.agency_id}>
              <SeatMark store={store} id={seat.agency_id} name={seat.name} />
              {out ? <span class="muted">{t('退席（利益相反）')}</span> : <Word store={store} given={given} />}
              {out ? null : <Represented store={store} round={round} seat={seat} />}
              {given?.reply_by ? <span class="small nowrap">{t('{day}までに回答', { day: dayText(given.reply_by, store.data.language) })}</span> : null}
              {given?.text ? <p class="prewrap"><Told store={store} text={given.text} /></p> : null}
              {given?.owner_id ? <p class="small">{t('担う機関：{agency}、期限：{day}', { agency: store.seat(given.owner_id)?.name ?? '', day: dayText(given.due ?? '', store.data.language) })}</p> : null}
              {given?.alternative ? <p class="prewrap">{t('代案：')}<Told store={store} text={given.alternative} /></p> : null}
            </li>
          );
        })}
      </ul>
    </details>
  );
}

function Word({ store, given }: { store: RoomStore; given: GivenStance | undefined }): JSX.Element {
  if (given === undefined) return <span class="muted">{t('未回答')}</span>;
  return given.stance === null ? <span class="badge badge-good">{t('回答済み')}</span> : <StanceBadge store={store} stance={given.stance} />;
}

/** Only the chair opens what was sealed; what it comes to is known from then on. */
function Reveal({ store, round }: { store: RoomStore; round: Round }): JSX.Element {
  const act = store.forms.form(`reveal ${round.id}`);
  const run = (): void => { if (!act.busy.value) void act.run('reveal_stances', { round_id: round.id }); };
  return (
    <div class="verdict">
      <p class="verdict-result">{t('回答は、議長が公開するまで互いに見えません。')}</p>
      {store.isChair && store.isLive ? (
        <>
          <Refused refusal={act.refusal.value} kept={false} />
          <button type="button" class="button button-primary is-small" aria-disabled={act.busy.value ? 'true' : undefined} onClick={run}>{t('回答を公開する')}</button>
        </>
      ) : null}
    </div>
  );
}

function Declared({ store, round }: { store: RoomStore; round: Round }): JSX.Element {
  const { labels, language } = store.data;
  return (
    <section class={`decision is-declared is-${round.result ?? ''}`} aria-labelledby="result-title">
      <h2 id="result-title">{t('結果：{result}', { result: labels.results[round.result ?? ''] ?? '' })}</h2>
      <p class="decision-wording"><Told store={store} text={round.wording} /></p>
      {round.result === 'decided' || round.result === 'provisional' ? (
        <p class="decision-nominee"><span class="small">{t('主担当')}</span> <SeatMark store={store} id={round.nominee_id} /> <Person store={store} name={round.lead_person} /></p>
      ) : null}
      <ul class="small">{round.reasons.map((reason) => <li key={reason}>{reason}</li>)}</ul>
      <p class="small">
        {round.decision_number === '' ? '' : t('決定番号 {number}', { number: round.decision_number })}
        {round.declared_by === '' || store.data.masked ? '' : ' ' + t('宣言：{name}', { name: round.declared_by })}
        {round.next_date === null ? null : <><br />{t('次に協議する日：{day}', { day: dayText(round.next_date, language) })}</>}
      </p>
      <Recorded store={store} round={round} />
      <Addenda store={store} round={round} />
      {round.result === 'provisional' ? <Holds store={store} round={round} /> : null}
      {round.decision_number === '' || store.data.projector ? null : (
        <p class="small"><a href={store.data.urls.decision.replace('ROUND', round.id)}>{t('主担当決定書（PDF）')}</a></p>
      )}
      {round.closing === null ? null : <Counted store={store} round={round} closing={round.closing} />}
    </section>
  );
}
