/** The paper that is open: my own page of it, the chair's, or the one I show to the whole table. */
import type { JSX } from 'preact';
import { t } from '../i18n';
import type { ItemSnapshot } from '../live/item';
import type { Held } from './held-papers';
import { Refused } from './marks';
import { PaperViewer } from './PaperViewer';
import type { RoomStore } from './store';

interface Props {
  readonly store: RoomStore;
  readonly item: ItemSnapshot;
  readonly held: Held;
  /** What the chair shows, if anything. */
  readonly screened: Held | undefined;
  readonly follows: boolean;
  readonly follow: (yes: boolean) => void;
}

export function OpenPaper({ store, item, held: { paper, on, shown }, screened, follows, follow }: Props): JSX.Element {
  const own = store.forms.choice(`page ${paper.id} ${shown.version}`);
  const form = store.forms.form(`show ${item.id} ${paper.id}`);
  const onScreen = on?.page ?? 0;
  const page = follows && onScreen > 0 ? onScreen : Number(own.value || '1');
  const shows = store.mayRun && store.isLive && on !== undefined;
  const show = (to: number): void => {
    if (!form.busy.value) void form.run('show_paper', { item_id: item.id, paper_id: paper.id, page: to });
  };
  const go = (to: number): void => {
    own.value = String(to);
    follow(false);
    if (shows && onScreen > 0) show(to);
  };
  return (
    <div class="open-paper">
      {screened === undefined || store.mayRun ? null : (
        <p class="paper-screen cluster">
          <span>{t('議長が「{title}」の{page}ページ目を投影しています。', { title: screened.paper.title, page: screened.on?.page ?? 1 })}</span>
          <button type="button" class="button button-secondary is-small" aria-pressed={follows} onClick={() => follow(!follows)}>{t('議長の画面に合わせる')}</button>
        </p>
      )}
      {!shows ? null : (
        <p class="paper-screen cluster">
          {onScreen > 0
            ? <><span>{t('{page}ページ目を投影中です。ページを送ると投影も変わります。', { page: onScreen })}</span>
              <button type="button" class="button button-secondary is-small" onClick={() => show(0)}>{t('投影をやめる')}</button></>
            : <button type="button" class="button button-secondary is-small" onClick={() => show(page)}>{t('このページを投影する')}</button>}
        </p>
      )}
      <Refused refusal={form.refusal.value} kept={false} />
      <PaperViewer paper={paper} version={shown} page={page} go={go} />
    </div>
  );
}

/** 投影モード: the page the chair shows, as large as the screen allows. */
export function ProjectedPaper({ held: { paper, shown, on } }: { held: Held }): JSX.Element {
  return <PaperViewer paper={paper} version={shown} page={on?.page ?? 1} />;
}
