/** Which key means which act, moving and editing; keys that belong to an IME never get here. */

export type Direction = 'up' | 'down' | 'left' | 'right';

export type Act =
  | { do: 'move'; to: Direction | 'jump-up' | 'jump-down' | 'jump-left' | 'jump-right'
      | 'row-start' | 'row-end' | 'first' | 'last' | 'page-up' | 'page-down'; extend: boolean }
  | { do: 'commit'; to: Direction | 'next' | 'previous' | 'stay' }
  | { do: 'tab'; to: 'next' | 'previous' }
  | { do: 'open' | 'clear' | 'undo' | 'redo' | 'select-all' | 'escape' | 'cancel' | 'newline'
      | 'fill-down' | 'confirm' | 'toggle' | 'past' }
  | { do: 'choose'; to: 'up' | 'down' };

export interface Pressed {
  key: string; ctrlKey: boolean; metaKey: boolean; shiftKey: boolean; altKey: boolean;
}

/** What the editor is in the middle of. */
export interface Situation {
  editing: boolean;
  /** Editing began by typing over the cell: arrows leave it, as in Excel, until F2. */
  typedOver: boolean;
  /** The cell holds several lines: arrows stay inside. */
  multiline: boolean;
  /** A list of choices is open. */
  listed: boolean;
  /** A choice of the list is under the pointer of the keyboard and several may be chosen. */
  many: boolean;
  /** Two values wait for a decision at the active cell. */
  deciding: boolean;
}

const ARROWS: Readonly<Record<string, Direction>> = {
  ArrowUp: 'up', ArrowDown: 'down', ArrowLeft: 'left', ArrowRight: 'right',
};
const JUMPS = { up: 'jump-up', down: 'jump-down', left: 'jump-left', right: 'jump-right' } as const;

export function actOf(pressed: Pressed, now: Situation): Act | null {
  return now.editing ? whileEditing(pressed, now) : whileMoving(pressed, now);
}

function whileEditing(pressed: Pressed, now: Situation): Act | null {
  const { key, shiftKey, altKey } = pressed;
  const command = pressed.ctrlKey || pressed.metaKey;
  const arrow = ARROWS[key];
  if (key === 'Enter' && altKey) return { do: 'newline' };
  if (key === 'Enter') return { do: 'commit', to: command ? 'stay' : shiftKey ? 'up' : 'down' };
  if (key === 'Tab' && !command && !altKey) return { do: 'commit', to: shiftKey ? 'previous' : 'next' };
  if (key === 'Escape') return { do: 'cancel' };
  if (key === 'F2') return { do: 'open' };
  if (now.many && key === ' ' && !command && !altKey) return { do: 'toggle' };
  if (!arrow || command || shiftKey) return null;
  if (now.listed && (arrow === 'up' || arrow === 'down')) return { do: 'choose', to: arrow };
  return now.typedOver && !now.multiline && !altKey ? { do: 'commit', to: arrow } : null;
}

function whileMoving(pressed: Pressed, now: Situation): Act | null {
  const { key, shiftKey: extend, altKey } = pressed;
  const command = pressed.ctrlKey || pressed.metaKey;
  if (now.deciding && key === 'Enter' && !command && !altKey) return { do: 'confirm' };
  if (command && !altKey) {
    const letter = key.toLowerCase();
    if (letter === 'z') return { do: extend ? 'redo' : 'undo' };
    if (letter === 'y') return { do: 'redo' };
    if (letter === 'a') return { do: 'select-all' };
    if (letter === 'd') return { do: 'fill-down' };
  }
  const arrow = ARROWS[key];
  if (altKey && key === 'F9' && !command && !extend) return { do: 'past' };
  if (altKey) return arrow === 'down' ? { do: 'open' } : null;
  if (arrow) return { do: 'move', to: command ? JUMPS[arrow] : arrow, extend };
  switch (key) {
    case 'Enter': return command ? null : { do: 'move', to: extend ? 'up' : 'down', extend: false };
    case 'Tab': return command ? null : { do: 'tab', to: extend ? 'previous' : 'next' };
    case 'Home': return { do: 'move', to: command ? 'first' : 'row-start', extend };
    case 'End': return { do: 'move', to: command ? 'last' : 'row-end', extend };
    case 'PageUp': return command ? null : { do: 'move', to: 'page-up', extend };
    case 'PageDown': return command ? null : { do: 'move', to: 'page-down', extend };
    case 'F2': return { do: 'open' };
    case 'Delete':
    case 'Backspace': return { do: 'clear' };
    case 'Escape': return { do: 'escape' };
    default: return null;
  }
}
