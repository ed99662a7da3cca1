/** What the grid says: acts in a line everybody sees, moves only to those who listen. */

import { element } from './elements';

const PAUSE = 150;

export class Speaker {
  private readonly status: HTMLElement;
  private readonly moves: HTMLElement;
  private timer = 0;

  constructor(bar: HTMLElement) {
    this.status = element('p', 'sg-status', { role: 'status' });
    this.moves = element('div', 'sg-hidden', { 'aria-live': 'polite' });
    bar.append(this.status, this.moves);
  }

  /** An act and its outcome; said once, and again only if it happens again. */
  say(message: string): void {
    const again = this.status.textContent === message;
    this.status.textContent = again ? `${message}\u00a0` : message;
  }

  /** The cell I came to; only the last one of a quick run is read. */
  cell(description: string): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => { this.moves.textContent = description; }, PAUSE);
  }

  stop(): void {
    window.clearTimeout(this.timer);
  }
}
