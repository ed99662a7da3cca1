/** What the owner's page is made of; the shapes follow docs/wire.md. */

export interface GuestStatement {
  readonly version: number;
  readonly lead: string;
  readonly points: readonly string[];
  readonly close: string;
}

export interface GuestFact {
  readonly column: string;
  readonly label: string;
  readonly value: string;
  readonly correctable: boolean;
}

export interface GuestCorrection {
  readonly id: string;
  readonly column: string;
  readonly label: string;
  readonly value: string;
  readonly words: string;
  readonly at: string;
  readonly state: 'waiting' | 'taken' | 'set_aside';
  readonly answer: string;
  readonly told: string;
}

export interface GuestTable {
  readonly is_running: boolean;
  readonly now: string;
  readonly ends_at: string | null;
  readonly resumes_at: string | null;
  readonly agencies: readonly { readonly id: string; readonly name: string }[];
  readonly facts: readonly GuestFact[];
  readonly issues: readonly string[];
  readonly offers: readonly { readonly agency: string; readonly menu: string; readonly available_from: string }[];
  readonly corrections: readonly GuestCorrection[];
  readonly preferences: readonly { readonly id: string; readonly agency: string; readonly text: string; readonly at: string }[];
}

export interface GuestPicture {
  readonly guest: string;
  readonly firm: string;
  readonly conference: string;
  readonly expires_at: string;
  readonly statement: GuestStatement | null;
  readonly table: GuestTable | null;
}

/** The guest's part is over. */
export interface GuestEnd {
  readonly message: string;
  readonly remedy: string;
}

export interface GuestData {
  readonly language: string;
  readonly shard: string;
  readonly csrf: string;
  readonly urls: {
    /** With ACT in the place of the act's name. */
    readonly act: string;
    readonly here: string;
  };
}

export function guestData(): GuestData | null {
  const text = document.getElementById('guest-data')?.textContent;
  return text ? (JSON.parse(text) as GuestData) : null;
}
