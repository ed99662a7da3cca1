/** One agenda item, folded from its journal: what was said, and who should lead. */
import { foldGuests, type Correction, type Invitation, type Preference } from './guests';
import { foldRecusals, type Recusal } from './interest';
import { foldSpeakers, type Speakers } from './speakers';
import { corrected, remarkOf, type Remark } from './remarks';
import { endingOf, type ItemEnding } from './course';
import type { Entry } from './types';

export type { Remark };

export interface Outcome {
  readonly id: string;
  readonly kind: string;
  readonly text: string;
  readonly agency_id: string | null;
  readonly person: string;
  readonly due: string | null;
  readonly at: string;
  readonly recorded_by: string;
  /** The remark it was marked on, if it came from one. */
  readonly remark_id: string | null;
}

export interface Nomination {
  readonly agency_id: string;
  readonly nominee_id: string;
  readonly reason: string;
  readonly person: string;
  readonly at: string;
}

export interface Seat {
  readonly agency_id: string;
  readonly name: string;
  readonly kind: string;
}

export interface GivenStance {
  readonly stance: string;
  readonly text: string;
  readonly alternative: string;
  readonly reply_by: string | null;
  readonly person: string;
  readonly version: number;
  readonly at: string;
}

export interface Round {
  readonly id: string;
  readonly number: number;
  readonly nominee_id: string;
  readonly supporters: readonly { readonly agency_id: string; readonly role: string }[];
  readonly wording: string;
  readonly quorum: number;
  readonly allow_provisional: boolean;
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
}

export interface ItemCase {
  readonly id: string;
  readonly case_no: string;
  readonly firm_name: string;
  readonly industry: string;
  readonly city: string;
  readonly employees: number | null;
  readonly referrer_agency_id: string;
}

export interface ItemSnapshot {
  readonly id: string;
  readonly case: ItemCase | null;
  readonly remarks: readonly Remark[];
  readonly outcomes: readonly Outcome[];
  readonly nominations: readonly Nomination[];
  readonly rounds: readonly Round[];
  /** When the item's papers were last fixed, and by whom. */
  readonly papers_fixed: { readonly person: string; readonly agency_id: string; readonly agency: string; readonly at: string } | null;
  readonly recusals: readonly Recusal[];
  readonly speakers: Speakers;
  readonly settled: ItemEnding | null;
  readonly guests: readonly Invitation[];
  readonly corrections: readonly Correction[];
  readonly preferences: readonly Preference[];
}

export function foldItem(item: ItemSnapshot, entry: Entry): ItemSnapshot {
  const { body, by, at } = entry;
  switch (entry.kind) {
    case 'item_opened':
      return { ...item, case: body.case };
    case 'item_picture_kept':
      return item;
    case 'remark_made':
      return { ...item, remarks: [...item.remarks, remarkOf(entry)] };
    case 'remark_corrected':
      return { ...item, remarks: corrected(item.remarks, entry) };
    case 'outcome_recorded':
      return { ...item, outcomes: [...item.outcomes, outcomeOf(entry)] };
    case 'lead_nominated':
      return { ...item, nominations: nominated(item.nominations, entry) };
    case 'round_opened':
      return { ...item, rounds: [...item.rounds, roundOf(body)] };
    case 'stance_given':
      return changeRound(item, body.round_id, (round) => ({
        ...round,
        stances: { ...round.stances, [body.agency_id]: stanceOf(round, entry) },
      }));
    case 'lead_answered':
      return changeRound(item, body.round_id, (round) => ({
        ...round,
        accepted: body.accepted,
        lead_person: body.person,
        answer_reason: body.reason,
      }));
    case 'result_declared':
      return changeRound(item, body.round_id, (round) => ({
        ...round,
        result: body.result,
        reasons: body.reasons,
        next_date: body.next_date,
        decision_number: body.number,
        declared_by: by.person,
      }));
    case 'item_papers_fixed':
      return { ...item, papers_fixed: { ...by, at } };
    case 'item_settled':
      return { ...item, settled: endingOf(entry) };
    default: {
      const speakers = foldSpeakers(item.speakers, entry);
      if (speakers !== null) return { ...item, speakers };
      const next = foldRecusals(item, entry) ?? foldGuests(item, entry);
      if (next === null) throw new Error(`an item knows no ${entry.kind}`);
      return next;
    }
  }
}

function outcomeOf({ body, by, at }: Entry): Outcome {
  return {
    id: body.outcome_id,
    kind: body.outcome_kind,
    text: body.text,
    agency_id: body.agency_id,
    person: body.person,
    due: body.due,
    at,
    recorded_by: by.person,
    remark_id: body.remark_id ?? null,
  };
}

/** One nomination per agency; a later one replaces it and stands last. */
function nominated(before: readonly Nomination[], { body, by, at }: Entry): Nomination[] {
  const mine: Nomination = {
    agency_id: by.agency_id,
    nominee_id: body.nominee_id,
    reason: body.reason,
    person: by.person,
    at,
  };
  const order = (n: Nomination): string => `${n.at} ${n.agency_id}`;
  const others = before.filter((one) => one.agency_id !== by.agency_id);
  return [...others, mine].sort((a, b) => (order(a) < order(b) ? -1 : 1));
}

function roundOf(body: Entry['body']): Round {
  return {
    id: body.round_id,
    number: body.number,
    nominee_id: body.nominee_id,
    supporters: body.supporters,
    wording: body.wording,
    quorum: body.quorum,
    allow_provisional: body.allow_provisional,
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
  };
}

function stanceOf(round: Round, { body, by, at }: Entry): GivenStance {
  return {
    stance: body.stance,
    text: body.text,
    alternative: body.alternative,
    reply_by: body.reply_by,
    person: by.person,
    version: (round.stances[body.agency_id]?.version ?? 0) + 1,
    at,
  };
}

function changeRound(item: ItemSnapshot, id: string, change: (round: Round) => Round): ItemSnapshot {
  return { ...item, rounds: item.rounds.map((round) => (round.id === id ? change(round) : round)) };
}
