/** The field itself: after ＠ it offers the agencies and people of the lane, by arrow keys or by touch. */
import type { JSX, RefObject } from 'preact';
import { useState } from 'preact/hooks';
import { t } from '../i18n';
import type { LaneName } from './lanes';
import { calling, completed, fitting, type Callable } from './mentions';
import type { Saying } from './remarks';
import type { RoomStore } from './store';

interface FieldProps {
  readonly store: RoomStore;
  readonly lane: LaneName;
  readonly saying: Saying;
  readonly field: RefObject<HTMLTextAreaElement | null>;
  readonly send: () => void;
  readonly refused: boolean;
}

/** Who hears the lane: seated agencies, and those of their people who are here or have spoken. */
function known(store: RoomStore, lane: LaneName): readonly Callable[] {
  const chair = store.conference.state.value?.chair.agency_id ?? '';
  const within = lane === 'all' ? null : new Set(lane === 'agency' ? [store.data.actor.agency_id] : [store.lanes.owner('chair'), chair]);
  const seats = store.members.filter((seat) => within === null || within.has(seat.agency_id));
  const called: Callable[] = seats.map((seat) => ({ kind: 'agency', agency_id: seat.agency_id, name: seat.name, note: '' }));
  const people = [...store.link.present.value, ...store.lanes.remarks(lane).map(({ remark }) => remark)];
  for (const { agency_id, person } of people) {
    const seat = seats.find((one) => one.agency_id === agency_id);
    if (seat === undefined || called.some((one) => one.kind === 'person' && one.agency_id === agency_id && one.name === person)) continue;
    called.push({ kind: 'person', agency_id, name: person, note: seat.name });
  }
  return called;
}

export function MentionField({ store, lane, saying, field, send, refused }: FieldProps): JSX.Element {
  const [caret, setCaret] = useState<number | null>(null);
  const [at, setAt] = useState(0);
  const text = saying.draft.value;
  const call = caret === null ? null : calling(text, caret);
  const offered = call === null ? [] : fitting(known(store, lane), call.typed);
  const open = offered.length > 0;
  const chosen = Math.min(at, offered.length - 1);
  const take = (one: Callable | undefined): void => {
    if (call === null || caret === null || one === undefined) return;
    const done = completed(text, caret, call.from, one.name);
    saying.draft.value = done.text;
    setCaret(null);
    requestAnimationFrame(() => {
      field.current?.focus();
      field.current?.setSelectionRange(done.caret, done.caret);
    });
  };
  const press = (event: KeyboardEvent): void => {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      setCaret(null);
      send();
    } else if (open && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      event.preventDefault();
      setAt((chosen + (event.key === 'ArrowDown' ? 1 : offered.length - 1)) % offered.length);
    } else if (open && (event.key === 'Enter' || event.key === 'Tab') && !event.shiftKey) {
      event.preventDefault();
      take(offered[chosen]);
    } else if (open && event.key === 'Escape') {
      event.preventDefault();
      setCaret(null);
    }
  };
  return (
    <div class="composer-field">
      <textarea class="input" id="composer" rows={2} maxLength={2000} ref={field} value={text}
        aria-describedby={refused ? 'composer-refusal composer-keys' : 'composer-keys'}
        aria-autocomplete="list" aria-controls="composer-people" {...(open ? { 'aria-activedescendant': `call-${chosen}` } : {})}
        onInput={(event) => {
          saying.draft.value = event.currentTarget.value;
          setCaret(event.currentTarget.selectionStart);
          setAt(0);
        }}
        onBlur={() => setCaret(null)} onKeyDown={press} />
      <ul class="composer-people" id="composer-people" role="listbox" aria-label={t('宛先の候補')} hidden={!open}>
        {offered.map((one, index) => (
          <li key={`${one.agency_id} ${one.name}`} id={`call-${index}`} role="option" aria-selected={index === chosen}
            onPointerDown={(event) => { event.preventDefault(); take(one); }}>
            <span class="call-name">{one.name}</span>{one.note === '' ? null : <span class="call-note">{one.note}</span>}
          </li>
        ))}
      </ul>
      <p class="hidden-text" role="status">{open ? t('宛先の候補が{count}件あります。上下の矢印キーで選び、Enterで決定します。', { count: offered.length }) : ''}</p>
    </div>
  );
}
