/** 利益相反: who is out of an item, or was asked about it, folded from the two rooms that tell of it. */
import type { AgendaItem } from './conference';
import type { ItemSnapshot } from './item';
import type { Entry } from './types';

export type RecusalState = 'suggested' | 'denied' | 'followed' | 'standing' | 'lifted';

export interface Recusal {
  readonly id: string;
  readonly agency_id: string;
  readonly state: RecusalState;
  readonly origin: 'suggested' | 'declared' | 'pinned' | 'carried';
  readonly reason: string;
  readonly person: string;
  readonly agency: string;
  readonly at: string;
  readonly answer: string;
  readonly answered_by: string;
  readonly answered_at: string | null;
}

/** The item after a fact about a recusal; null for any other fact. */
export function foldRecusals(item: ItemSnapshot, entry: Entry): ItemSnapshot | null {
  const { body } = entry;
  switch (entry.kind) {
    case 'recusal_suggested':
      return { ...item, recusals: inOrder([...item.recusals, made(entry, 'suggested')]) };
    case 'recusal_denied':
      return { ...item, recusals: answered(item.recusals, entry, 'denied') };
    case 'agency_recused': {
      const followed = item.recusals.map((one): Recusal =>
        one.agency_id === body.agency_id && one.state === 'suggested' ? { ...one, state: 'followed' } : one);
      return {
        ...item,
        recusals: inOrder([...followed, made(entry, 'standing')]),
        rounds: item.rounds.map((round) =>
          round.id === body.round_id ? { ...round, recused: [...round.recused, body.agency_id].sort() } : round),
      };
    }
    case 'recusal_lifted':
      return {
        ...item,
        recusals: answered(item.recusals, entry, 'lifted'),
        rounds: item.rounds.map((round) =>
          round.id === body.round_id ? { ...round, recused: round.recused.filter((id) => id !== body.agency_id) } : round),
      };
    default:
      return null;
  }
}

/** The seat is empty at the item, or taken again; the conference is told nothing more. */
export function vacated(items: readonly AgendaItem[], itemId: string, agencyId: string): AgendaItem[] {
  return items.map((item) => (item.id === itemId ? { ...item, recused: [...item.recused, agencyId].sort() } : item));
}

export function retaken(items: readonly AgendaItem[], itemId: string, agencyId: string): AgendaItem[] {
  return items.map((item) =>
    item.id === itemId ? { ...item, recused: item.recused.filter((id) => id !== agencyId) } : item);
}

function made({ body, by, at }: Entry, state: RecusalState): Recusal {
  return {
    id: body.recusal_id,
    agency_id: body.agency_id,
    state,
    origin: body.origin ?? 'suggested',
    reason: body.reason,
    person: by.person,
    agency: by.agency,
    at,
    answer: '',
    answered_by: '',
    answered_at: null,
  };
}

function answered(before: readonly Recusal[], { body, by, at }: Entry, state: RecusalState): Recusal[] {
  return before.map((one) =>
    one.id === body.recusal_id ? { ...one, state, answer: body.reason, answered_by: by.person, answered_at: at } : one);
}

/** As the server lists them: by time, then by id. */
function inOrder(all: readonly Recusal[]): Recusal[] {
  const key = (one: Recusal): string => `${one.at} ${one.id}`;
  return [...all].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
