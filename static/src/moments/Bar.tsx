/** Moving through the conference: the slider, one back, one on, and the address of the moment. */
import type { JSX, TargetedInputEvent, TargetedKeyboardEvent } from 'preact';
import { t } from '../i18n';
import { momentText } from './parts';
import type { MomentsStore } from './store';

export function Bar({ store }: { store: MomentsStore }): JSX.Element {
  const { moment, tape, data } = store;
  const last = tape.moments.length - 1;
  const at = store.index.value;
  const when = momentText(moment.at, data.language);
  const what = moment.told.map(({ told }) => told.text).join(t('、'));
  const keys = (event: TargetedKeyboardEvent<HTMLInputElement>): void => {
    if (event.key !== 'PageUp' && event.key !== 'PageDown') return;
    event.preventDefault();
    store.go(store.part(event.key === 'PageDown' ? 1 : -1));
  };
  return (
    <section class="moments-bar" aria-label={t('時点の移動')}>
      <div class="moments-slide">
        <button type="button" class="button button-secondary is-small" aria-disabled={at === 0} onClick={() => store.go(at - 1)}>{t('前へ')}</button>
        <input type="range" min={0} max={last} step={1} value={at} aria-label={t('時点')} aria-valuetext={`${when} ${what}`}
          aria-describedby="moments-keys" onInput={(event: TargetedInputEvent<HTMLInputElement>) => store.go(Number(event.currentTarget.value))} onKeyDown={keys} />
        <button type="button" class="button button-secondary is-small" aria-disabled={at === last} onClick={() => store.go(at + 1)}>{t('次へ')}</button>
      </div>
      <p class="moments-when">
        <time dateTime={moment.at}>{when}</time>
        <span class="muted nowrap">{t('{number}／{all}', { number: at + 1, all: last + 1 })}</span>
        <a href={store.address(moment)}>{t('この時点へのリンク')}</a>
        <span class="muted small desk-only" id="moments-keys">{t('つまみの上で ← → は一つずつ、PageUp・PageDown は前後の見出しへ')}</span>
      </p>
      <p class="hidden-text" role="status">{`${when} ${what}`}</p>
    </section>
  );
}
