/** The box beside the editor: why a value was not taken, or what somebody else wrote meanwhile. */

import { element, freshId, quietButton } from './elements';
import type { Box } from './editor';

export interface NoticeLine { term: string; text: string }

export interface NoticeContent {
  tone: 'refused' | 'clash';
  message: string;
  lines?: readonly NoticeLine[];
  buttons?: readonly { text: string; act: () => void }[];
}

export class Notice {
  readonly id = freshId('sg-notice');
  private readonly box: HTMLDivElement;

  constructor(parent: HTMLElement) {
    this.box = element('div', 'sg-notice', { id: this.id });
    this.box.hidden = true;
    parent.append(this.box);
  }

  get isShown(): boolean { return !this.box.hidden; }

  show(content: NoticeContent): void {
    this.box.replaceChildren(
      element('p', 'sg-notice-message', {}, content.message),
      ...linesOf(content.lines ?? []),
    );
    if (content.buttons) {
      const row = element('div', 'sg-buttons');
      row.append(...content.buttons.map(({ text, act }) => quietButton('sg-button', text, act)));
      this.box.append(row);
    }
    this.box.dataset['tone'] = content.tone;
    this.box.hidden = false;
  }

  hide(): void {
    this.box.hidden = true;
  }

  /** Beyond the editor and its list, on the side that has room. */
  place(editor: Box, listHeight: number, room: Room): void {
    if (this.box.hidden) return;
    this.box.style.setProperty('max-width', `min(30rem, ${room.width - 8}px)`);
    placeBeside(this.box, editor, listHeight, room);
  }
}

export interface Room { width: number; above: number; below: number }

/** Below the editor and its list, or above where there is more room. */
export function placeBeside(box: HTMLElement, editor: Box, listHeight: number, room: Room): void {
  const height = box.offsetHeight;
  const down = height + listHeight <= room.below || room.above < room.below;
  const left = Math.max(0, Math.min(editor.left, room.width - box.offsetWidth));
  const top = down ? editor.top + editor.height + 8 + listHeight : editor.top - height - 8;
  box.style.setProperty('transform', `translate(${left}px, ${top}px)`);
}

/** "あなたの値 … / 相手の値 …" as a list of terms. */
export function linesOf(lines: readonly NoticeLine[]): HTMLElement[] {
  if (lines.length === 0) return [];
  const list = element('dl', 'sg-values');
  for (const { term, text } of lines) {
    const pair = element('div', '');
    pair.append(element('dt', '', {}, term), element('dd', '', {}, text));
    list.append(pair);
  }
  return [list];
}
