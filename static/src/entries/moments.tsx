/** 会議時点: takes the place of the plain list once the entries are here; until then, and without them, it stays. */
import { render } from 'preact';
import { t } from '../i18n';
import { check } from '../moments/Check';
import { momentsData, type MomentsData } from '../moments/data';
import { load } from '../moments/load';
import { MomentsApp } from '../moments/MomentsApp';
import { MomentsStore } from '../moments/store';
import { watchSight } from '../moments/sight';
import { Tape } from '../moments/tape';

const data = momentsData();
const place = document.getElementById('moments-app');
if (data !== null && place !== null) void start(data, place);

async function start(page: MomentsData, root: HTMLElement): Promise<void> {
  const note = document.createElement('p');
  note.className = 'moments-loading muted';
  note.setAttribute('role', 'status');
  root.before(note);
  try {
    note.textContent = t('会議の記録を読み込んでいます。');
    const entries = await load(page.urls.entries, (count) => {
      note.textContent = t('会議の記録を読み込んでいます（{count}件）。', { count });
    });
    const tape = new Tape(entries);
    if (tape.moments.length === 0) return note.remove();
    const store = new MomentsStore(tape, page, new URLSearchParams(location.search).get('at'));
    root.replaceChildren();
    render(<MomentsApp store={store} />, root);
    note.remove();
    watchSight(page, () => location.reload());
    await check(entries);
  } catch {
    note.textContent = t('会議の記録を読み込めなかったため、時点ごとの状態は表示できません。下の一覧はそのままご覧になれます。画面を読み込み直してください。');
  }
}
