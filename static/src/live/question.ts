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
}

/** In a blind round `stance` is null until all are revealed. */
export interface GivenStance {
  readonly stance: string | null;
  readonly text: string;
  readonly alternative: string;
  readonly reply_by: string | null;
  /** Which agency sees to the condition, and by when. */
  readonly owner_id: string | null;
  readonly due: string | null;
  readonly person: string;
  readonly version: number;
  readonly at: string;
}
