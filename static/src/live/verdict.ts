/** What may be declared on a round and what is missing; the same rule as the domain's `consensus`. */
import { t } from '../i18n';
import type { GivenStance, Seat } from './item';

export type Result = 'decided' | 'provisional' | 'continued' | 'no_taker';

/** What of a round decides; the snapshot of an item carries it. */
export interface Asked {
  readonly nominee_id: string;
  readonly quorum: number;
  readonly allow_provisional: boolean;
  readonly seats: readonly Pick<Seat, 'agency_id' | 'name'>[];
  readonly recused: readonly string[];
  readonly accepted: boolean | null;
  readonly stances: Readonly<Record<string, Pick<GivenStance, 'stance' | 'reply_by'>>>;
}

export interface Verdict {
  readonly result: Result | null;
  readonly reasons: readonly string[];
  readonly missing: readonly string[];
  readonly silent: readonly string[];
  readonly objecting: readonly string[];
  readonly holding: readonly string[];
}

/**
 * One objection stops it, silence is not consent, and the nominee must itself accept.
 * An agency that left for a conflict of interest is neither heard nor missed, and cannot lead.
 */
export function outcomeOf(asked: Asked): Verdict {
  const { seats, stances, accepted, quorum } = asked;
  const ids = seats.map((seat) => seat.agency_id).filter((id) => !asked.recused.includes(id));
  const left = asked.recused.includes(asked.nominee_id);
  const heard = ids.filter((id) => stances[id] !== undefined);
  const saying = (stance: string): string[] => heard.filter((id) => stances[id]?.stance === stance);
  const silent = ids.filter((id) => stances[id] === undefined);
  const objecting = saying('object');
  const holding = saying('hold');
  const undated = holding.filter((id) => !stances[id]?.reply_by);
  const speaking = heard.length - saying('not_applicable').length;
  const name = (id: string): string => seats.find((seat) => seat.agency_id === id)?.name ?? '';
  const named = (some: readonly string[]): string => some.map(name).join(t('、'));
  const nominee = name(asked.nominee_id);
  const missing: string[] = [];
  const reasons: string[] = [];

  if (ids.length < quorum || (silent.length === 0 && speaking < quorum)) {
    missing.push(t('定足数（{quorum}機関）に達していません。', { quorum }));
  }
  if (silent.length > 0) missing.push(t('未回答の機関があります：{names}', { names: named(silent) }));
  if (accepted === null && !left) missing.push(t('候補機関の受諾がまだありません：{names}', { names: nominee }));
  if (undated.length > 0) missing.push(t('留保の回答期限がありません：{names}', { names: named(undated) }));
  if (objecting.length > 0) reasons.push(t('反対があります：{names}', { names: named(objecting) }));
  if (left) reasons.push(t('候補機関が利益相反のため退席しました：{names}', { names: nominee }));
  else if (accepted === false) reasons.push(t('候補機関が受諾しませんでした：{names}', { names: nominee }));
  if (holding.length > 0) reasons.push(t('留保（持ち帰り）があります：{names}', { names: named(holding) }));

  const stopped = objecting.length > 0 || left || accepted === false;
  let result: Result | null;
  if (stopped) result = 'continued';
  else if (missing.length > 0) result = null;
  else if (holding.length > 0) result = asked.allow_provisional ? 'provisional' : 'continued';
  else {
    result = 'decided';
    reasons.push(t('出席したすべての機関に異議がなく、候補機関が受諾しました。'));
  }
  return { result, reasons, missing, silent, objecting, holding };
}

/** 継続協議 and 引受手不在 can always be declared; a decision only when the rule yields it. */
export function mayDeclare(verdict: Verdict, result: Result): boolean {
  return result === 'continued' || result === 'no_taker' || verdict.result === result;
}
