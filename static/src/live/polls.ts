/** Ballots put to the table, folded from the journal of the conference or of one of its items. */
import type { Rule, Seat } from './question';
import type { Entry } from './types';

export type PollKind = 'date' | 'wording' | 'temperature' | 'other';
export type PollOutcome = 'carried' | 'provisional' | 'not_carried' | 'tied' | 'heard';
export const ABSTAIN = 'abstain';

export interface PollOption {
  readonly key: string;
  readonly text: string;
  readonly day: string | null;
  readonly time: string;
  readonly note: string;
}

/** As the server judged it: `outcome` is null where something was missing. */
export interface PollResult {
  readonly outcome: PollOutcome | null;
  readonly chosen: string | null;
  readonly tied: readonly string[];
  /** By option and 棄権; empty where too few voted in secret. */
  readonly counts: Readonly<Record<string, number>>;
  readonly reasons: readonly string[];
  readonly missing: readonly string[];
}

export interface Poll {
  readonly id: string;
  readonly number: number;
  readonly kind: PollKind;
  readonly question: string;
  readonly options: readonly PollOption[];
  readonly rule: Rule;
  readonly rule_digest: string;
  readonly seats: readonly Seat[];
  readonly earlier_id: string | null;
  readonly because: string;
  readonly state: 'open' | 'closed';
  readonly opened_by: string;
  /** Agencies that have voted. */
  readonly answered: readonly string[];
  /** Agency → choice, of a named ballot as far as it may be read. */
  readonly votes: Readonly<Record<string, string>>;
  /** Agency → 控え of its vote, once a named ballot is closed. */
  readonly receipts: Readonly<Record<string, string>>;
  readonly result: PollResult | null;
  readonly closed_by: string;
  readonly decided: { readonly chosen: string; readonly reason: string; readonly by: string } | null;
}

/** The ballots after one more entry; null where it is none of theirs. */
export function foldPolls(polls: readonly Poll[], { kind, body, by }: Entry): readonly Poll[] | null {
  const change = (made: (poll: Poll) => Poll): readonly Poll[] => polls.map((poll) => (poll.id === body.poll_id ? made(poll) : poll));
  switch (kind.replace(/^item_/, '')) {
    case 'poll_opened':
      return [...polls, opened(body, by.person)];
    case 'vote_cast':
      return change((poll) => ({
        ...poll,
        answered: [...new Set([...poll.answered, body.agency_id as string])].sort(),
        votes: body.choice === null ? poll.votes : { ...poll.votes, [body.agency_id]: body.choice },
      }));
    case 'poll_closed':
      return change((poll) => ({ ...poll, state: 'closed', votes: ofEach(body.closing.votes, 'choice'), receipts: ofEach(body.closing.votes, 'receipt'), result: resultIn(body), closed_by: by.person }));
    case 'tie_decided':
      return change((poll) => ({ ...poll, decided: { chosen: body.chosen, reason: body.reason, by: by.person } }));
    default:
      return null;
  }
}

function opened(body: Entry['body'], person: string): Poll {
  const { poll_id, number, poll_kind, question, options, rule, rule_digest, seats, earlier_id, because } = body;
  return {
    id: poll_id, number, kind: poll_kind, question, options, rule, rule_digest, seats, earlier_id, because,
    state: 'open', opened_by: person, answered: [], votes: {}, receipts: {}, result: null, closed_by: '', decided: null,
  };
}

function ofEach<P extends string>(votes: Readonly<Record<string, Readonly<Record<P, string>>>>, part: P): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(votes).map(([agency, vote]) => [agency, vote[part]]));
}

function resultIn({ outcome, chosen, tied, counts, reasons, missing }: Entry['body']): PollResult {
  return { outcome, chosen, tied, counts, reasons, missing };
}

/** The ballot that is asked now; a room has at most one. */
export const openPoll = (polls: readonly Poll[]): Poll | null => polls.find(({ state }) => state === 'open') ?? null;

/** Everybody chose the same: then even a secret ballot tells what each has chosen. */
export const allAlike = ({ counts }: PollResult): boolean => Object.values(counts).filter((number) => number > 0).length === 1;
