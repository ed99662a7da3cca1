/**
 * 訂正理由: asked for under the cell whose decided value somebody wants to put right. It has a field of its own, so
 * the editor of the grid is never given other words; leaving it keeps the value and the reason for later.
 */

import type { Box } from './editor';
import { element, freshId } from './elements';
import { placeBeside, type Room } from './notice';
import type { CellRef, Translate, Unexplained } from './types';

export type Asked = CellRef & Unexplained;

export interface ReasonEvents {
  given(asked: Asked): void;
  /** Esc or its button: the decided value stays. */
  dropped(asked: Asked): void;
  /** The focus went elsewhere before it was given. */
  left(asked: Asked): void;
}

const LONGEST = 300;

export class ReasonForm {
  private readonly box: HTMLFormElement;
  private readonly message: HTMLElement;
  private readonly value: HTMLElement;
  private readonly field: HTMLTextAreaElement;
  private asked: Asked | null = null;

  constructor(parent: HTMLElement, t: Translate, private readonly events: ReasonEvents) {
    const id = freshId('sg-reason');
    this.box = element('form', 'sg-reason', { novalidate: '', 'aria-labelledby': `${id}-message` });
    this.box.hidden = true;
    this.message = element('p', 'sg-notice-message', { id: `${id}-message` });
    this.value = element('p', 'sg-reason-value');
    this.field = element('textarea', '', { id, rows: '2', maxlength: String(LONGEST), 'aria-describedby': `${id}-message` });
    const buttons = element('div', 'sg-buttons');
    const give = element('button', 'sg-button', { type: 'submit' }, t('訂正する（Ctrl+Enter）'));
    const drop = element('button', 'sg-button', { type: 'button' }, t('訂正しない（Esc）'));
    buttons.append(give, drop);
    this.box.append(this.message, this.value, element('label', '', { for: id }, t('訂正の理由')), this.field, buttons);
    parent.append(this.box);
    drop.addEventListener('click', () => this.end('dropped'));
    this.box.addEventListener('submit', (event) => { event.preventDefault(); this.give(); });
    this.box.addEventListener('keydown', (event) => this.pressed(event));
    this.box.addEventListener('focusout', (event) => {
      const stays = event.relatedTarget instanceof Node && this.box.contains(event.relatedTarget);
      if (!stays && document.hasFocus()) this.end('left');
    });
  }

  get isShown(): boolean { return this.asked !== null; }

  /** `words`: the value that waits, as people read it. */
  show(asked: Asked, words: string): void {
    this.asked = asked;
    this.message.textContent = asked.message;
    this.value.textContent = words;
    this.field.value = asked.reason;
    this.box.hidden = false;
    this.field.focus({ preventScroll: true });
  }

  private pressed(event: KeyboardEvent): void {
    if (event.isComposing || event.keyCode === 229) return; // the key belongs to the IME
    const command = event.ctrlKey || event.metaKey;
    if (event.key === 'Escape') this.end('dropped');
    else if (event.key === 'Enter' && command) this.give();
    else return;
    event.preventDefault();
  }

  private give(): void {
    if (this.field.value.trim() === '') this.field.focus();
    else this.end('given');
  }

  private end(how: keyof ReasonEvents): void {
    const { asked } = this;
    if (asked === null) return;
    this.asked = null;
    const reason = this.field.value;
    this.box.hidden = true;
    this.events[how]({ ...asked, reason });
  }

  place(cell: Box, room: Room): void {
    if (this.box.hidden) return;
    this.box.style.setProperty('width', `min(28rem, ${room.width - 8}px)`);
    placeBeside(this.box, cell, 0, room);
  }
}
