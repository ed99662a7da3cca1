/** One agenda item, folded from its journal: what was said, and who should lead. */
import { foldGuests, type Correction, type Invitation, type Preference } from './guests';
import { foldLead, type Nomination, type Nominations, type Round } from './lead';
import { foldRecusals, type Recusal } from './interest';
import { foldPolls, type Poll } from './polls';
import { foldSpeakers, type Speakers } from './speakers';
import { corrected, remarkOf, type Remark } from './remarks';
import { endingOf, type ItemEnding } from './course';
import { foldGaps, type Gap } from './gaps';
import type { Entry } from './types';

export type { Nomination, Remark, Round };

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
  /** The turn of silent nominations that runs or ran last. */
  readonly nominating: Nominations | null;
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
  readonly gaps: readonly Gap[];
  readonly polls: readonly Poll[];
}

export function foldItem(item: ItemSnapshot, entry: Entry): ItemSnapshot {
  const { body, by, at } = entry;
  switch (entry.kind) {
    case 'item_opened':
      return { ...item, case: body.case };
    case 'item_picture_kept':
    case 'head_office_asked':
    case 'head_office_link_revoked':
      return item;
    case 'remark_made':
      return { ...item, remarks: [...item.remarks, remarkOf(entry)] };
    case 'remark_corrected':
      return { ...item, remarks: corrected(item.remarks, entry) };
    case 'outcome_recorded':
      return { ...item, outcomes: [...item.outcomes, outcomeOf(entry)] };
    case 'item_papers_fixed':
      return { ...item, papers_fixed: { ...by, at } };
    case 'item_settled':
      return { ...item, settled: endingOf(entry) };
    default: {
      const speakers = foldSpeakers(item.speakers, entry);
      if (speakers !== null) return { ...item, speakers };
      const polls = foldPolls(item.polls, entry);
      if (polls !== null) return { ...item, polls };
      const next = foldLead(item, entry) ?? foldGaps(item, entry) ?? foldRecusals(item, entry) ?? foldGuests(item, entry);
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
