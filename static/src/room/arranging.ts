/** The agenda in a new order: what waits changes places, what has begun keeps its own (the domain's `item_course`). */
import type { AgendaItem } from '../live/conference';
import type { Act } from './forms';
import type { RoomStore } from './store';

export function waitingIds(agenda: readonly AgendaItem[]): string[] {
  return agenda.filter((item) => item.status === 'waiting').map((item) => item.id);
}

/** The agenda with its waiting items in this order; the others keep their places. */
export function rearranged(agenda: readonly AgendaItem[], waiting: readonly string[]): string[] {
  const coming = [...waiting];
  return agenda.map((item) => (item.status === 'waiting' ? coming.shift() ?? item.id : item.id));
}

/** The waiting item moved by so many places among those that wait; null where it cannot go. */
export function movedBy(agenda: readonly AgendaItem[], id: string, by: number): string[] | null {
  const waiting = waitingIds(agenda);
  const at = waiting.indexOf(id);
  const to = at + by;
  if (at < 0 || to < 0 || to >= waiting.length) return null;
  waiting.splice(at, 1);
  waiting.splice(to, 0, id);
  return rearranged(agenda, waiting);
}

/** The waiting item dropped before or after another waiting one; null where nothing would change. */
export function droppedAt(agenda: readonly AgendaItem[], id: string, target: string, after: boolean): string[] | null {
  const waiting = waitingIds(agenda);
  if (id === target || !waiting.includes(id) || !waiting.includes(target)) return null;
  const rest = waiting.filter((one) => one !== id);
  rest.splice(rest.indexOf(target) + (after ? 1 : 0), 0, id);
  return rest.every((one, at) => one === waiting[at]) ? null : rearranged(agenda, rest);
}

export function reorder(store: RoomStore, order: readonly string[] | null): void {
  const act = orderAct(store);
  if (order === null || act.busy.value) return;
  void act.run('reorder_agenda', { conference_id: store.data.conference_id, item_ids: order });
}

export function orderAct(store: RoomStore): Act {
  return store.forms.form('order');
}
