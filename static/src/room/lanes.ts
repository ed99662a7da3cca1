/** The lanes of the discussion on this screen: which one is in view, what is heard in each, what is unread. */
import { signal, type Signal } from '@preact/signals';
import { foldLane, laneRoom, type InnerLane, type LaneSnapshot } from '../live/lane';
import type { Room } from '../live/link';
import type { Remark } from '../live/remarks';
import type { Entry } from '../live/types';
import { Saying } from './remarks';
import type { RoomStore } from './store';

export type LaneName = 'all' | InnerLane;

/** A remark with the agency whose lane it was said in; nobody's before all. */
export interface Heard { readonly remark: Remark; readonly owner: string }

/** After these the door of a lane that was closed is tried once more. */
const KNOCK = new Set(['chair_handed_over', 'item_started', 'agency_invited']);
const SEEN = 'entaku-seen';

export class Lanes {
  readonly current: Signal<LaneName> = signal<LaneName>('all');
  /** The agency the chair answers; empty until one is chosen. */
  readonly chosen = signal('');
  /** Only what calls on the own agency. */
  readonly onlyMine = signal(false);
  /** The remark that is looked for: the log goes there. */
  readonly sought: Signal<string | null> = signal<string | null>(null);
  private readonly rooms = signal<ReadonlyMap<string, Room<LaneSnapshot>>>(new Map());
  private readonly sayings = new Map<string, Saying>();
  private readonly seen: Signal<Readonly<Record<string, number>>> = signal(recalled());

  constructor(private readonly store: RoomStore) {
    store.conference.onEntry(({ kind }) => {
      if (KNOCK.has(kind)) this.forgetGone();
    });
  }

  /** Inner lanes are for those who act for an agency at the table. */
  get names(): readonly LaneName[] {
    return this.store.isSeated ? ['all', 'agency', 'chair'] : ['all'];
  }

  /** Enters the lanes of the item in view, and leaves those that went on with the chair. */
  enter(): void {
    const itemId = this.store.item.value?.id;
    const wanted = new Set(itemId === undefined || !this.store.isSeated ? [] : this.wanted(itemId));
    const known = this.rooms.peek();
    const stays = (id: string): boolean => wanted.has(id) || itemId === undefined || !id.startsWith(`l-${itemId}`);
    if ([...known.keys()].every(stays) && [...wanted].every((id) => known.has(id))) return;
    const rooms = new Map<string, Room<LaneSnapshot>>();
    for (const [id, room] of known) {
      if (stays(id)) rooms.set(id, room);
      else room.leave();
    }
    for (const id of wanted) {
      if (rooms.has(id)) continue;
      const room = this.store.link.enter(id, foldLane);
      room.onEntry((entry) => this.heard(id, entry));
      rooms.set(id, room);
    }
    this.rooms.value = rooms;
  }

  /** What is said in a lane, in order; the chair hears what all agencies put to it. */
  remarks(lane: LaneName): readonly Heard[] {
    const item = this.store.item.value;
    if (item === null) return [];
    if (lane === 'all') return item.remarks.map((remark) => ({ remark, owner: '' }));
    const snapshots = this.ids(item.id, lane).flatMap((id) => this.rooms.value.get(id)?.state.value ?? []);
    const all = snapshots.flatMap(({ agency_id, remarks }) => remarks.map((remark) => ({ remark, owner: agency_id })));
    return snapshots.length < 2 ? all : all.sort((a, b) => (order(a) < order(b) ? -1 : 1));
  }

  /** Remarks of others that were not in view yet. */
  unread(lane: LaneName): number {
    const { agency_id, person } = this.store.data.actor;
    const known = this.seen.value[this.key(lane)] ?? 0;
    return this.remarks(lane).slice(known).filter(({ remark }) => remark.agency_id !== agency_id || remark.person !== person).length;
  }

  /** All of the lane is in view now. */
  look(lane: LaneName): void {
    const key = this.key(lane);
    const count = this.remarks(lane).length;
    if ((this.seen.peek()[key] ?? 0) >= count) return;
    this.seen.value = { ...this.seen.peek(), [key]: count };
    try {
      sessionStorage.setItem(SEEN, JSON.stringify(this.seen.peek()));
    } catch {
      // Without storage the marks last as long as the page.
    }
  }

  /** Whose lane one writes into: the chair chooses whom to answer, everybody else has only the own. */
  owner(lane: InnerLane): string {
    const { agency_id } = this.store.data.actor;
    if (lane === 'agency' || !this.store.isChair) return agency_id;
    const others = this.others;
    if (others.includes(this.chosen.value)) return this.chosen.value;
    return this.remarks('chair').at(-1)?.owner ?? others[0] ?? agency_id;
  }

  get others(): readonly string[] {
    return this.store.members.map((seat) => seat.agency_id).filter((id) => id !== this.store.data.actor.agency_id);
  }

  saying(itemId: string, lane: LaneName): Saying {
    const owner = lane === 'all' ? '' : this.owner(lane);
    const key = `${itemId} ${lane} ${owner}`;
    let found = this.sayings.get(key);
    if (found === undefined) {
      found = lane === 'all'
        ? new Saying('say_remark', { item_id: itemId }, this.store.send)
        : new Saying('say_in_lane', { item_id: itemId, lane, agency_id: owner }, this.store.send);
      this.sayings.set(key, found);
    }
    return found;
  }

  get typing(): boolean {
    return [...this.sayings.values()].some((saying) => saying.draft.value.trim() !== '');
  }

  /** Bring a remark of the record into view, wherever one is. */
  seek(remarkId: string): void {
    this.store.pane.value = 'right';
    this.onlyMine.value = false;
    this.sought.value = remarkId;
  }

  private wanted(itemId: string): readonly string[] {
    return [...this.ids(itemId, 'agency'), ...this.ids(itemId, 'chair')];
  }

  private ids(itemId: string, lane: InnerLane): readonly string[] {
    const own = this.store.data.actor.agency_id;
    const whose = lane === 'chair' && this.store.isChair ? this.others : [own];
    return whose.map((id) => laneRoom(itemId, id, lane));
  }

  private key(lane: LaneName): string {
    return `${this.store.item.value?.id ?? ''} ${lane}${lane === 'chair' && this.store.isChair ? ' all' : ''}`;
  }

  private heard(id: string, entry: Entry): void {
    const lane: LaneName = id.endsWith('-chair') ? 'chair' : 'agency';
    this.store.called(entry, lane);
  }

  private forgetGone(): void {
    const kept = [...this.rooms.peek()].filter(([, room]) => !room.gone.peek());
    if (kept.length < this.rooms.peek().size) this.rooms.value = new Map(kept);
    this.enter();
  }
}

const order = ({ remark }: Heard): string => `${remark.at} ${remark.id}`;

function recalled(): Readonly<Record<string, number>> {
  try {
    return JSON.parse(sessionStorage.getItem(SEEN) ?? '{}') as Record<string, number>;
  } catch {
    return {};
  }
}
