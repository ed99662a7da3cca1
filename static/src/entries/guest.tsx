/** The owner's live page: takes the place of the plain one as soon as the first picture has come. */
import { effect } from '@preact/signals';
import { render } from 'preact';
import { guestData } from '../guest/data';
import { GuestApp } from '../guest/GuestApp';
import { GuestStore } from '../guest/store';
import { t } from '../i18n';

const TICK_MS = 1000;
const data = guestData();
const place = document.getElementById('guest-app');
if (data !== null && place !== null) start(new GuestStore(data), place);

function start(store: GuestStore, root: HTMLElement): void {
  let typed = root.querySelector('#refusal') !== null;
  let shown = false;
  root.addEventListener('input', () => { typed = true; });
  setInterval(() => store.tick(), TICK_MS);
  window.addEventListener('beforeunload', (event) => {
    if (store.over.value === null && store.forms.touched) event.preventDefault();
  });
  effect(() => {
    const over = store.over.value !== null;
    if (over) clear();
    if (shown || (!over && store.picture.value === null)) return;
    // Somebody is filling in a form of the plain page: it stays, until nothing may stay.
    if (typed && !over) return;
    shown = true;
    queueMicrotask(() => {
      root.replaceChildren();
      render(<GuestApp store={store} />, root);
    });
  });
}

/** Nothing around the page names the firm any more. */
function clear(): void {
  document.title = t('この画面は終了しました');
  document.querySelector('.guest-leave')?.remove();
  document.getElementById('guest-data')?.remove();
}
