/** Rooms before their first entry: what a journal begins to fold from. */
import type { ConferenceSnapshot } from './conference';
import type { ItemSnapshot } from './item';
import type { SheetSnapshot } from './sheet';

export const blankConference = (id: string): ConferenceSnapshot => ({
  id,
  name: '',
  status: 'planned',
  starts_at: '',
  chair: { agency_id: '', name: '' },
  seats: [],
  proxies: [],
  items: [],
  opened_at: null,
  closed_at: null,
  paused: null,
  preliminary: [],
  polls: [],
});

export const blankItem = (id: string): ItemSnapshot => ({
  id,
  case: null,
  remarks: [],
  outcomes: [],
  nominating: null,
  nominations: [],
  rounds: [],
  papers_fixed: null,
  recusals: [],
  speakers: { is_open: true, allowance: null, waiting: [], present: null, speeches: [] },
  settled: null,
  guests: [],
  corrections: [],
  preferences: [],
  gaps: [],
  polls: [],
});

export const blankSheet = (id: string): SheetSnapshot => ({ id, rows: [], cells: {}, papers: [], on_items: {} });
