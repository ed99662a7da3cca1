/** Who else stands at a cell: an outline in the colour of the agency's kind, and always mark and name in words. */

import { element } from './elements';
import type { PresentPerson, Translate } from './types';

const NAMED = 2;

/** "金 田中・よ 佐藤（入力中）ほか1人" */
export function presenceText(people: readonly PresentPerson[], t: Translate): string {
  const named = people.slice(0, NAMED).map((person) => {
    const who = `${person.mark} ${person.name}`.trim();
    return person.editing ? t('{who}（入力中）', { who }) : who;
  }).join('・');
  const others = people.length - NAMED;
  return others > 0 ? t('{names} ほか{count}人', { names: named, count: String(others) }) : named;
}

/** Puts the tag on a drawn cell, or takes it away. The first row hangs it below, where the head cannot cover it. */
export function drawPresence(
  cell: HTMLElement, people: readonly PresentPerson[], below: boolean, t: Translate,
): void {
  const old = cell.querySelector<HTMLElement>('.sg-who');
  const first = people[0];
  cell.classList.toggle('sg-met', first !== undefined);
  if (!first) {
    old?.remove();
    cell.removeAttribute('data-kind');
    return;
  }
  const tag = old ?? element('span', 'sg-who');
  const text = presenceText(people, t);
  if (tag.textContent !== text) tag.textContent = text;
  tag.classList.toggle('sg-below', below);
  cell.setAttribute('data-kind', first.kind);
  if (!old) cell.append(tag);
}
