/** Mouse, pen and finger: choosing and dragging over cells, and the second tap that asks for the keyboard. */

import { columnOfHandle } from './head';
import type { Spot } from './selection';
import type { Viewport } from './viewport';

export interface PointerEvents {
  /** A cell was pressed; false if the open edit would not close. */
  chosen(spot: Spot, extend: boolean): boolean;
  dragged(spot: Spot): void;
  columnChosen(column: number): void;
  /** Once more on the active cell: by finger with the screen keyboard. */
  opened(touch: boolean): void;
  isActive(spot: Spot): boolean;
  touched(spot: Spot): void;
}

export class Pointer {
  private type = 'mouse';
  private frame = 0;
  private last = { x: 0, y: 0 };

  constructor(private readonly viewport: Viewport, private readonly events: PointerEvents) {
    const { scroller } = viewport;
    // The focus belongs to the editor: pressing a cell must not take it away.
    scroller.addEventListener('mousedown', (event) => {
      if (columnOfHandle(event.target) === null && this.overCells(event)) event.preventDefault();
    });
    scroller.addEventListener('pointerdown', (event) => this.pressed(event));
    scroller.addEventListener('click', (event) => this.tapped(event));
    scroller.addEventListener('dblclick', (event) => {
      if (this.type === 'mouse' && this.inBody(event)) events.opened(false);
    });
  }

  private overCells(event: MouseEvent): boolean {
    const edge = this.viewport.scroller.getBoundingClientRect();
    const { width, height } = this.viewport.window;
    return event.clientX - edge.left < width && event.clientY - edge.top < height;
  }

  private inBody(event: MouseEvent): boolean {
    return event.target instanceof Element && event.target.closest('.sg-body') !== null;
  }

  private pressed(event: PointerEvent): void {
    this.type = event.pointerType;
    if (event.button !== 0 || event.pointerType === 'touch' || !this.overCells(event)) return;
    const spot = this.viewport.spotAt(event.clientX, event.clientY);
    const head = event.target instanceof Element && event.target.closest('.sg-th') !== null;
    if (head && columnOfHandle(event.target) === null) this.events.columnChosen(spot.column);
    if (this.inBody(event) && this.events.chosen(spot, event.shiftKey)) this.drag(event);
  }

  private drag(event: PointerEvent): void {
    const { scroller } = this.viewport;
    this.last = { x: event.clientX, y: event.clientY };
    const move = (moved: PointerEvent): void => {
      this.last = { x: moved.clientX, y: moved.clientY };
      this.events.dragged(this.viewport.spotAt(moved.clientX, moved.clientY));
      if (this.frame === 0) this.frame = requestAnimationFrame(() => this.scrollAtEdge());
    };
    const end = (): void => {
      scroller.removeEventListener('pointermove', move);
      scroller.removeEventListener('pointerup', end);
      scroller.removeEventListener('pointercancel', end);
      this.stop();
    };
    scroller.setPointerCapture(event.pointerId);
    scroller.addEventListener('pointermove', move);
    scroller.addEventListener('pointerup', end);
    scroller.addEventListener('pointercancel', end);
  }

  /** Dragging beyond the window pulls it along, as long as the button is held there. */
  private scrollAtEdge(): void {
    this.frame = 0;
    const { scroller } = this.viewport;
    const edge = scroller.getBoundingClientRect();
    const beyond = (at: number, from: number, to: number): number =>
      at < from ? at - from : at > to ? at - to : 0;
    const left = beyond(this.last.x, edge.left, edge.right) / 4;
    const top = beyond(this.last.y, edge.top, edge.bottom) / 4;
    if (left === 0 && top === 0) return;
    scroller.scrollBy({ left, top });
    this.events.dragged(this.viewport.spotAt(this.last.x, this.last.y));
    this.frame = requestAnimationFrame(() => this.scrollAtEdge());
  }

  private tapped(event: MouseEvent): void {
    if (this.type !== 'touch' || !this.inBody(event)) return;
    const spot = this.viewport.spotAt(event.clientX, event.clientY);
    if (this.events.isActive(spot)) this.events.opened(true);
    else this.events.touched(spot);
  }

  stop(): void {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
  }
}
