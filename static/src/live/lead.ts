/** How the lead is chosen at an item: silent nominations, the question put, each seat's word. */
import type { Entry } from './types';
import type { GivenStance, Manner, Rule, Seat } from './question';

export type { GivenStance, Seat } from './question';

/** The turn that runs or ran last; `given`: agency → who pressed for it, not whom it named. */
export interface Nominations {
  readonly role: string;
  readonly turn: number;
  readonly state: 'open' | 'revealed';
  readonly asked: readonly string[];
  readonly given: Readonly<Record<string, string>>;
}

/** Revealed; without a nominee nobody at the table can lead, in this agency's view. */
export interface Nomination {
  readonly agency_id: string;
  readonly nominee_id: string | null;
  readonly reason: string;
  readonly person: string;
  readonly turn: number;
}

/** What the declared result was reached from. */
export interface Closing {
  readonly seats: readonly Seat[];
  readonly recused: readonly string[];
  readonly stances: Readonly<Record<string, { readonly stance: string; readonly person: string; readonly receipt: string; readonly manner?: Manner }>>;
}

export interface Round {
  readonly id: string;
  readonly number: number;
  readonly state: 'open' | 'revealed' | 'declared' | 'replaced';
  readonly nominee_id: string;
  readonly supporters: readonly { readonly agency_id: string; readonly role: string }[];
  readonly wording: string;
  readonly because: string;
  readonly rule: Rule;
  readonly rule_digest: string;
  readonly seats: readonly Seat[];
  /** Seats that left for a conflict of interest; they are asked no longer. */
  readonly recused: readonly string[];
  readonly accepted: boolean | null;
  readonly lead_person: string;
  readonly answer_reason: string;
  readonly stances: Readonly<Record<string, GivenStance>>;
  readonly result: string | null;
  readonly reasons: readonly string[];
  readonly next_date: string | null;
  readonly decision_number: string;
  readonly declared_by: string;
  readonly closing: Closing | null;
  /** What agencies that took a 仮決定 home said later, and what it became. */
  readonly replies: Readonly<Record<string, HoldReply>>;
  readonly settled: { readonly result: string; readonly reasons: readonly string[]; readonly next_date: string | null; readonly by: string } | null;
  readonly record: DecisionRecord | null;
  /** 訂正: how it was written down is put right beside it. */
  readonly addenda: readonly Addendum[];
}

export interface Addendum {
  readonly number: number;
  readonly field: string;
  /** Whose condition it is about, else empty. */
  readonly agency_id: string;
  readonly was: string;
  readonly says: string;
  readonly reason: string;
  readonly by: string;
  readonly agency: string;
  readonly at: string;
}

/** From when a decision holds, its review, and the lead's first action. */
export interface DecisionRecord {
  readonly effective_on: string | null;
  readonly review_on: string | null;
  readonly action: string;
  readonly action_person: string;
  readonly action_due: string | null;
}

export interface HoldReply {
  readonly stance: string;
  readonly text: string;
  readonly alternative: string;
  readonly person: string;
  readonly version: number;
  readonly at: string;
}

interface WithLead {
  readonly nominating: Nominations | null;
  readonly nominations: readonly Nomination[];
  readonly rounds: readonly Round[];
}

/** Nobody may read what others said in the round yet. */
export const isSealed = (round: Round): boolean => round.state === 'open' && round.rule.blind;

/** The result as it stands: a 仮決定 that was settled is what it became. */
export const resultOf = (round: Round): string | null => round.settled?.result ?? round.result;

/** The item after the entry; null where the entry does not belong here. */
export function foldLead<T extends WithLead>(item: T, entry: Entry): T | null {
  const { body, by } = entry;
  switch (entry.kind) {
    case 'nominations_opened':
      return { ...item, nominating: { role: body.role, turn: body.turn, state: 'open', asked: body.asked, given: {} } };
    case 'nomination_sealed':
      return { ...item, nominating: item.nominating && { ...item.nominating, given: { ...item.nominating.given, [body.agency_id]: by.person } } };
    case 'nominations_revealed':
      return revealed(item, entry);
    // Told openly in journals from before nominations were silent.
    case 'lead_nominated':
      return { ...item, nominations: inOrder([
        ...item.nominations.filter((one) => one.agency_id !== by.agency_id),
        { agency_id: by.agency_id, nominee_id: body.nominee_id, reason: body.reason, person: by.person, turn: 1 },
      ]) };
    case 'round_opened':
      return { ...item, rounds: [...item.rounds, roundOf(body)] };
    case 'stance_given':
      return changeRound(item, body.round_id, (round) => ({ ...round, stances: { ...round.stances, [body.agency_id]: stanceOf(round, entry) } }));
    case 'stance_sealed': {
      const unread = { stance: null, text: '', alternative: '', reply_by: null, owner_id: null, due: null };
      return changeRound(item, body.round_id, (round) => ({
        ...round, stances: { ...round.stances, [body.agency_id]: stanceOf(round, { ...entry, body: { ...body, ...unread } }) },
      }));
    }
    case 'stances_revealed':
      return changeRound(item, body.round_id, (round) => ({ ...round, state: 'revealed', stances: opened(round.stances, body.stances) }));
    case 'lead_answered':
      return changeRound(item, body.round_id, (round) => ({
        ...round, accepted: body.accepted, lead_person: body.person, answer_reason: body.reason,
      }));
    case 'result_declared':
      return changeRound(item, body.round_id, (round) => ({
        ...round,
        state: 'declared',
        result: body.result,
        reasons: body.reasons,
        next_date: body.next_date,
        decision_number: body.number,
        declared_by: by.person,
        closing: body.closing ?? null,
        record: body.record ?? null,
      }));
    case 'round_replaced':
      return changeRound(item, body.round_id, (round) => ({ ...round, state: 'replaced', closing: body.closing }));
    case 'hold_answered': {
      const { round_id: id, agency_id: agency, ...said } = body;
      return changeRound(item, id, (round) => ({
        ...round,
        replies: { ...round.replies, [agency]: { ...said, person: by.person, version: (round.replies[agency]?.version ?? 0) + 1, at: entry.at } },
      }));
    }
    case 'decision_corrected': {
      const { round_id: id, ...said } = body;
      const added = { ...said, by: by.person, agency: by.agency, at: entry.at } as Addendum;
      return changeRound(item, id, (round) => ({ ...round, addenda: [...round.addenda, added] }));
    }
    case 'provisional_settled': {
      const { round_id: id, ...settled } = body;
      return changeRound(item, id, (round) => ({ ...round, settled: { ...settled, by: by.person } }));
    }
    default:
      return null;
  }
}

function revealed<T extends WithLead>(item: T, { body }: Entry): T {
  const told = (body.nominations as readonly (Nomination & { nonce: string })[]).map(({ nonce: _, ...one }) => ({ ...one, turn: body.turn as number }));
  const given = Object.fromEntries(told.map((one) => [one.agency_id, one.person]));
  return {
    ...item,
    nominating: item.nominating && { ...item.nominating, state: 'revealed', given },
    nominations: inOrder([...item.nominations, ...told]),
  };
}

/** Turn by turn, within a turn by id: an order that says nothing. */
function inOrder(some: readonly Nomination[]): Nomination[] {
  return [...some].sort((a, b) => a.turn - b.turn || (a.agency_id < b.agency_id ? -1 : 1));
}

function opened(before: Round['stances'], told: Readonly<Record<string, any>>): Round['stances'] {
  const read = Object.entries(told).map(([id, { nonce: _, ...said }]) => [id, { ...before[id], ...said }]);
  return { ...before, ...Object.fromEntries(read) };
}

function roundOf(body: Entry['body']): Round {
  return {
    id: body.round_id,
    number: body.number,
    state: 'open',
    nominee_id: body.nominee_id,
    supporters: body.supporters,
    wording: body.wording,
    because: body.because ?? '',
    rule: body.rule ?? simpleRule(body.quorum, body.allow_provisional),
    rule_digest: body.rule_digest ?? '',
    seats: body.seats,
    recused: [],
    accepted: null,
    lead_person: '',
    answer_reason: '',
    stances: {},
    result: null,
    reasons: [],
    next_date: null,
    decision_number: '',
    declared_by: '',
    closing: null,
    replies: {},
    settled: null,
    record: null,
    addenda: [],
  };
}

/** The rule of rounds opened before there were methods: 総意. */
function simpleRule(quorum: number, provisional: boolean): Rule {
  return {
    schema: 1,
    method: 'consensus',
    quorum: { seats: quorum, percent: null },
    must_include: [],
    denominator: 'all',
    abstention: 'leaves',
    tie: 'continue',
    presence: false,
    blind: false,
    secret: false,
    allow_provisional: provisional,
  };
}

function stanceOf(round: Round, { body, by, at }: Entry): GivenStance {
  return {
    stance: body.stance,
    text: body.text,
    alternative: body.alternative,
    reply_by: body.reply_by,
    owner_id: body.owner_id ?? null,
    due: body.due ?? null,
    manner: body.manner ?? 'own',
    reason: body.reason ?? '',
    file: body.file ?? null,
    person: by.person,
    version: (round.stances[body.agency_id]?.version ?? 0) + 1,
    at,
  };
}

function changeRound<T extends WithLead>(item: T, id: string, change: (round: Round) => Round): T {
  return { ...item, rounds: item.rounds.map((round) => (round.id === id ? change(round) : round)) };
}
