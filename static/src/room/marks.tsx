/** Small pieces that look and read alike everywhere in the room: agencies, refusals, stances. */
import type { ComponentChildren, JSX } from 'preact';
import { t } from '../i18n';
import type { Refusal } from '../live/types';
import type { RoomStore } from './store';

const LOOKS: Readonly<Record<string, string>> = {
  financial_institution: 'lender',
  jfc: 'lender',
  guarantee_association: 'guarantee',
  guarantee_federation: 'federation',
  yorozu: 'yorozu',
  revitalization_council: 'council',
  succession_center: 'succession',
  chamber: 'chamber',
  commerce_society: 'chamber',
  commerce_federation: 'chamber',
  expert: 'expert',
  local_government: 'government',
  smrj: 'smrj',
};

/** The class that colours a kind of agency. */
export const lookOf = (kind: string): string => `agency-${LOOKS[kind] ?? 'other'}`;

interface AgencyProps {
  readonly store: RoomStore;
  readonly kind: string;
  readonly name: string;
  readonly note?: string | undefined;
  readonly away?: boolean;
}

/** One agency: colour by kind, one-character mark, name. Colour never stands alone. */
export function Agency({ store, kind, name, note, away = false }: AgencyProps): JSX.Element {
  return (
    <span class={`agency ${lookOf(kind)}${away ? ' is-away' : ''}`}>
      <span class="agency-mark" aria-hidden="true">{store.data.marks[kind] ?? t('他')}</span>
      <span class="agency-name">{name}</span>
      {note === undefined ? null : <span class="agency-note">{note}</span>}
    </span>
  );
}

/** An agency known by its seat; one that has no seat any more is named as it was. */
export function SeatMark({ store, id, name = '' }: { store: RoomStore; id: string | null; name?: string }): JSX.Element {
  const seat = store.seat(id);
  return <Agency store={store} kind={seat?.kind ?? ''} name={seat?.name ?? name} />;
}

interface RefusedProps {
  readonly refusal: Refusal | null;
  readonly kept?: boolean;
  /** Fields that tell themselves what is wrong with them. */
  readonly shown?: ReadonlySet<string>;
}

const NONE: ReadonlySet<string> = new Set();

/** What happened, what was kept, what to do: beside the act it belongs to. */
export function Refused({ refusal, kept = true, shown = NONE }: RefusedProps): JSX.Element | null {
  if (refusal === null) return null;
  const fields = Object.entries(refusal.fields).filter(([name]) => !shown.has(name)).map(([, sentence]) => sentence);
  return (
    <div class="refusal" role="alert">
      <p class="refusal-what">{refusal.message}</p>
      {fields.length === 0 ? null : <ul>{[...new Set(fields)].map((field) => <li key={field}>{field}</li>)}</ul>}
      {kept && refusal.code !== 'malformed' ? <p>{t('入力した内容は残っています。')}</p> : null}
      {refusal.remedy === '' ? null : <p>{refusal.remedy}</p>}
    </div>
  );
}

/** The word of a stance with its sign. */
export function StanceBadge({ store, stance }: { store: RoomStore; stance: string }): JSX.Element {
  return <span class={`badge stance-${stance}`}>{store.data.labels.stances[stance] ?? stance}</span>;
}

/** A person's name: left out where names are masked. */
export function Person({ store, name }: { store: RoomStore; name: string }): JSX.Element | null {
  return store.data.masked || name === '' ? null : <span class="person nowrap">{name}</span>;
}

/** Text that may hold the firm's name, which a masked projector does not show. */
export function Told({ store, text }: { store: RoomStore; text: string }): JSX.Element {
  const firm = store.data.masked ? store.item.value?.case?.firm_name : undefined;
  return <>{firm ? text.replaceAll(firm, '◯◯◯◯') : text}</>;
}

export function Muted({ children }: { children: ComponentChildren }): JSX.Element {
  return <p class="muted small">{children}</p>;
}
