/** What travels between the browser and a room; the shapes follow docs/wire.md. */

export interface Author {
  readonly person: string;
  readonly agency_id: string;
  readonly agency: string;
}

/** One fact of a room's journal. `prev` names the entry this reader saw before it. */
export interface Entry {
  readonly room: string;
  readonly cursor: string;
  readonly prev: string;
  readonly id: string;
  readonly kind: string;
  readonly at: string;
  readonly by: Author;
  readonly body: any;
}

export interface Done {
  readonly id: string | null;
  readonly cursor: string | null;
  readonly version: number | null;
  readonly receipt: string | null;
}

export interface Refusal {
  readonly ok: false;
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly detail: any;
}

export type Answer<T = Done> = { readonly ok: true; readonly result: T } | Refusal;

/** Where somebody stands in a sheet. */
export interface Position {
  readonly row: string;
  readonly column: string;
  readonly editing: boolean;
  readonly person: string;
  readonly agency: string;
  readonly kind: string;
}

export interface Present {
  readonly agency_id: string;
  readonly person: string;
}

export type Fold<S> = (state: S, entry: Entry) => S;

/** The answer to joining a room: the whole picture, or what was missed. */
export interface Joined<S> {
  readonly cursor: string;
  readonly now: string;
  readonly snapshot?: S;
  readonly entries?: readonly Entry[];
}
