/** The page of moments: the way through the conference above, what happened beside the table as it stood. */
import type { JSX } from 'preact';
import { t } from '../i18n';
import { Bar } from './Bar';
import { Check } from './Check';
import { Decided } from './Decided';
import { ItemInView } from './Item';
import { List } from './List';
import type { MomentsStore } from './store';
import { Agenda, Clock, Seats } from './Table';

export function MomentsApp({ store }: { store: MomentsStore }): JSX.Element {
  const { item } = store;
  return (
    <>
      <Bar store={store} />
      <Check store={store} />
      <div class="moments-columns">
        <div class="moments-state">
          <h2 class="hidden-text">{t('この時点の状態')}</h2>
          <Clock store={store} />
          <div class="moments-table">
            <div class="stack"><Agenda store={store} /><Decided store={store} /><Seats store={store} /></div>
            {item === null ? null : <ItemInView store={store} item={item} />}
          </div>
        </div>
        <List store={store} />
      </div>
    </>
  );
}
