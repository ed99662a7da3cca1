/** What the page hands to the script: who acts, where, and the words of the domain in the reader's language. */

type Labels = Readonly<Record<string, string>>;

/** 守秘・取扱いの確認, in the reader's language. */
export interface Statement {
  readonly version: number;
  readonly lead: string;
  readonly points: readonly string[];
  readonly close: string;
}

export interface RoomData {
  readonly conference_id: string;
  readonly language: string;
  /** The item asked for in the address; null follows the running one. */
  readonly item: string | null;
  readonly projector: boolean;
  readonly masked: boolean;
  /** What this person has to accept first; null once that is done. */
  readonly statement: Statement | null;
  readonly is_host: boolean;
  readonly host_agency_id: string;
  /** Conferences of the same secretariat to which the chair may move an item. */
  readonly next_conferences: readonly { readonly id: string; readonly name: string; readonly day: string }[];
  readonly online_url: string;
  /** Of the conference's journals once it is closed; empty before, and where it closed since the page came. */
  readonly fingerprint: string;
  readonly actor: {
    readonly person_id: string;
    readonly agency_id: string;
    readonly agency: string;
    readonly kind: string;
    readonly person: string;
    readonly role: string;
    readonly membership_id: string;
  };
  readonly urls: {
    readonly here: string;
    readonly leave: string;
    readonly projector: string;
    readonly minutes: string;
    readonly moments: string;
    readonly sign_in: string;
    /** With CASE in the place of the case's id. */
    readonly columns: string;
    readonly history: string;
    readonly sheet: string;
    /** With ITEM in the place of the item's id. */
    readonly fitting: string;
    readonly prospect: string;
    /** With ROUND and SEAT in the place of their ids. */
    readonly word: string;
    readonly stance_file: string;
    /** With POLL in the place of the ballot's id. */
    readonly vote: string;
    readonly enter_stance: string;
    readonly head_office: string;
    readonly decision: string;
    /** With PLAN in the place of the plan's id. */
    readonly plan: string;
    /** With CASE in the place of the case's id: where papers are brought. */
    readonly papers: string;
    /** With GAP in the place of the id of a 引受手不在. */
    readonly gap: string;
  };
  readonly labels: {
    readonly stances: Labels;
    readonly cell_sources: Labels;
    readonly manners: Labels;
    readonly poll_kinds: Labels;
    readonly poll_outcomes: Labels;
    readonly methods: Labels;
    readonly ties: Labels;
    readonly denominators: Labels;
    readonly abstentions: Labels;
    readonly marks: Labels;
    readonly results: Labels;
    readonly outcomes: Labels;
    readonly items: Labels;
    readonly speech: Labels;
    readonly modes: Labels;
    readonly replies: Labels;
    readonly item_steps: Labels;
    readonly item_results: Labels;
    readonly conference: Labels;
    readonly case: Labels;
    readonly plan_status: Labels;
    readonly plan_answers: Labels;
    readonly plan_sections: Labels;
    readonly addendum_fields: Labels;
    readonly gap_kinds: Labels;
    readonly gap_states: Labels;
    readonly paper_kinds: Labels;
    readonly paper_groups: Labels;
    readonly paper_types: Labels;
  };
  /** Kind of agency → its one-character mark. */
  readonly marks: Labels;
}

export function roomData(): RoomData | null {
  const text = document.getElementById('room-data')?.textContent;
  return text ? (JSON.parse(text) as RoomData) : null;
}
