/** What is read aloud of ballots: that one begins, and what it came to. */
import { t } from '../i18n';
import type { RoomStore } from './store';

export function tellPoll(store: RoomStore, kind: string, body: any): void {
  const { announcer, data } = store;
  switch (kind.replace(/^item_/, '')) {
    case 'poll_opened': {
      const mine = (body.seats as { agency_id: string }[]).some(({ agency_id }) => agency_id === data.actor.agency_id);
      announcer.say(`poll ${body.poll_id}`, mine && store.mayAct ? t('投票の受付が始まりました。自機関の回答をお願いします。') : t('投票の受付が始まりました。'));
      break;
    }
    case 'poll_closed': {
      const outcome = body.outcome === null ? t('成立しませんでした') : (data.labels.poll_outcomes[body.outcome] ?? '');
      announcer.say(`poll closed ${body.poll_id}`, t('投票を締め切りました：{outcome}', { outcome }));
      break;
    }
    case 'tie_decided':
      announcer.say(`tie ${body.poll_id}`, t('同数の投票を議長が裁決しました。'));
      break;
  }
}
