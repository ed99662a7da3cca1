/**
 * The one text field of the grid. It stays over the active cell and always has the focus, wholly selected,
 * so the first character of an IME falls into something editable. It is never re-created, never blurred by
 * us and never given another text while composing.
 */

import { element, mark } from './elements';
import type { CellType } from './types';

export interface Box { left: number; top: number; width: number; height: number }

export interface EditorEvents {
  /** The first character over a selected cell arrived, composed or not. */
  began(): void;
  changed(): void;
  /** A key that no IME claims. */
  pressed(event: KeyboardEvent): void;
  copied(event: ClipboardEvent, cut: boolean): void;
  pasted(event: ClipboardEvent): void;
  entered(): void;
  /** The focus went elsewhere in this page; looking at another window is not leaving. */
  left(): void;
}

const LEAST_WIDTH: Partial<Record<CellType, number>> = { longtext: 360, multi: 240, text: 160 };

export class Editor {
  readonly field: HTMLTextAreaElement;
  private busy = false;
  private ending = false;
  private type: CellType = 'text';

  constructor(parent: HTMLElement, private readonly helpId: string, private readonly events: EditorEvents) {
    this.field = element('textarea', 'sg-ed', {
      rows: '1', spellcheck: 'false', autocomplete: 'off', autocapitalize: 'off', wrap: 'soft',
      'aria-describedby': helpId,
    });
    parent.append(this.field);
    this.listen();
  }

  private listen(): void {
    const { field, events } = this;
    field.addEventListener('compositionstart', () => { this.busy = true; events.began(); });
    field.addEventListener('compositionend', () => { this.busy = false; events.changed(); });
    field.addEventListener('input', () => { events.began(); events.changed(); });
    field.addEventListener('keydown', (event) => {
      if (event.isComposing || event.keyCode === 229) return; // the key belongs to the IME
      events.pressed(event);
    });
    field.addEventListener('copy', (event) => events.copied(event, false));
    field.addEventListener('cut', (event) => events.copied(event, true));
    field.addEventListener('paste', (event) => events.pasted(event));
    field.addEventListener('focus', () => events.entered());
    field.addEventListener('blur', () => {
      if (document.activeElement !== field && !this.ending) events.left();
    });
  }

  get composing(): boolean { return this.busy; }
  get focused(): boolean { return document.activeElement === this.field; }
  get text(): string { return this.field.value; }

  focus(): void {
    if (!this.focused) this.field.focus({ preventScroll: true });
  }

  /** I clicked on something while composing: what stands there becomes text, as in any field that is left. */
  endComposition(): void {
    if (!this.busy) return;
    this.ending = true;
    this.field.blur();
    this.field.focus({ preventScroll: true });
    this.ending = false;
  }

  /** Moving: hold what the active cell shows, wholly selected, so that typing replaces it. */
  hold(text: string, label: string, type: CellType, readOnly: boolean): void {
    if (this.busy) return;
    const { field } = this;
    this.type = type;
    if (field.value !== text) field.value = text;
    if (field.readOnly !== readOnly) field.readOnly = readOnly;
    mark(field, 'aria-label', label);
    field.dataset['type'] = type;
    field.style.setProperty('height', '');
    field.scrollTop = 0;
    if (this.focused) field.select();
  }

  /** Editing what is there: the text in its editable form, the caret behind it or all of it selected. */
  open(text: string, caret: 'end' | 'all'): void {
    if (this.busy) return;
    this.field.value = text;
    if (caret === 'all') this.field.select();
    else this.field.setSelectionRange(text.length, text.length);
  }

  newline(): void {
    this.field.setRangeText('\n', this.field.selectionStart, this.field.selectionEnd, 'end');
    this.events.changed();
  }

  invalid(messageId: string | null): void {
    mark(this.field, 'aria-invalid', messageId === null ? null : 'true');
    mark(this.field, 'aria-describedby', messageId === null ? this.helpId : `${messageId} ${this.helpId}`);
  }

  /** Says which list belongs to the field and which of its options is meant. */
  lists(listId: string | null, optionId: string | null): void {
    mark(this.field, 'aria-controls', listId);
    mark(this.field, 'aria-autocomplete', listId === null ? null : 'list');
    mark(this.field, 'aria-activedescendant', optionId);
  }

  /** A screen keyboard only comes up once somebody means to type. */
  screenKeyboard(wanted: boolean): void {
    this.field.inputMode = !wanted ? 'none' : this.type === 'money' || this.type === 'int' ? 'numeric' : 'text';
    if (!wanted) return;
    this.field.blur();
    this.field.focus({ preventScroll: true });
  }

  place(box: Box, seen: boolean): void {
    const { style } = this.field;
    style.setProperty('transform', `translate(${box.left}px, ${box.top}px)`);
    style.setProperty('width', `${box.width}px`);
    style.setProperty('min-height', `${box.height}px`);
    style.setProperty('opacity', seen ? '1' : '0');
  }

  /** While editing the field grows with its text, inside `within`, and stays in sight when the cell is scrolled away. */
  placeGrown(cell: Box, within: Box): Box {
    const width = Math.min(within.width, Math.max(cell.width, LEAST_WIDTH[this.type] ?? 0));
    const { style } = this.field;
    style.setProperty('width', `${width}px`);
    style.setProperty('min-height', `${cell.height}px`);
    style.setProperty('height', '0');
    const border = this.field.offsetHeight - this.field.clientHeight;
    const most = Math.max(cell.height, within.height / 2);
    const height = Math.min(most, Math.max(cell.height, this.field.scrollHeight + border));
    style.setProperty('height', `${height}px`);
    style.setProperty('overflow-y', this.field.scrollHeight + border > height + 1 ? 'auto' : 'hidden');
    const fit = (at: number, from: number, room: number, size: number): number =>
      Math.max(from, Math.min(at, from + room - size));
    const box = {
      left: fit(cell.left, within.left, within.width, width),
      top: fit(cell.top, within.top, within.height, height),
      width, height,
    };
    style.setProperty('transform', `translate(${box.left}px, ${box.top}px)`);
    style.setProperty('opacity', '1');
    return box;
  }
}
