/** What a question put to the table is made of: its rule, whom it asks, what a seat says. */

export type Method = 'consensus' | 'no_objection' | 'unanimity' | 'all_lenders' | 'two_thirds' | 'majority' | 'plurality' | 'advisory';

/** As the round keeps it (the domain's `decision_rules`). */
export interface Rule {
  readonly schema: number;
  readonly method: Method;
  readonly quorum: { readonly seats: number | null; readonly percent: number | null };
  readonly must_include: readonly string[];
  readonly denominator: 'all' | 'taking_part' | 'voting';
  readonly abstention: 'leaves' | 'stays';
  readonly tie: 'chair' | 'again' | 'continue';
  readonly presence: boolean;
  readonly blind: boolean;
  readonly secret: boolean;
  readonly allow_provisional: boolean;
}

export interface Seat {
  readonly agency_id: string;
  readonly name: string;
  readonly kind: string;
  readonly marks?: readonly string[];
  readonly takes_part?: boolean;
  readonly proxy?: PinnedProxy | null;
}

/** 委任状 the seat is asked through; without agency and person it is the chair's to say. */
export interface PinnedProxy {
  readonly id: string;
  readonly holder: 'person' | 'chair';
  readonly agency_id: string | null;
  readonly person_id: string | null;
  readonly name: string;
}

/** By its own people, under a 委任状, or entered by the office. */
export type Manner = 'own' | 'proxy' | 'office';

/** In a blind round `stance` is null until all are revealed. */
export interface GivenStance {
  readonly stance: string | null;
  readonly text: string;
  readonly alternative: string;
  readonly reply_by: string | null;
  /** Which agency sees to the condition, and by when. */
  readonly owner_id: string | null;
  readonly due: string | null;
  readonly manner: Manner;
  /** Why the office entered it, and the file it has it from. */
  readonly reason: string;
  readonly file: { readonly digest: string; readonly name: string } | null;
  readonly person: string;
  readonly version: number;
  readonly at: string;
}
