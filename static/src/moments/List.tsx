/** 会議の流れ: what happened, line by line; the moment in view is marked, and each line leads to its own. */
import { Component, type JSX, type TargetedKeyboardEvent } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { t } from '../i18n';
import { clockTime, dayText, today } from '../room/time';
import type { MomentsStore } from './store';
import type { Moment } from './tape';

export function List({ store }: { store: MomentsStore }): JSX.Element {
  const list = useRef<HTMLOListElement>(null);
  const current = store.index.value;
  const { moments } = store.tape;
  const days = useMemo(() => moments.map(({ at }) => today(Date.parse(at))), [moments]);
  useEffect(() => bringIntoView(list.current, current), [current]);
  const keys = (event: TargetedKeyboardEvent<HTMLOListElement>): void => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    store.go(current + by);
    lineOf(list.current, store.index.peek())?.focus();
  };
  return (
    <section class="moments-flow" aria-labelledby="list-title">
      <h2 id="list-title">{t('会議の流れ')}</h2>
      <ol class="moments-list plain" ref={list} onKeyDown={keys}>
        {moments.map((moment, index) => (
          <Line key={moment.at} store={store} moment={moment} index={index} current={index === current}
            day={days[index] === days[index - 1] ? '' : days[index]!} />
        ))}
      </ol>
    </section>
  );
}

interface LineProps {
  readonly store: MomentsStore;
  readonly moment: Moment;
  readonly index: number;
  readonly current: boolean;
  /** Told where the day changes. */
  readonly day: string;
}

/** Of a long conference only the two lines that change are drawn again. */
class Line extends Component<LineProps> {
  override shouldComponentUpdate(next: LineProps): boolean {
    return next.current !== this.props.current;
  }

  override render(): JSX.Element {
    return <Told {...this.props} />;
  }
}

function Told({ store, moment, index, current, day }: LineProps): JSX.Element {
  const { language } = store.data;
  const weight = moment.told.find(({ told }) => told.weight !== '')?.told.weight ?? '';
  const go = (event: MouseEvent): void => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    store.go(index);
  };
  return (
    <li class={`moment${weight === '' ? '' : ` is-${weight}`}${current ? ' is-current' : ''}`}>
      {day === '' ? null : <span class="moment-day">{dayText(day, language)}</span>}
      <a class="moment-line" href={store.address(moment)} aria-current={current ? 'true' : undefined} tabIndex={current ? 0 : -1} onClick={go}>
        <time class="moment-time" dateTime={moment.at}>{clockTime(moment.at, language, true)}</time>
        <span class="moment-text">
          {moment.told.map((one) => (
            <span key={one.cursor} class="moment-told">
              {one.told.text}
              {one.told.note === '' ? null : <span class="moment-note">{one.told.note}</span>}
            </span>
          ))}
          <span class="moment-by">{byOf(moment)}</span>
        </span>
      </a>
    </li>
  );
}

function byOf(moment: Moment): string {
  const { by } = moment.told[0]!;
  return `${by.agency} ${by.person}`;
}

const lineOf = (list: HTMLElement | null, index: number): HTMLElement | null =>
  list?.children[index]?.querySelector<HTMLElement>('.moment-line') ?? null;

/** The list scrolls, not the page. */
function bringIntoView(list: HTMLElement | null, index: number): void {
  const line = list?.children[index] as HTMLElement | undefined;
  if (list === null || line === undefined || list.scrollHeight <= list.clientHeight) return;
  const top = line.offsetTop - list.offsetTop;
  if (top < list.scrollTop || top + line.offsetHeight > list.scrollTop + list.clientHeight) {
    list.scrollTop = top - list.clientHeight / 3;
  }
}
