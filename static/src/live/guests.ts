/** The firm at its own item: who was let in as a guest, and what the owner said. */
import type { ItemSnapshot } from './item';
import type { Entry } from './types';

export interface Invitation {
  readonly id: string;
  readonly name: string;
  readonly state: 'sent' | 'entered' | 'replaced' | 'revoked';
  readonly person: string;
  readonly agency: string;
  readonly at: string;
  readonly expires_at: string;
  readonly entered_at: string | null;
  readonly accepted_at: string | null;
}

export interface Correction {
  readonly id: string;
  readonly column: string;
  readonly value: string;
  readonly words: string;
  readonly person: string;
  readonly at: string;
  readonly state: 'waiting' | 'taken' | 'set_aside';
  readonly answer: string;
  readonly answered_by: string;
  readonly answered_agency: string;
  readonly answered_at: string | null;
}

export interface Preference {
  readonly id: string;
  readonly agency_id: string | null;
  readonly text: string;
  readonly person: string;
  readonly at: string;
}

/** The item after a fact about its guests; null for any other fact. */
export function foldGuests(item: ItemSnapshot, entry: Entry): ItemSnapshot | null {
  const { body, by, at } = entry;
  switch (entry.kind) {
    case 'guest_invited': {
      const before = changed(item.guests, body.replaces, { state: 'replaced' });
      return { ...item, guests: [...before, invited(entry)] };
    }
    case 'guest_revoked':
      return { ...item, guests: changed(item.guests, body.invitation_id, { state: 'revoked' }) };
    case 'guest_entered':
      return { ...item, guests: changed(item.guests, body.invitation_id, { state: 'entered', entered_at: at }) };
    case 'guest_accepted':
      return { ...item, guests: changed(item.guests, body.invitation_id, { accepted_at: at }) };
    case 'fact_corrected':
      return { ...item, corrections: [...item.corrections, correctionOf(entry)] };
    case 'correction_taken':
    case 'correction_set_aside':
      return {
        ...item,
        corrections: changed(item.corrections, body.correction_id, {
          state: entry.kind === 'correction_taken' ? 'taken' : 'set_aside',
          answer: body.reason ?? '',
          answered_by: by.person,
          answered_agency: by.agency,
          answered_at: at,
        }),
      };
    case 'preference_stated': {
      const stated: Preference = { id: body.preference_id, agency_id: body.agency_id, text: body.text, person: by.person, at };
      return { ...item, preferences: [...item.preferences, stated] };
    }
    default:
      return null;
  }
}

function invited({ body, by, at }: Entry): Invitation {
  return {
    id: body.invitation_id,
    name: body.name,
    state: 'sent',
    person: by.person,
    agency: by.agency,
    at,
    expires_at: body.expires_at,
    entered_at: null,
    accepted_at: null,
  };
}

function correctionOf({ body, by, at }: Entry): Correction {
  return {
    id: body.correction_id,
    column: body.column,
    value: body.value,
    words: body.words,
    person: by.person,
    at,
    state: 'waiting',
    answer: '',
    answered_by: '',
    answered_agency: '',
    answered_at: null,
  };
}

function changed<T extends { readonly id: string }>(all: readonly T[], id: string | null, how: Partial<T>): T[] {
  return all.map((one) => (one.id === id ? { ...one, ...how } : one));
}
