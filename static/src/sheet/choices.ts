/** The list of choices under the editor: arrows and typing move in it, a click takes from it. */

import { element, freshId, mark } from './elements';
import type { Box } from './editor';
import { matchingChoices } from './values';
import type { Choice, Translate } from './types';

export interface ChoiceEvents { picked(choice: Choice): void }

export class ChoiceList {
  readonly id = freshId('sg-list');
  private readonly list: HTMLUListElement;
  private all: readonly Choice[] = [];
  private shown: readonly Choice[] = [];
  private at = -1;
  private chosen: ReadonlySet<string> = new Set();
  private several = false;

  constructor(parent: HTMLElement, private readonly t: Translate, events: ChoiceEvents) {
    this.list = element('ul', 'sg-list', { role: 'listbox', id: this.id, 'aria-label': t('選択肢') });
    this.list.hidden = true;
    this.list.addEventListener('mousedown', (event) => event.preventDefault());
    this.list.addEventListener('click', (event) => {
      const item = event.target instanceof Element ? event.target.closest('li') : null;
      const choice = item ? this.shown[[...this.list.children].indexOf(item)] : undefined;
      if (choice) events.picked(choice);
    });
    parent.append(this.list);
  }

  get isOpen(): boolean { return !this.list.hidden; }
  get many(): boolean { return this.several; }
  get current(): Choice | null { return this.shown[this.at] ?? null; }
  get currentId(): string | null { return this.at < 0 ? null : this.optionId(this.at); }
  get count(): number { return this.all.length; }

  /** `clearing`: a choice that empties the cell stands last. */
  open(choices: readonly Choice[], chosen: readonly string[], several: boolean, clearing: boolean): void {
    this.all = clearing ? [...choices, { value: '', label: this.t('（空欄にする）') }] : choices;
    this.several = several;
    this.chosen = new Set(chosen);
    mark(this.list, 'aria-multiselectable', several ? 'true' : null);
    this.shown = this.all;
    this.at = several ? -1 : this.all.findIndex(({ value }) => this.chosen.has(value));
    this.list.hidden = false;
    this.draw();
  }

  close(): void {
    this.list.hidden = true;
    this.at = -1;
    this.shown = this.all = [];
    this.list.replaceChildren();
  }

  /** Narrows the list to what was typed; when nothing fits, all of it stays and nothing is meant. */
  narrow(typed: string): void {
    const fitting = matchingChoices(this.all.filter(({ value }) => value !== ''), typed);
    const found = fitting.length > 0 && typed.trim() !== '';
    this.shown = found ? fitting : this.all;
    this.at = found ? 0 : -1;
    this.draw();
  }

  move(step: 1 | -1): Choice | null {
    if (this.shown.length === 0) return null;
    const from = this.at < 0 && step < 0 ? 0 : this.at;
    this.at = (from + step + this.shown.length) % this.shown.length;
    this.draw();
    return this.current;
  }

  mean(choice: Choice): void {
    this.at = this.shown.indexOf(choice);
    this.draw();
  }

  choose(values: readonly string[]): void {
    this.chosen = new Set(values);
    this.draw();
  }

  private optionId(at: number): string { return `${this.id}-${at}`; }

  private draw(): void {
    const items = this.shown.map((choice, at) => {
      const item = element('li', at === this.at ? 'sg-option sg-meant' : 'sg-option', {
        role: 'option', id: this.optionId(at),
        'aria-selected': String(this.several ? this.chosen.has(choice.value) : at === this.at),
      });
      item.append(element('span', 'sg-tick', { 'aria-hidden': 'true' }), choice.label);
      return item;
    });
    this.list.replaceChildren(...items);
    items[this.at]?.scrollIntoView({ block: 'nearest' });
  }

  /** Below the editor if there is room, else above it. */
  place(editor: Box, room: { width: number; above: number; below: number }): void {
    if (this.list.hidden) return;
    const { style } = this.list;
    style.setProperty('min-width', `${Math.min(editor.width, room.width)}px`);
    style.setProperty('max-height', `${Math.max(120, Math.min(320, Math.max(room.below, room.above)))}px`);
    const height = this.list.offsetHeight;
    const up = height > room.below && room.above > room.below;
    const left = Math.max(0, Math.min(editor.left, room.width - this.list.offsetWidth));
    const top = up ? editor.top - height - 8 : editor.top + editor.height + 8;
    style.setProperty('transform', `translate(${left}px, ${top}px)`);
    mark(this.list, 'tabindex', this.list.scrollHeight > this.list.clientHeight ? '0' : null);
  }

  get height(): number { return this.list.hidden ? 0 : this.list.offsetHeight + 8; }
}
