/** One version of a paper, a page at a time: pictures the server has drawn, or a sheet's first rows. */
import type { JSX, TargetedKeyboardEvent } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { t } from '../i18n';
import type { Paper, PaperVersion } from '../live/papers';
import { Muted } from './marks';

interface Props {
  readonly paper: Paper;
  readonly version: PaperVersion;
  readonly page: number;
  /** Without it the page is only looked at, as on the projector. */
  readonly go?: (to: number) => void;
}

/** What is told of a page beside its picture. */
interface Leaf {
  readonly text?: string;
  readonly name?: string;
  readonly rows?: number;
  readonly columns?: number;
  readonly table?: readonly (readonly string[])[];
}

const ZOOMS = 3;

export function PaperViewer({ paper, version, page, go: turnTo }: Props): JSX.Element {
  const [zoom, setZoom] = useState(0);
  const leaf = useLeaf(paper, version, page);
  const go = (to: number): void => {
    const within = Math.min(Math.max(to, 1), version.pages);
    if (within !== page) turnTo?.(within);
  };
  const look = (to: number): void => setZoom(Math.min(Math.max(to, 0), ZOOMS - 1));
  const isSheet = version.type === 'xlsx';
  const keys: Readonly<Record<string, () => void>> = {
    PageDown: () => go(page + 1), PageUp: () => go(page - 1), Home: () => go(1), End: () => go(version.pages),
    '+': () => look(zoom + 1), '-': () => look(zoom - 1),
  };
  const turn = (event: TargetedKeyboardEvent<HTMLDivElement>): void => {
    const act = event.ctrlKey || event.altKey || event.metaKey ? undefined : keys[event.key];
    if (act === undefined) return;
    event.preventDefault();
    act();
  };
  const base = `/papers/${paper.id}/${version.version}`;
  if (turnTo === undefined) {
    return (
      <section class="viewer is-projected" aria-label={t('資料の表示')}>
        <h2>{paper.title} <span class="muted">{t('{page}／{pages}', { page, pages: version.pages })}</span></h2>
        {isSheet ? <Sheet leaf={leaf} /> : <img src={`${base}/pages/${page}?zoom=1`} alt={t('{title} {page}ページ目', { title: paper.title, page })} />}
      </section>
    );
  }
  return (
    <section class="viewer" aria-label={t('資料の表示')}>
      <h2>{paper.title}</h2>
      <div class="viewer-tools">
        {version.pages === 1 ? null : (
          <>
            <button type="button" class="button button-secondary is-small" aria-disabled={page === 1 ? 'true' : undefined} onClick={() => go(page - 1)}>{t('前へ')}</button>
            <span class="viewer-place" role="status">{t('{page}／{pages}', { page, pages: version.pages })}</span>
            <button type="button" class="button button-secondary is-small" aria-disabled={page === version.pages ? 'true' : undefined} onClick={() => go(page + 1)}>{t('次へ')}</button>
          </>
        )}
        {isSheet ? null : (
          <>
            <button type="button" class="button button-secondary is-small" aria-disabled={zoom === 0 ? 'true' : undefined} onClick={() => look(zoom - 1)}>{t('縮小')}</button>
            <button type="button" class="button button-secondary is-small" aria-disabled={zoom === ZOOMS - 1 ? 'true' : undefined} onClick={() => look(zoom + 1)}>{t('拡大')}</button>
          </>
        )}
        <a href={`${base}?page=${page}`} target="_blank" rel="noopener">{t('別の画面で開く')}</a>
        <a href={`${base}/original`}>{t('元のファイルをダウンロード')}</a>
      </div>
      <div class={`viewer-window is-zoom-${zoom}${isSheet ? ' is-sheet' : ''}`} tabIndex={0} role="group" onKeyDown={turn}
        aria-label={t('{title} {page}ページ目（PageUp・PageDownで移動、＋・－で拡大縮小）', { title: paper.title, page })}>
        {isSheet ? <Sheet leaf={leaf} /> : <img src={`${base}/pages/${page}?zoom=${zoom}`} alt={t('{title} {page}ページ目', { title: paper.title, page })} />}
      </div>
      {leaf?.text ? <details class="disclosure"><summary>{t('このページの文字')}</summary><p class="prewrap">{leaf.text}</p></details> : null}
    </section>
  );
}

/** Asked for anew with every page: whoever may no longer see the paper gets nothing of it. */
function useLeaf(paper: Paper, version: PaperVersion, page: number): Leaf | null {
  const [leaf, setLeaf] = useState<Leaf | null>(null);
  useEffect(() => {
    let current = true;
    setLeaf(null);
    fetch(`/api/papers/${paper.id}/${version.version}/pages/${page}`)
      .then(async (answer) => (answer.ok ? ((await answer.json()) as Leaf) : {}))
      .catch(() => ({}))
      .then((found) => { if (current) setLeaf(found); });
    return () => { current = false; };
  }, [paper.id, version.version, page]);
  return leaf;
}

function Sheet({ leaf }: { leaf: Leaf | null }): JSX.Element {
  if (leaf === null) return <Muted>{t('読み込んでいます。')}</Muted>;
  const { name, rows = 0, columns = 0, table = [] } = leaf;
  if (name === undefined) return <Muted>{t('この資料を表示できませんでした。元のファイルをダウンロードしてください。')}</Muted>;
  const cut = rows > table.length || columns > (table[0]?.length ?? 0);
  return (
    <>
      <p><strong>{name}</strong> <span class="muted">{t('{rows}行 × {columns}列', { rows, columns })}{cut ? ` ${t('先頭の部分だけを表示しています。')}` : ''}</span></p>
      <table class="table is-dense is-grid">
        <caption class="hidden-text">{name}</caption>
        <tbody>
          {table.map((line, at) => (
            <tr key={at}><th scope="row" class="num">{at + 1}</th>{line.map((cell, column) => <td key={column}>{cell}</td>)}</tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
