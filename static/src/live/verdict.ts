/** What a round comes to and what is missing; the same rules as the domain's `ballot` and `consensus`. */
import { t } from '../i18n';
import type { GivenStance, Method, Rule, Seat } from './question';

export type Result = 'decided' | 'provisional' | 'continued' | 'no_taker';
export type Outcome = 'carried' | 'provisional' | 'not_carried' | 'tied' | 'heard';
export interface Tally {
  readonly agree: number;
  readonly hold: number;
  readonly against: number;
  readonly abstain: number;
  readonly not_applicable: number;
  readonly silent: number;
  readonly denominator: number | null;
  readonly needed: number | null;
}

/** A question and what was said to it. */
export interface Asked {
  readonly rule: Rule;
  readonly seats: readonly Seat[];
  readonly recused: readonly string[];
  readonly stances: Readonly<Record<string, Pick<GivenStance, 'stance' | 'reply_by'>>>;
}

export interface AskedOfLead extends Asked {
  readonly nominee_id: string;
  readonly accepted: boolean | null;
}

interface Found {
  readonly reasons: readonly string[];
  readonly missing: readonly string[];
  readonly silent: readonly string[];
  readonly objecting: readonly string[];
  readonly holding: readonly string[];
  readonly tally: Tally;
}

export interface Judged extends Found { readonly outcome: Outcome | null }
export interface Verdict extends Found { readonly result: Result | null }

const STOPPED_BY_ONE = new Set<Method>(['consensus', 'no_objection', 'unanimity', 'all_lenders']);
const COUNTED = new Set<Method>(['two_thirds', 'majority']);
const LENDERS = new Set(['financial_institution', 'jfc']);
const AFTER: Readonly<Record<Outcome, Result>> = {
  carried: 'decided', provisional: 'provisional', not_carried: 'continued', tied: 'continued', heard: 'continued',
};

/** The outcome; who left for a conflict of interest is neither heard nor missed, and cannot lead. */
export function outcomeOf(asked: AskedOfLead): Verdict {
  const { outcome, ...judged } = judge(asked);
  const names = asked.seats.find((seat) => seat.agency_id === asked.nominee_id)?.name ?? '';
  let result = outcome === null ? null : AFTER[outcome];
  let { reasons, missing } = judged;
  const left = asked.recused.includes(asked.nominee_id);
  // That nobody objects is no reason for what is not decided.
  if ((left || asked.accepted === false) && outcome === 'carried') reasons = reasons.slice(0, -1);
  if (left) {
    result = 'continued';
    reasons = [...reasons, t('候補機関が利益相反のため退席しました：{names}', { names })];
  } else if (asked.accepted === false) {
    result = 'continued';
    reasons = [...reasons, t('候補機関が受諾しませんでした：{names}', { names })];
  } else if (asked.accepted === null) {
    missing = [...missing, t('候補機関の受諾がまだありません：{names}', { names })];
    result = result === 'continued' ? result : null;
  } else if (result === 'decided') {
    reasons = [...reasons, t('候補機関が受諾しました。')];
  }
  return { result, ...judged, reasons, missing };
}

/** One proposal judged. Holds are judged by what they can still become. */
export function judge({ rule, seats, recused, stances }: Asked): Judged {
  const asked = seats.filter((seat) => !recused.includes(seat.agency_id));
  const heard = new Map<string, Pick<GivenStance, 'stance' | 'reply_by'>>();
  for (const seat of asked) {
    const said = stances[seat.agency_id];
    if (said !== undefined && (isThere(seat) || !rule.presence)) heard.set(seat.agency_id, said);
  }
  const deciding = asked.filter((seat) => decides(rule, seat, heard.has(seat.agency_id))).map((seat) => seat.agency_id);
  const silent = deciding.filter((id) => !heard.has(id));
  const saying = (stance: string): string[] => [...heard].filter(([, said]) => said.stance === stance).map(([id]) => id);
  const objecting = saying('object');
  const holding = saying('hold');
  const tally = count(rule, deciding.map((id) => heard.get(id)?.stance ?? null));
  const missing = missingOf(rule, asked, heard, silent);
  const named = (some: readonly string[]): string => namesOf(asked, some);
  const [outcome, why] = weigh(rule, tally, missing.length > 0);
  const reasons: string[] = [];
  if (objecting.length > 0) reasons.push(t('反対があります：{names}', { names: named(objecting) }));
  if (holding.length > 0) reasons.push(t('留保（持ち帰り）があります：{names}', { names: named(holding) }));
  return { outcome, reasons: [...reasons, ...why], missing, silent, objecting, holding, tally };
}

const isThere = (seat: Seat): boolean => seat.takes_part ?? true;
const marksOf = (seat: Seat): readonly string[] => [seat.kind, ...(seat.marks ?? [])];
const isLender = (seat: Seat): boolean => LENDERS.has(seat.kind);
const namesOf = (seats: readonly Seat[], ids: readonly string[]): string =>
  ids.map((id) => seats.find((seat) => seat.agency_id === id)?.name ?? '').join(t('、'));

/** Whether the seat's word makes the result. */
function decides(rule: Rule, seat: Seat, heard: boolean): boolean {
  if (rule.method === 'all_lenders') return isLender(seat);
  const there = isThere(seat) || heard;
  if (COUNTED.has(rule.method) || rule.method === 'unanimity') return there || rule.denominator === 'all';
  return there || !rule.presence;
}

function count(rule: Rule, words: readonly (string | null)[]): Tally {
  const of = (...stances: (string | null)[]): number => words.filter((word) => stances.includes(word)).length;
  const tally = {
    agree: of('agree', 'agree_with_condition'), hold: of('hold'), against: of('object'), abstain: of('abstain'),
    not_applicable: of('not_applicable'), silent: of(null),
  };
  const kept = tally.agree + tally.against + tally.hold + (rule.abstention === 'stays' ? tally.abstain : 0);
  const voting = COUNTED.has(rule.method) && rule.denominator === 'voting';
  const denominator = voting ? kept : kept + tally.silent;
  const needed: Partial<Record<Method, number>> = {
    unanimity: denominator, all_lenders: denominator, majority: Math.floor(denominator / 2) + 1, two_thirds: Math.ceil((2 * denominator) / 3),
  };
  const wanted = needed[rule.method];
  return wanted === undefined ? { ...tally, denominator: null, needed: null } : { ...tally, denominator, needed: Math.max(wanted, 1) };
}

function missingOf(rule: Rule, asked: readonly Seat[], heard: ReadonlyMap<string, Pick<GivenStance, 'stance' | 'reply_by'>>, silent: readonly string[]): string[] {
  const silenceCounts = rule.method === 'no_objection';
  const present = asked.filter((seat) => {
    const said = heard.get(seat.agency_id);
    return said === undefined ? silenceCounts && isThere(seat) : said.stance !== 'not_applicable';
  });
  const found: string[] = [];
  const { seats, percent } = rule.quorum;
  const quorum = percent === null ? (seats ?? 0) : Math.ceil((percent * asked.length) / 100);
  if (present.length < quorum) found.push(t('定足数（{quorum}機関）に達していません（回答{heard}機関）。', { quorum, heard: present.length }));
  for (const mark of rule.must_include) {
    if (!present.some((seat) => marksOf(seat).includes(mark))) found.push(t('{who}の回答が必要です。', { who: markLabel(mark) }));
  }
  if (rule.method === 'all_lenders' && !asked.some(isLender)) found.push(t('同意を求める金融機関がありません。'));
  if (silent.length > 0 && STOPPED_BY_ONE.has(rule.method) && !silenceCounts) {
    found.push(t('未回答の機関があります：{names}', { names: namesOf(asked, silent) }));
  }
  const undated = [...heard].filter(([, said]) => said.stance === 'hold' && !said.reply_by).map(([id]) => id);
  if (undated.length > 0) found.push(t('留保の回答期限がありません：{names}', { names: namesOf(asked, undated) }));
  return found;
}

/** Kinds of agency are never asked for by themselves yet; these two are. */
function markLabel(mark: string): string {
  if (mark === 'main_bank') return t('メイン金融機関');
  return mark === 'secretariat' ? t('事務局') : mark;
}

function weigh(rule: Rule, tally: Tally, lacking: boolean): [Outcome | null, string[]] {
  if (STOPPED_BY_ONE.has(rule.method) && isStopped(rule, tally)) return ['not_carried', why(rule, tally, 'not_carried')];
  if (lacking) return [null, []];
  if (rule.method === 'advisory') return ['heard', [t('各機関の意見を聴きました。決定はしません。')]];
  const possible = new Set<Outcome>();
  for (let agreeing = 0; agreeing <= tally.hold; agreeing += 1) {
    possible.add(settled(rule, { ...tally, agree: tally.agree + agreeing, against: tally.against + tally.hold - agreeing, hold: 0 }));
  }
  const only = possible.size === 1 ? [...possible][0] : undefined;
  const outcome = only ?? (rule.allow_provisional ? 'provisional' : 'not_carried');
  return [outcome, why(rule, tally, outcome)];
}

function isStopped(rule: Rule, tally: Tally): boolean {
  const everyone = rule.method === 'unanimity' || rule.method === 'all_lenders';
  return tally.against + (everyone && rule.abstention === 'stays' ? tally.abstain : 0) > 0;
}

/** The result once no hold is left. */
function settled(rule: Rule, tally: Tally): Outcome {
  if (tally.needed === null) return tally.against > 0 ? 'not_carried' : 'carried';
  if (tally.agree >= tally.needed) return 'carried';
  return rule.method === 'majority' && tally.agree === tally.against && tally.agree > 0 ? 'tied' : 'not_carried';
}

function why(rule: Rule, tally: Tally, outcome: Outcome): string[] {
  if (tally.needed === null) {
    if (outcome !== 'carried') return [];
    return [rule.method === 'no_objection' && tally.silent > 0 ? t('異議を述べた機関がありません。') : t('出席したすべての機関に異議がありません。')];
  }
  const { agree, against, denominator, needed } = tally;
  const found = [t('賛成{agree}・反対{against}（分母{denominator}機関、必要な賛成{needed}機関）。', { agree, against, denominator: denominator ?? 0, needed })];
  if (outcome === 'tied') found.push(t('可否同数です。'));
  return found;
}

/** 継続協議 and 引受手不在 can always be declared; a decision only when the rule yields it. */
export function mayDeclare(verdict: Verdict, result: Result): boolean {
  return result === 'continued' || result === 'no_taker' || verdict.result === result;
}
