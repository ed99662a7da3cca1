/** Which moment is looked at, and the table as it stood then. */
import { computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import { t } from '../i18n';
import type { AgendaItem, ConferenceSeat, ConferenceSnapshot } from '../live/conference';
import type { ItemSnapshot } from '../live/item';
import type { SheetSnapshot } from '../live/sheet';
import type { MomentsData } from './data';
import { conferenceIn, itemIn, sheetIn, type Moment, type Pictures, type Tape } from './tape';

/** Browsers refuse an address that changes with every step of a slider. */
const SETTLES_MS = 200;

export class MomentsStore {
  readonly index: Signal<number>;
  readonly pictures: ReadonlySignal<Pictures>;
  readonly conference: ReadonlySignal<ConferenceSnapshot>;
  /** The item chosen to be looked at; null follows the running one. */
  readonly chosen = signal<string | null>(null);
  private settling: ReturnType<typeof setTimeout> | undefined;

  constructor(readonly tape: Tape, readonly data: MomentsData, asked: string | null) {
    this.index = signal(asked === null ? tape.moments.length - 1 : tape.indexAt(asked));
    this.pictures = computed(() => tape.picturesAt(this.index.value));
    this.conference = computed(() => conferenceIn(this.pictures.value, data.conference_id));
  }

  get moment(): Moment {
    return this.tape.moments[this.index.value]!;
  }

  /** Milliseconds at the moment in view. */
  get now(): number {
    return Date.parse(this.moment.at);
  }

  get agenda(): readonly AgendaItem[] {
    return this.conference.value.items;
  }

  /** In view: the one chosen, else the running one, else the one that ended last. */
  get item(): AgendaItem | null {
    const { agenda } = this;
    const ended = agenda.filter((one) => one.ended_at !== null).sort((a, b) => (a.ended_at! < b.ended_at! ? -1 : 1));
    return agenda.find((one) => one.id === this.chosen.value)
      ?? agenda.find((one) => one.status === 'running') ?? ended.at(-1) ?? agenda[0] ?? null;
  }

  told(item: AgendaItem): ItemSnapshot | null {
    return this.isOpen(item) ? itemIn(this.pictures.value, item.id) : null;
  }

  isOpen(item: AgendaItem): boolean {
    return this.data.items.find((one) => one.id === item.id)?.is_open ?? false;
  }

  sheet(item: AgendaItem): SheetSnapshot | null {
    const id = this.caseOf(item);
    return id === null ? null : sheetIn(this.pictures.value, id);
  }

  caseOf(item: AgendaItem): string | null {
    return this.data.items.find((one) => one.id === item.id)?.case_id ?? null;
  }

  /** As the item's own room names it; whoever sees nothing of it knows its number only. */
  titleOf(item: AgendaItem): string {
    const known = this.data.items.find((one) => one.id === item.id)?.title ?? '';
    const title = known || item.title;
    return title === '' ? t('議題{number}', { number: item.position }) : t('議題{number} {title}', { number: item.position, title });
  }

  seat(id: string | null): ConferenceSeat | undefined {
    return this.conference.value.seats.find((one) => one.agency_id === id);
  }

  name(id: string | null): string {
    return this.seat(id)?.name ?? '';
  }

  go(index: number): void {
    this.index.value = Math.min(Math.max(index, 0), this.tape.moments.length - 1);
    clearTimeout(this.settling);
    this.settling = setTimeout(() => history.replaceState(null, '', this.address(this.moment)), SETTLES_MS);
  }

  address(moment: Moment): string {
    return `${this.data.urls.here}?at=${encodeURIComponent(moment.at)}`;
  }

  /** The nearest moment before or behind this one with which a part of the conference begins. */
  part(by: -1 | 1): number {
    const { moments } = this.tape;
    let at = this.index.value + by;
    while (at > 0 && at < moments.length - 1 && !moments[at]!.told.some(({ told }) => told.weight !== '')) at += by;
    return at;
  }
}
