/** Answers of the server that need a decision: they wait below the sheet until the person has time for them. */

import { element } from './elements';
import { linesOf, type NoticeLine } from './notice';
import { keyOf, type CellRef, type CellValue, type Clash, type Translate, type Unexplained } from './types';

/** What another wrote, by whom, and since when (ms) it has been on my screen. */
export interface Waiting { cell: CellValue; by: string; since: number }

/** A value that came up less than this ago (ms) has not been read: Enter does not yet write over it. */
export const GLANCE = 400;

export type Problem =
  | (CellRef & { kind: 'clash'; clash: Clash; since: number })
  | (CellRef & { kind: 'refused'; typed: string; message: string })
  | (CellRef & Unexplained & { kind: 'reason' });

export interface ProblemEvents {
  named(ref: CellRef): string;
  linesOf(problem: Problem): readonly NoticeLine[];
  messageOf(problem: Problem): string;
  go(problem: Problem): void;
  theirs(problem: Problem): void;
  mine(problem: Problem): void;
}

export class Problems {
  private readonly waiting = new Map<string, Problem>();
  private readonly panel: HTMLElement;
  private drawn: string | null = null;

  constructor(parent: HTMLElement, private readonly t: Translate, private readonly events: ProblemEvents) {
    this.panel = element('section', 'sg-problems', { 'aria-label': t('確認が必要な入力') });
    this.panel.hidden = true;
    parent.append(this.panel);
  }

  add(problem: Problem): void {
    this.waiting.set(keyOf(problem.row, problem.column), problem);
  }

  at(ref: CellRef): Problem | null {
    return this.waiting.get(keyOf(ref.row, ref.column)) ?? null;
  }

  settle(ref: CellRef): void {
    this.waiting.delete(keyOf(ref.row, ref.column));
  }

  /** The other wrote again while I think: show what stands there now. */
  follow(cellOf: (ref: CellRef) => CellValue): void {
    for (const problem of this.waiting.values()) {
      if (problem.kind !== 'clash') continue;
      const now = cellOf(problem);
      if (now.version <= problem.clash.theirs.version) continue;
      problem.clash = { ...problem.clash, theirs: now, theirsBy: now.by ?? problem.clash.theirsBy };
      problem.since = Date.now();
    }
  }

  /** Draws all but the one that is shown at its cell, and only when something is different. */
  draw(shownAtCell: Problem | null): void {
    const listed = [...this.waiting.values()].filter((problem) => problem !== shownAtCell);
    const state = JSON.stringify(listed);
    if (state === this.drawn) return;
    this.drawn = state;
    const hadFocus = this.panel.contains(document.activeElement);
    this.panel.hidden = listed.length === 0;
    this.panel.replaceChildren(...listed.map((problem) => this.item(problem)));
    if (hadFocus) this.panel.querySelector('button')?.focus();
  }

  private item(problem: Problem): HTMLElement {
    const { events, t } = this;
    const item = element('div', 'sg-problem', { role: 'group', 'aria-label': events.named(problem) });
    const name = element('p', 'sg-problem-name', {}, events.named(problem));
    const said = element('p', '', {}, events.messageOf(problem));
    const buttons = element('div', 'sg-buttons');
    if (problem.kind === 'clash') {
      buttons.append(
        this.button(t('相手の値にする'), () => events.theirs(problem)),
        this.button(t('自分の値にする'), () => events.mine(problem)),
        this.button(t('セルへ移動'), () => events.go(problem)),
      );
    } else {
      buttons.append(
        this.button(problem.kind === 'reason' ? t('理由を入力する') : t('セルへ移動して直す'), () => events.go(problem)),
        this.button(t('入力を取り消す'), () => events.theirs(problem)),
      );
    }
    item.append(name, said, ...linesOf(events.linesOf(problem)), buttons);
    return item;
  }

  private button(text: string, act: () => void): HTMLButtonElement {
    const button = element('button', 'sg-button', { type: 'button' }, text);
    button.addEventListener('click', act);
    return button;
  }
}
