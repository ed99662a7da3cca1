import { deepEqual, equal } from 'node:assert/strict';
import { test } from 'node:test';
import { actOf, type Act, type Situation } from '../../../static/src/sheet/keys';

const MOVING: Situation = {
  editing: false, typedOver: false, multiline: false, listed: false, many: false, deciding: false,
};
const TYPING: Situation = { ...MOVING, editing: true, typedOver: true };
const OPENED: Situation = { ...MOVING, editing: true };

/** "Ctrl+Shift+End" as the browser tells it. */
function act(keys: string, now: Situation): Act | null {
  const parts = keys.split('+');
  return actOf({
    key: parts[parts.length - 1] ?? '', ctrlKey: parts.includes('Ctrl'), metaKey: parts.includes('Meta'),
    shiftKey: parts.includes('Shift'), altKey: parts.includes('Alt'),
  }, now);
}

for (const [keys, to] of [
  ['ArrowUp', 'up'], ['ArrowRight', 'right'], ['Ctrl+ArrowDown', 'jump-down'], ['Meta+ArrowLeft', 'jump-left'],
  ['Home', 'row-start'], ['End', 'row-end'], ['Ctrl+Home', 'first'], ['Ctrl+End', 'last'],
  ['PageUp', 'page-up'], ['PageDown', 'page-down'], ['Enter', 'down'],
] as const) {
  test(`${keys} moves ${to}`, () => deepEqual(act(keys, MOVING), { do: 'move', to, extend: false }));
}

test('Shift extends the selection, but Shift+Enter goes up', () => {
  deepEqual(act('Shift+ArrowDown', MOVING), { do: 'move', to: 'down', extend: true });
  deepEqual(act('Ctrl+Shift+End', MOVING), { do: 'move', to: 'last', extend: true });
  deepEqual(act('Shift+Enter', MOVING), { do: 'move', to: 'up', extend: false });
});

for (const [keys, what] of [
  ['F2', 'open'], ['Alt+ArrowDown', 'open'], ['Delete', 'clear'], ['Backspace', 'clear'], ['Escape', 'escape'],
  ['Ctrl+z', 'undo'], ['Meta+z', 'undo'], ['Ctrl+Shift+Z', 'redo'], ['Ctrl+y', 'redo'], ['Ctrl+a', 'select-all'], ['Ctrl+d', 'fill-down'],
  ['Alt+F9', 'past'],
] as const) {
  test(`${keys} means ${what}`, () => deepEqual(act(keys, MOVING), { do: what }));
}

for (const keys of ['a', '1', ' ', 'Ctrl+c', 'Ctrl+v', 'Ctrl+x', 'Ctrl+f', 'Ctrl+p', 'Alt+1', 'Alt+ArrowLeft', 'Ctrl+Tab', 'F5']) {
  test(`${keys} is left to the text field and the browser`, () => equal(act(keys, MOVING), null));
}

test('Tab goes along the row, editing or not', () => {
  deepEqual(act('Tab', MOVING), { do: 'tab', to: 'next' });
  deepEqual(act('Shift+Tab', MOVING), { do: 'tab', to: 'previous' });
  deepEqual(act('Tab', TYPING), { do: 'commit', to: 'next' });
  deepEqual(act('Shift+Tab', OPENED), { do: 'commit', to: 'previous' });
});

test('Enter takes the value and goes on', () => {
  deepEqual(act('Enter', TYPING), { do: 'commit', to: 'down' });
  deepEqual(act('Shift+Enter', TYPING), { do: 'commit', to: 'up' });
  deepEqual(act('Ctrl+Enter', TYPING), { do: 'commit', to: 'stay' });
  deepEqual(act('Alt+Enter', TYPING), { do: 'newline' });
  deepEqual(act('Escape', TYPING), { do: 'cancel' });
});

test('arrows leave a cell that was typed over, and move the caret after F2', () => {
  deepEqual(act('ArrowLeft', TYPING), { do: 'commit', to: 'left' });
  equal(act('ArrowLeft', OPENED), null);
  equal(act('Shift+ArrowLeft', TYPING), null);
  equal(act('Ctrl+ArrowLeft', TYPING), null);
});

test('arrows stay inside a text of several lines', () => {
  equal(act('ArrowDown', { ...TYPING, multiline: true }), null);
});

test('up and down move in an open list, left and right do not', () => {
  deepEqual(act('ArrowDown', { ...OPENED, listed: true }), { do: 'choose', to: 'down' });
  deepEqual(act('ArrowUp', { ...TYPING, listed: true }), { do: 'choose', to: 'up' });
  deepEqual(act('ArrowRight', { ...TYPING, listed: true }), { do: 'commit', to: 'right' });
});

test('the space bar toggles only where several may be chosen', () => {
  deepEqual(act(' ', { ...OPENED, listed: true, many: true }), { do: 'toggle' });
  equal(act(' ', { ...OPENED, listed: true }), null);
});

test('while editing, undo and copy are those of the text field', () => {
  for (const keys of ['Ctrl+z', 'Ctrl+y', 'Ctrl+a', 'Ctrl+c', 'Delete', 'Home', 'Backspace']) equal(act(keys, OPENED), null);
});

test('where two values wait, Enter takes mine', () => {
  deepEqual(act('Enter', { ...MOVING, deciding: true }), { do: 'confirm' });
  deepEqual(act('Escape', { ...MOVING, deciding: true }), { do: 'escape' });
});
