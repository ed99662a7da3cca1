/** 引受手不在: nobody takes the case, who answers for what comes next, and what became of it. */
import type { Nomination, Round } from './lead';
import type { Entry } from './types';

export interface GapMove {
  readonly from_agency_id: string;
  readonly from_person: string;
  readonly from_due: string;
  readonly agency_id: string;
  readonly person: string;
  readonly due: string;
  readonly reason: string;
  readonly by: string;
  readonly at: string;
}

/** Without `round_id` it was declared before any question was put. */
export interface Gap {
  readonly id: string;
  readonly round_id: string | null;
  readonly number: string;
  readonly kind: string;
  readonly text: string;
  readonly declined: readonly { readonly agency_id: string; readonly how: string; readonly reason: string }[];
  readonly owner_agency_id: string;
  readonly owner_person: string;
  readonly next_step: string;
  readonly due: string;
  readonly next_date: string;
  readonly declared_by: string;
  readonly at: string;
  readonly state: string;
  readonly moves: readonly GapMove[];
  readonly outcome: string | null;
  readonly outcome_text: string;
  readonly closed_by: string;
}

interface WithGaps {
  readonly gaps: readonly Gap[];
}

/** The item after the entry; null where the entry does not belong here. */
export function foldGaps<T extends WithGaps>(item: T, entry: Entry): T | null {
  const { body, by } = entry;
  switch (entry.kind) {
    case 'gap_opened': {
      const { gap_id: id, gap_kind: kind, ...said } = body;
      const opened = { ...said, id, kind, declared_by: by.person, at: entry.at, state: 'open', moves: [], outcome: null, outcome_text: '', closed_by: '' };
      return { ...item, gaps: [...item.gaps, opened as unknown as Gap] };
    }
    case 'gap_moved':
      return changed(item, body.gap_id, (gap) => ({
        ...gap,
        owner_agency_id: body.owner_agency_id,
        owner_person: body.owner_person,
        due: body.due,
        state: body.state,
        moves: [...gap.moves, {
          from_agency_id: gap.owner_agency_id, from_person: gap.owner_person, from_due: gap.due,
          agency_id: body.owner_agency_id, person: body.owner_person, due: body.due,
          reason: body.reason, by: by.person, at: entry.at,
        }],
      }));
    case 'gap_settled':
      return changed(item, body.gap_id, (gap) => ({
        ...gap, state: 'closed', outcome: body.outcome, outcome_text: body.text, closed_by: by.person,
      }));
    default:
      return null;
  }
}

function changed<T extends WithGaps>(item: T, id: string, change: (gap: Gap) => Gap): T {
  return { ...item, gaps: item.gaps.map((gap) => (gap.id === id ? change(gap) : gap)) };
}

interface Asked extends WithGaps {
  readonly nominations: readonly Nomination[];
  readonly rounds: readonly Round[];
}

/** Everybody who said something said that none here can lead, or did not accept; the domain's `gaps`. */
export function nobodyTakes(item: Asked, out: readonly string[]): boolean {
  if (item.nominations.length === 0 || item.gaps.some((gap) => gap.round_id === null)) return false;
  const last = new Map(item.nominations.map((one) => [one.agency_id, one.nominee_id]));
  const refused = item.rounds.filter((round) => round.accepted === false).map((round) => round.nominee_id);
  const gone = new Set([...refused, ...out]);
  return ![...last].some(([agency, nominee]) => nominee !== null && !out.includes(agency) && !gone.has(nominee));
}
