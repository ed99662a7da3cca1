/** What the page hands to its script: the words of the domain, addresses, and what the agenda is about. */

type Labels = Readonly<Record<string, string>>;

/** `title` is empty where the reader may not know it. */
export interface Titled {
  readonly id: string;
  readonly title: string;
  readonly case_id: string | null;
  readonly is_open: boolean;
}

export interface MomentsData {
  readonly conference_id: string;
  readonly language: string;
  readonly urls: {
    readonly here: string;
    readonly entries: string;
    readonly sight: string;
    /** With CASE in the place of the case's id. */
    readonly columns: string;
  };
  /** Room → the class the reader sees it in. */
  readonly sight: Readonly<Record<string, string>>;
  readonly items: readonly Titled[];
  readonly labels: {
    readonly stances: Labels;
    readonly results: Labels;
    readonly outcomes: Labels;
    readonly modes: Labels;
    readonly item_steps: Labels;
    readonly item_results: Labels;
    readonly conference: Labels;
  };
  /** Kind of agency → its one-character mark. */
  readonly marks: Labels;
}

export function momentsData(): MomentsData | null {
  const text = document.getElementById('moments-data')?.textContent;
  return text ? (JSON.parse(text) as MomentsData) : null;
}
