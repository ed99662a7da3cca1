/** 委任状: whose word at the conference somebody else may say, as the conference hears of it. */

/** For one item or, without one, for all of them; without a person it is the chair's. */
export interface StandingProxy {
  readonly id: string;
  readonly agency_id: string;
  readonly item_id: string | null;
  readonly holder: 'person' | 'chair';
  readonly holder_agency_id: string | null;
  readonly holder_person_id: string | null;
  readonly holder_name: string;
}

export type ProxyGiven = Omit<StandingProxy, 'id'> & { readonly proxy_id: string };

/** By id: an order that says nothing. */
export function proxyAdded(before: readonly StandingProxy[], { proxy_id: id, ...told }: ProxyGiven): StandingProxy[] {
  return [...before, { id, ...told }].sort((a, b) => (a.id < b.id ? -1 : 1));
}

export function proxyTaken(before: readonly StandingProxy[], id: string): StandingProxy[] {
  return before.filter((one) => one.id !== id);
}
