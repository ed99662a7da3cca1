/** Small pieces of the page of moments. */
import type { ComponentChildren, JSX } from 'preact';
import { t } from '../i18n';
import { lookOf } from '../room/marks';
import { clockTime, dayText, today } from '../room/time';
import type { MomentsStore } from './store';

/** One agency: colour by kind, one-character mark, name. */
export function Agency({ store, id, name = '' }: { store: MomentsStore; id: string | null; name?: string }): JSX.Element {
  const seat = store.seat(id);
  return (
    <span class={`agency ${lookOf(seat?.kind ?? '')}`}>
      <span class="agency-mark" aria-hidden="true">{seat?.mark ?? t('他')}</span>
      <span class="agency-name">{seat?.name ?? name}</span>
    </span>
  );
}

export function Muted({ children }: { children: ComponentChildren }): JSX.Element {
  return <p class="muted small">{children}</p>;
}

/** 2026年12月15日(火) 14:12:05 */
export function momentText(at: string, language: string): string {
  return `${dayText(today(Date.parse(at)), language)} ${clockTime(at, language, true)}`;
}

export function Part({ title, children }: { title: string; children: ComponentChildren }): JSX.Element {
  return (
    <section class="card moments-part" aria-label={title}>
      <h3>{title}</h3>
      {children}
    </section>
  );
}
