/** How a conference takes its course: breaks, steps, later, and how items end. */
import type { Entry } from './types';

export type ItemStep = 'explanation' | 'questions' | 'menu' | 'lead' | 'tasks';
export type ItemResult = 'decided' | 'provisional' | 'continued' | 'withdrawn' | 'held' | 'passed_over';

export interface Pause {
  readonly reason: string;
  readonly at: string;
  readonly resumes_at: string;
}

/** The agency that answers for what follows an item, and when or where it goes on. */
export interface ItemEnding {
  readonly result: ItemResult;
  readonly owner_agency_id: string | null;
  readonly owner_person: string;
  readonly reason: string;
  readonly next_date: string | null;
  readonly next_conference_id: string | null;
  readonly next_conference_name: string;
  readonly by: string;
  readonly at: string;
}

export type CourseFacts = {
  conference_paused: Pause;
  conference_resumed: { at: string; item_id: string | null; ends_at: string | null };
  item_put_off: { item_id: string; item_ids: readonly string[] };
  step_taken: { item_id: string; step: ItemStep };
};

export function endingOf({ body, by, at }: Entry): ItemEnding {
  return { ...(body as Omit<ItemEnding, 'by' | 'at'>), by: by.person, at };
}
