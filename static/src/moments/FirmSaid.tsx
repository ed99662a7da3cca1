/** What the firm's owner had wished and put right by then. */
import type { JSX } from 'preact';
import { t } from '../i18n';
import type { ItemSnapshot } from '../live/item';
import { stateOf } from '../room/correction-state';
import { clockTime } from '../room/time';
import { Agency, Part } from './parts';
import type { MomentsStore } from './store';

export function FirmSaid({ store, told }: { store: MomentsStore; told: ItemSnapshot }): JSX.Element | null {
  const { guests, corrections, preferences } = told;
  const entered = guests.filter((one) => one.entered_at !== null);
  if (entered.length === 0) return null;
  const { language } = store.data;
  return (
    <Part title={t('事業者の声')}>
      <p class="small">{entered.map((one) => t('{name} 様', { name: one.name })).join(t('、'))}</p>
      <ul class="rows">
        {preferences.map((one) => (
          <li key={one.id}><span class="cluster small">{t('ご希望')}{one.agency_id === null ? null : <Agency store={store} id={one.agency_id} />}<time dateTime={one.at}>{clockTime(one.at, language)}</time></span><p class="prewrap">{one.text}</p></li>
        ))}
        {corrections.map((one) => (
          <li key={one.id}><span class="cluster small">{t('事実の訂正')}<span>{stateOf(one)}</span><time dateTime={one.at}>{clockTime(one.at, language)}</time></span><p class="prewrap">{one.value}</p></li>
        ))}
      </ul>
    </Part>
  );
}
