/** An inner lane of an item: among one agency (自機関内), or between it and the chair (議長宛). */
import { corrected, remarkOf, type Remark } from './remarks';
import type { Entry } from './types';

export type InnerLane = 'agency' | 'chair';

export interface LaneSnapshot {
  readonly item_id: string;
  /** Whose lane it is; in `chair` the chair's people write into it too. */
  readonly agency_id: string;
  readonly lane: InnerLane;
  readonly remarks: readonly Remark[];
}

/** The room can be joined before anything was said in it, so its name is made of what it is for. */
export const laneRoom = (itemId: string, agencyId: string, lane: InnerLane): string => `l-${itemId}-${agencyId}-${lane}`;

export function foldLane(before: LaneSnapshot, entry: Entry): LaneSnapshot {
  switch (entry.kind) {
    case 'lane_remark_made':
      return { ...before, remarks: [...before.remarks, remarkOf(entry)] };
    case 'lane_remark_corrected':
      return { ...before, remarks: corrected(before.remarks, entry) };
    default:
      throw new Error(`a lane knows no ${entry.kind}`);
  }
}
