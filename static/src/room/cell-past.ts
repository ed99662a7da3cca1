/** The history of one cell as it is looked at: the newest first, going on with whatever is written meanwhile. */
import { computed, effect, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import { t } from '../i18n';
import { cellKey } from '../live/sheet';
import type { Refusal } from '../live/types';
import type { Value } from '../sheet/types';
import type { CaseSheet, ColumnInfo } from './case-sheet';

export interface Version {
  readonly version: number;
  readonly at: string;
  readonly person: string;
  readonly agency: string;
  readonly agency_kind: string;
  readonly before: Value;
  readonly value: Value;
  readonly source: string;
  readonly reason: string;
  /** False where what it said was erased. */
  readonly is_known: boolean;
}

interface Page {
  readonly versions: readonly Version[];
  readonly earlier: number | null;
  readonly may_write: boolean;
  readonly frozen: boolean;
}

/** Puts the newest versions before those known; where they leave a gap, only they are known. */
export function joined(newest: readonly Version[], known: readonly Version[]): readonly Version[] {
  const last = newest[newest.length - 1]?.version ?? 0;
  const rest = known.filter(({ version }) => version < last);
  return rest[0] !== undefined && rest[0].version < last - 1 ? newest : [...newest, ...rest];
}

export class CellPast {
  readonly versions: Signal<readonly Version[]> = signal([]);
  /** The version before which more can be asked for. */
  readonly earlier: Signal<number | null> = signal(null);
  readonly loading = signal(false);
  readonly failed = signal(false);
  readonly mayWrite = signal(false);
  readonly frozen = signal(false);
  /** What stands in the cell now, as far as this history knows. */
  readonly newest: ReadonlySignal<number> = computed(() => this.versions.value[0]?.version ?? 0);
  /** Said once: who changed the cell while its history is open. */
  readonly news = signal('');
  private readonly stop: () => void;

  constructor(readonly sheet: CaseSheet, readonly column: ColumnInfo, readonly row: string, private readonly url: string) {
    this.stop = effect(() => {
      const held = sheet.room.state.value?.cells[cellKey(row, column.key)]?.version ?? 0;
      if (held > this.newest.peek()) void this.load(null);
    });
  }

  close(): void {
    this.stop();
  }

  more(): void {
    void this.load(this.earlier.peek());
  }

  again(): void {
    void this.load(null);
  }

  private async load(before: number | null): Promise<void> {
    this.loading.value = true;
    try {
      const asked = new URLSearchParams({ row: this.row, column: this.column.key });
      if (before !== null) asked.set('before', String(before));
      const response = await fetch(`${this.url}?${asked.toString()}`, { credentials: 'same-origin' });
      if (!response.ok) throw new Error(String(response.status));
      this.take((await response.json()) as Page, before);
      this.failed.value = false;
    } catch {
      this.failed.value = true;
    }
    this.loading.value = false;
  }

  private take(page: Page, before: number | null): void {
    const known = this.versions.peek();
    const [newest] = page.versions;
    if (before === null && known.length > 0 && newest !== undefined) {
      this.news.value = t('{agency} {person}がこのセルを変更しました。', { agency: newest.agency, person: newest.person });
    }
    const all = before === null ? joined(page.versions, known) : [...known, ...page.versions];
    if (before !== null || all.length === page.versions.length) this.earlier.value = page.earlier;
    this.versions.value = all;
    this.mayWrite.value = page.may_write;
    this.frozen.value = page.frozen;
  }

  /** Refused with the name where somebody changed the cell since; null once it is done. */
  restore(version: Version, reason: string): Promise<Refusal | null> {
    return this.sheet.restore(this.column, this.row, version.value, this.newest.peek(), reason);
  }
}
